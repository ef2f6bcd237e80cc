"""Publishes the text of a product from a moment on, goes back to an older one, and calls off what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from services.forms.actions.editing import inspect_copy
from services.forms.domain.inspection import Inspection, split_examples
from services.forms.domain.working import ChangedByColleagueError, NoWorkingCopyError, WorkingCopy
from services.forms.ports.desk import Desk, DeskMeans
from shared.catalogue.faults import Fault
from shared.catalogue.publications import Publication, Signature


class FaultyTextError(Exception):
    """The checker found faults, so nothing was published."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(str(len(faults)))
        self.faults = faults


class NothingNewError(Exception):
    """This is the version that serves already."""


def publish_copy(
    product_id: str, *, revision: int, serves_from: datetime | None, means: DeskMeans, signed: Signature
) -> None:
    """Publish the working copy from a moment on (None: at once); it is done with then.

    Raises:
        NoWorkingCopyError: nobody works on this product (any more).
        ChangedByColleagueError: the working copy is not at this revision any more.
        FaultyTextError: with all that the checker found.
        NothingNewError: the text is that of the version that would serve at that moment already.
        InThePastError: that moment is over.
    """
    with means.open_desk() as desk:
        copy, found = _inspected(product_id, revision=revision, desk=desk, means=means)
        if found.sound is None:
            raise FaultyTextError(found.faults)
        moment = serves_from or signed.at
        _, examples = split_examples(copy.files)
        known = desk.publications_of(product_id)
        _refuse_same(found.sound.version, examples=examples, serving=known, at=moment)
        desk.publish(found.sound, signed=signed, serves_from=moment, examples=examples)
        if not desk.drop_copy(product_id, revision=revision):
            raise ChangedByColleagueError
        desk.note(product_id, act="published", signed=signed)


def offer_copy(product_id: str, *, revision: int, means: DeskMeans, signed: Signature) -> None:
    """Keep the working copy as a version that nobody is offered, so that a rule trial can be made of it.

    Examples that no longer hold do not matter here: what they would become is what the trial tells.

    Raises:
        NoWorkingCopyError, ChangedByColleagueError, FaultyTextError: as for publishing.
    """
    with means.open_desk() as desk:
        _, found = _inspected(product_id, revision=revision, desk=desk, means=means)
        if found.tryable is None:
            raise FaultyTextError(found.faults)
        desk.remember(found.tryable)
        desk.note(product_id, act="offered", signed=signed)


def publish_again(product_id: str, *, version: str, means: DeskMeans, signed: Signature) -> None:
    """Go back to a version that was kept before: it serves from now on. A working copy stays as it is.

    Raises:
        UnknownVersionError: it was never kept.
        NothingNewError: it serves already.
    """
    with means.open_desk() as desk:
        product = desk.find_version(product_id, version=version)
        known = desk.publications_of(product_id)
        examples = next((one.examples for one in known if one.version == version and one.examples), None)
        _refuse_same(version, examples=examples, serving=known, at=signed.at)
        desk.publish(product, signed=signed, serves_from=signed.at, examples=examples)


def call_off(publication_id: int, *, means: DeskMeans, signed: Signature) -> None:
    """Call off a version that waits for its moment.

    Raises:
        AlreadyServesError: it serves by now, or was called off before.
    """
    with means.open_desk() as desk:
        desk.call_off(publication_id, by=signed.by, at=signed.at)


def _inspected(product_id: str, *, revision: int, desk: Desk, means: DeskMeans) -> tuple[WorkingCopy, Inspection]:
    copy = desk.find_copy(product_id)
    if copy is None:
        raise NoWorkingCopyError
    if copy.revision != revision:
        raise ChangedByColleagueError
    return copy, inspect_copy(product_id, files=copy.files, means=means)


def _refuse_same(
    version: str, *, examples: Mapping[str, str] | None, serving: Sequence[Publication], at: datetime
) -> None:
    counting = (one for one in serving if one.called_off_at is None and one.serves_from <= at)
    last = next(counting, None)
    if last is not None and (last.version, last.examples) == (version, examples):
        raise NothingNewError
