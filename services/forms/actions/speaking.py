"""Publishes the text about the municipality: in whose name pages and letters speak, its themes and its teams."""

from __future__ import annotations

from collections.abc import Iterator

from services.forms.actions.publishing import FaultyTextError, NothingNewError
from services.forms.domain.working import ChangedByColleagueError
from services.forms.ports.desk import DeskMeans, SpeakerText
from shared.catalogue.check.town import check_town
from shared.catalogue.definitions import Municipality
from shared.catalogue.faults import Fault, FaultyCatalogueError
from shared.catalogue.municipality import municipality_of
from shared.catalogue.publications import Signature
from shared.catalogue.reader import examine


def speaker_texts(means: DeskMeans) -> list[SpeakerText]:
    """Every text about the municipality that was published, the latest first."""
    with means.open_desk() as desk:
        return list(desk.speaker_texts())


def serving_text(texts: list[SpeakerText]) -> SpeakerText | None:
    """The one of these that serves; None where nothing was ever published."""
    return next((one for one in texts if not one.waits), None)


def read_speaker(content: str, *, means: DeskMeans) -> Municipality:
    """Read a text about the municipality, and see that no product loses its theme or its team by it.

    Raises:
        FaultyTextError: with every fault.
    """
    try:
        municipality = municipality_of(content)
    except FaultyCatalogueError as error:
        raise FaultyTextError(tuple(sorted(error.faults))) from None
    if lost := tuple(sorted(set(_lost(municipality, means=means)))):
        raise FaultyTextError(lost)
    return municipality


def publish_speaker(content: str, *, revision: int, means: DeskMeans, signed: Signature) -> None:
    """Have a text about the municipality serve from now on; `revision` is the one that its writer began with.

    Raises:
        FaultyTextError: with every fault.
        ChangedByColleagueError: another text serves by now.
        NothingNewError: it serves already.
    """
    read_speaker(content, means=means)
    with means.open_desk() as desk:
        desk.hold_speaker()
        serving = serving_text(list(desk.speaker_texts()))
        if serving and serving.content == content:
            raise NothingNewError
        if (serving.id if serving else 0) != revision:
            raise ChangedByColleagueError
        desk.publish_speaker(content, signed=signed)


def _lost(municipality: Municipality, *, means: DeskMeans) -> Iterator[Fault]:
    """What products name that is not there any more; they name nothing of it but themes and teams."""
    if _named(municipality) == _named(means.municipality):
        return
    serving = means.serving()
    for product in serving.values():
        origins = examine(product.files, product_id=product.id).origins
        before = set(check_town(product, origins=origins, municipality=means.municipality, others=serving))
        found = check_town(product, origins=origins, municipality=municipality, others=serving)
        yield from (fault for fault in found if fault not in before)


def _named(municipality: Municipality) -> tuple[set[str], set[str]]:
    return {each.id for each in municipality.themes}, {each.id for each in municipality.teams}
