"""Where the days of a case went: on whom it waited, from its receipt until its decision was sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from services.workflow.domain.clock import Clock
from services.workflow.domain.ledger import Entry, Kind, Ledger, first_of, is_ended, last_of, standing
from shared.law.calendar import ONE_DAY, local_date
from shared.law.terms import Ground


class Step(StrEnum):
    """On whom a case waits, in the order of its trip."""

    QUEUE = "queue"
    HANDLER = "handler"
    APPLICANT = "applicant"
    ADVISER = "adviser"
    SIGNATORY = "signatory"
    SENDING = "sending"


FIRST_GOES: Final = (Step.SENDING, Step.SIGNATORY, Step.APPLICANT, Step.ADVISER, Step.HANDLER, Step.QUEUE)
"""Of a day on which it waits on more than one, who counts."""

_APPLICANT: Final = frozenset({Ground.incomplete, Ground.applicant_delay})
_OTHERS: Final = frozenset({Ground.abroad, Ground.force_majeure, Ground.third_party_view})


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days at one step: from `first` up to, not including, `beyond`; None: still today."""

    step: Step
    first: date
    beyond: date | None

    @property
    def days(self) -> int:
        """How many calendar days, 0 for one that is not over."""
        return (self.beyond - self.first).days if self.beyond else 0


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What the ledger does not say: who held it, as days with True (somebody) or False (laid back), and advice.

    `advice` are the days on which advice was asked and given (None: not yet). `offered_on` is the day on which a
    decision lay ready that somebody else had to sign.
    """

    held: Sequence[tuple[date, bool]] = ()
    advice: Sequence[tuple[date, date | None]] = ()
    offered_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Times:
    """The times of a case in calendar days.

    `gross` runs from receipt until the decision was sent; `net` is without the days that the applicant was waited for.
    Both are None while the case is open, and when the applicant took it back. `on_time`: sent on or before the last
    day of the statutory term, on the later day where the law is open. Of a decision that was sent again the last
    sending counts (Awb 2:11), as it does for the clock.
    """

    received_on: date
    ended_on: date | None
    outcome: str | None
    spans: tuple[Span, ...]
    due: date
    on_time: bool | None
    asked: int
    suspended: bool
    extended: bool
    defaulted: bool
    penalty: int
    gross: int | None = field(init=False)
    net: int | None = field(init=False)

    def __post_init__(self) -> None:
        """Work out the two throughput times, of what was decided."""
        gross = sum(span.days for span in self.spans) if self.outcome == "sent" else None
        waited = sum(span.days for span in self.spans if span.step is Step.APPLICANT)
        object.__setattr__(self, "gross", gross)
        object.__setattr__(self, "net", None if gross is None else gross - waited)

    @property
    def step(self) -> Step | None:
        """On whom it waits today; None when it is over."""
        return self.spans[-1].step if self.ended_on is None else None


def read_times(ledger: Ledger, *, heard: Heard, clock: Clock) -> Times:
    """Work out the times of a case from what happened to it and its dates as they are today."""
    lines = standing(ledger)
    received = next(local_date(entry.at) for entry in lines if entry.kind is Kind.RECEIVED)
    sent, withdrawn = last_of(Kind.SENT, ledger=lines), first_of(Kind.WITHDRAWN, ledger=lines)
    ended = sent or withdrawn
    ended_on = max(ended.on, received) if ended else None
    return Times(
        received_on=received,
        ended_on=ended_on,
        outcome="sent" if sent else "withdrawn" if withdrawn else None,
        spans=_walk(_waits(lines, heard=heard, received=received), begins=received, ends=ended_on),
        due=clock.decide_by,
        on_time=None if sent is None else not clock.late_on(sent.on),
        asked=sum(entry.kind is Kind.ASKED for entry in lines),
        suspended=bool(clock.suspended_days),
        extended=clock.extended,
        defaulted=any(entry.kind is Kind.DEFAULTED for entry in lines),
        penalty=sum(entry.euros or 0 for entry in lines if entry.kind is Kind.PENALTY_SET),
    )


def _waits(lines: Ledger, *, heard: Heard, received: date) -> list[Span]:
    """Every wait on somebody; they may overlap."""
    decided = first_of(Kind.DECIDED, ledger=lines)
    waits = [Span(step=Step.QUEUE, first=received, beyond=None), *_held(heard), *_stops(lines)]
    waits += [Span(step=Step.ADVISER, first=asked, beyond=given) for asked, given in heard.advice]
    if decided:
        waits.append(Span(step=Step.SENDING, first=decided.on, beyond=None))
        if heard.offered_on:
            waits.append(Span(step=Step.SIGNATORY, first=min(heard.offered_on, decided.on), beyond=decided.on))
    return waits


def _held(heard: Heard) -> Iterator[Span]:
    ends = (*(day for day, _ in heard.held[1:]), None)
    for (first, somebody), beyond in zip(heard.held, ends, strict=False):
        if somebody:
            yield Span(step=Step.HANDLER, first=first, beyond=beyond)


def _stops(lines: Ledger) -> Iterator[Span]:
    """Questions to the applicant, and suspensions that wait on somebody else; more time makes a wait go on."""
    ends = {entry.request_id: entry.on for entry in lines if _ends_wait(entry, lines=lines)}
    for entry in lines:
        step = _waited_on(entry)
        if step:
            first = entry.first or entry.on
            beyond = ends.get(entry.request_id) or (entry.last + ONE_DAY if entry.last else None)
            yield Span(step=step, first=first, beyond=max(first, beyond) if beyond else None)


def _ends_wait(entry: Entry, *, lines: Ledger) -> bool:
    if entry.kind is Kind.LAPSED:
        return is_ended(entry.request_id, ledger=lines)
    return entry.kind in (Kind.ANSWERED, Kind.RESUMED)


def _waited_on(entry: Entry) -> Step | None:
    if entry.kind is Kind.ASKED or (entry.kind is Kind.SUSPENDED and entry.ground in _APPLICANT):
        return Step.APPLICANT
    return Step.ADVISER if entry.kind is Kind.SUSPENDED and entry.ground in _OTHERS else None


def _walk(waits: Sequence[Span], *, begins: date, ends: date | None) -> tuple[Span, ...]:
    """Lay the waits out as one line without gaps; a step that it passed within a day stands there with no days."""
    days = {begins, *(wait.first for wait in waits), *(wait.beyond for wait in waits if wait.beyond)}
    marks = sorted(day for day in days if day >= begins and (ends is None or day < ends))
    walked = list[Span]()
    for first, beyond in zip(marks, (*marks[1:], ends), strict=False):
        step = _on(first, waits=waits)
        begun = walked.pop().first if walked and walked[-1].step is step else first
        walked.append(Span(step=step, first=begun, beyond=beyond))
    passed = [wait for wait in waits if wait.step not in {span.step for span in walked}]
    return (*(_passed(wait, begins=begins, ends=ends) for wait in _once(passed)), *walked)


def _once(waits: Sequence[Span]) -> list[Span]:
    return list({wait.step: wait for wait in waits}.values())


def _passed(wait: Span, *, begins: date, ends: date | None) -> Span:
    day = min(max(wait.first, begins), ends or wait.first)
    return Span(step=wait.step, first=day, beyond=day)


def _on(day: date, *, waits: Sequence[Span]) -> Step:
    there = {wait.step for wait in waits if wait.first <= day and (wait.beyond is None or day < wait.beyond)}
    return next(step for step in FIRST_GOES if step in there)
