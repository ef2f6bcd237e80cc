"""A view on a notice: who gave it and when, and what the municipality answers to it (Awb 3:15, 3:16, 3:46)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from services.workflow.domain.fault import Fault
from shared.events import Language, Party, SentFile, Words
from shared.participation import ViewGiven

Channel = Literal["web", "desk", "phone", "post", "other"]

LONGEST_TEXT: Final = 2000


class UnknownViewError(Exception):
    """This case has no such view."""


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """What a view says in short, what the municipality answers, and whether it changes the decision; `by` a person.

    No name belongs in it: both texts stand in the decision.
    """

    summary: str
    answer: str
    changes: bool | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class View:
    """A view as it came in; `reference` is its own, `number` that of the notice. `late`: the time to react was over."""

    id: UUID
    reference: str
    number: str
    given_at: datetime
    received_on: date
    late: bool
    channel: Channel
    clerk: str | None
    language: Language
    party: Party
    on_behalf: str
    words: str
    file: SentFile | None
    link: str
    weighed: Weighed | None = None

    @property
    def must_be_weighed(self) -> bool:
        """Whether no decision may go without an answer to it: one that came too late may be left (Awb 3:16)."""
        return self.weighed is None and not self.late


def view_of(given: ViewGiven, *, last: date) -> View:
    """Read a view as it was told; after the `last` day to react it is late."""
    return View(
        id=given.view_id,
        reference=given.view,
        number=given.number,
        given_at=given.at,
        received_on=given.received_on,
        late=given.received_on > last,
        channel=given.intake.channel if given.intake else "web",
        clerk=given.intake.clerk if given.intake else None,
        language=given.language,
        party=given.party,
        on_behalf=given.on_behalf,
        words=given.words,
        file=given.file,
        link=given.link,
    )


def faults_of(weighed: Weighed, *, view: View) -> tuple[Fault, ...]:
    """Say what is still missing, and what must not stand in a text that everybody reads."""
    return tuple(_faults(weighed, view=view))


def unweighed(views: Sequence[View]) -> tuple[View, ...]:
    """Give those without which no decision may go."""
    return tuple(view for view in views if view.must_be_weighed)


def _faults(weighed: Weighed, *, view: View) -> Iterator[Fault]:
    wanted = {
        "summary": Words(nl="Schrijf in het kort op wat deze zienswijze zegt.", en="Write in short what it says."),
        "answer": Words(nl="Schrijf op wat de gemeente ervan vindt.", en="Write what the municipality thinks of it."),
    }
    for name, words in wanted.items():
        text = getattr(weighed, name).strip()
        if not text:
            yield Fault(name, words)
        elif len(text) > LONGEST_TEXT:
            yield Fault(
                name, Words(nl=f"Gebruik hooguit {LONGEST_TEXT} tekens.", en=f"Use at most {LONGEST_TEXT} characters.")
            )
        elif found := view.party.name.casefold() in text.casefold() and view.party.name:
            yield Fault(name, Words(nl=f"Haal de naam weg: {found}.", en=f"Take the name out: {found}."))
    if weighed.changes is None:
        words = Words(nl="Kies of dit het besluit verandert.", en="Choose whether this changes the decision.")
        yield Fault("changes", words)
