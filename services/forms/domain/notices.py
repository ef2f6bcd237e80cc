"""Public notices of cases: which can be read on a day, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.events import Decision, NoticeSent, Result, Words
from shared.participation import NoticePublished

State = Literal["open", "over", "closed", "decided"]


@dataclass(frozen=True, kw_only=True)
class PublicNotice:
    """A notice with what became of its case: `ended` without a decision; `down`: taken down before that.

    `decision` is what was decided, `sent` when that was announced and until when one can object.
    """

    told: NoticePublished
    ended: bool = False
    down: bool = False
    decision: Decision | None = None
    sent: NoticeSent | None = None

    def state(self, *, today: date) -> State | None:
        """Where it stands on this day; None: nobody can read it. It comes and goes by its dates alone."""
        if self.ended or today < self.told.first:
            return None
        if self.decision:
            return self._after(today)
        if self.down:
            return None
        return "open" if today <= self.told.last else "over"

    def _after(self, today: date) -> State | None:
        """After a decision nothing is asked any more; it can be read until the last day to object.

        What was taken down says what was decided all the same: who gave a view is led here.
        """
        if self.sent is None:
            return None if self.down else "closed"
        until = self.sent.objection_until
        return "decided" if until is None or today <= until else None


def current(notices: Iterable[PublicNotice], *, today: date) -> tuple[PublicNotice, ...]:
    """Give those to which people can react today, what ends first in front."""
    running = (notice for notice in notices if notice.state(today=today) == "open")
    return tuple(sorted(running, key=lambda notice: (notice.told.last, notice.told.number)))


def about(notices: Iterable[PublicNotice], *, words: str, theme: str) -> tuple[PublicNotice, ...]:
    """Give those of a theme, if one is asked, that hold every word in their heading, place or text."""
    wanted = words.casefold().split()
    return tuple(
        notice
        for notice in notices
        if theme in ("", notice.told.theme) and all(word in _searched(notice.told) for word in wanted)
    )


def outcome_for_all(decision: Decision) -> Words:
    """Say what was decided to who did not apply; the letter to the applicant speaks of "you"."""
    return _OUTCOMES[decision.result]


_OUTCOMES: Mapping[Result, Words] = {
    "granted": Words(nl="Wij stemmen in met het plan.", en="We agree to the plan."),
    "granted_partly": Words(nl="Wij stemmen voor een deel in met het plan.", en="We agree to a part of the plan."),
    "refused": Words(nl="Wij stemmen niet in met het plan.", en="We do not agree to the plan."),
    "not_processed": Words(nl="Wij behandelen de aanvraag niet.", en="We do not process the application."),
    "not_needed": Words(nl="Voor dit plan is geen toestemming nodig.", en="This plan needs no consent."),
    "by_law": Words(nl="De wet gaf toestemming voor het plan.", en="The law gave consent to the plan."),
}


def _searched(told: NoticePublished) -> str:
    return f"{told.heading} {told.place} {told.title.nl} {told.title.en} {told.text}".casefold()
