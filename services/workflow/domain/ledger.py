"""What happened to a case's clock: entries that are only ever added, and from which every date follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.law.calendar import local_date
from shared.law.terms import Ground


class Kind(StrEnum):
    """What can happen to the clock."""

    RECEIVED = "received"
    ASKED = "asked"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    DELAYED = "delayed"
    NAMED_TERM = "named_term"
    OUTAGE = "outage"
    OTHER_WAY = "other_way"
    FORWARDED = "forwarded"
    DEFAULTED = "defaulted"
    PENALTY_SET = "penalty_set"
    COMMITTEE = "committee"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"
    SENT = "sent"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the ledger, never changed.

    `day` is the calendar day that counts in law when it is not the day of `at`: a notice that came by post and was
    entered later, the day on which an application was FORWARDED within the house (Awb 2:24) or something came in
    OTHER_WAY than the right one, an objection, whose term runs from the end of the objection term (Awb 7:10 lid 1).
    `request_id` ties a question, its answer and its lapse together, and a suspension and its end. `answer_by` is the
    last day of the repair term of a question; an OUTAGE (Awb 2:21) and an OTHER_WAY (Awb 2:23) give a later one.
    `ground`, `first` and `last` are the days of a suspension, `last` None while it runs. `until` is the day that a
    delay notice (Awb 4:14 lid 1) or a named reasonable term (Awb 4:14 lid 3) names. `document` names the paper that
    proves it, `because` is why in the words of staff. `act` is what somebody did, however often the button was
    pressed; `corrects` is the act that a later line takes back. `euros` is the penalty that was set (Awb 4:18).
    """

    kind: Kind
    at: datetime
    who: str | None = None
    request_id: UUID | None = None
    answer_by: date | None = None
    day: date | None = None
    ground: Ground | None = None
    first: date | None = None
    last: date | None = None
    until: date | None = None
    document: str | None = None
    because: str | None = None
    act: UUID | None = None
    corrects: UUID | None = None
    euros: int | None = None

    @property
    def on(self) -> date:
        """The calendar day in the Netherlands that counts."""
        return self.day or local_date(self.at)


Ledger = Sequence[Entry]


def standing(ledger: Ledger) -> Ledger:
    """Give the lines that count: a correction takes a line away and counts for nothing itself."""
    corrected = {entry.corrects for entry in ledger if entry.corrects}
    return tuple(
        entry
        for entry in ledger
        if entry.kind is not Kind.CORRECTED and (entry.act is None or entry.act not in corrected)
    )


def first_of(kind: Kind, *, ledger: Ledger) -> Entry | None:
    """The first entry of this kind."""
    return next(all_of(kind, ledger=ledger), None)


def last_of(kind: Kind, *, ledger: Ledger) -> Entry | None:
    """The last entry of this kind."""
    return next(all_of(kind, ledger=tuple(reversed(ledger))), None)


def announced_on(ledger: Ledger) -> date | None:
    """The day on which the letter with the decision went: what was decided works from then on (Awb 3:40)."""
    sent = last_of(Kind.SENT, ledger=ledger)
    return sent.on if sent else None


def all_of(kind: Kind, *, ledger: Ledger) -> Iterator[Entry]:
    """All entries of this kind in order."""
    return (entry for entry in ledger if entry.kind is kind)


def answer_to(asked: Entry, *, ledger: Ledger) -> Entry | None:
    """The answer to a question, or the end of a suspension."""
    kind = Kind.ANSWERED if asked.kind is Kind.ASKED else Kind.RESUMED
    return next((entry for entry in all_of(kind, ledger=ledger) if entry.request_id == asked.request_id), None)


def last_day_to_answer(asked: Entry, *, ledger: Ledger) -> date:
    """The last day of the repair term of a question, as it was moved (`moved_by`)."""
    moved = [entry.until for entry in moved_by(asked, ledger=ledger)]
    return max(day for day in (asked.answer_by or asked.on, *moved) if day)


def is_ended(request_id: UUID | None, *, ledger: Ledger) -> bool:
    """Whether a question was answered, or its time was over and no more was given since."""
    ends = (Kind.ANSWERED, Kind.LAPSED, Kind.OUTAGE, Kind.OTHER_WAY)
    last = next((each.kind for each in reversed(ledger) if each.request_id == request_id and each.kind in ends), None)
    return last in (Kind.ANSWERED, Kind.LAPSED)


def moved_by(asked: Entry, *, ledger: Ledger) -> Iterator[Entry]:
    """What gave more time for a question: an outage that was announced, or an answer that came by another way."""
    later = (entry for entry in ledger if entry.kind in (Kind.OUTAGE, Kind.OTHER_WAY))
    return (entry for entry in later if entry.request_id == asked.request_id)
