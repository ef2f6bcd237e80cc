"""An act on the term of a case as one value: what it needs, what it does to the dates, and its line in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.workflow.domain import deadlines
from services.workflow.domain.case import Case
from services.workflow.domain.clock import Clock, Terms
from services.workflow.domain.deadlines import Stop
from services.workflow.domain.fault import Fault
from shared.events import Words
from shared.law.calendar import local_date
from shared.law.terms import Ground, Step

LONGEST_REASON = 1000
LONGEST_DOCUMENT = 200


class ActKind(StrEnum):
    """What staff can do to the term."""

    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    DELAY = "delay"
    NAME = "name"
    DEFAULT = "default"
    OUTAGE = "outage"
    OTHER_WAY = "other_way"
    FORWARD = "forward"
    PENALTY = "penalty"
    COMMITTEE = "committee"
    CORRECT = "correct"


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act; `id` is the same however often it is sent. `target`: the standstill, question or line that it is about.

    `day` is when something happened (a resumption, a forwarding, a notice of default), `until` the new or promised day.
    """

    id: UUID
    kind: ActKind
    because: str = ""
    document: str = ""
    ground: Ground | None = None
    first: date | None = None
    last: date | None = None
    day: date | None = None
    until: date | None = None
    target: UUID | None = None


class IncompleteActError(Exception):
    """A part that this act needs is not there: a ground, a day, or what it is about."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A date that an act moves; None: there is no such date."""

    name: str
    before: date | None
    after: date | None


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The clocks before and after an act, both as they are today."""

    before: Clock
    after: Clock

    @property
    def changes(self) -> tuple[Change, ...]:
        """Give the dates that differ, the one to steer on first, always named."""
        return tuple(
            Change(name=name, before=old, after=new)
            for (name, old), (_, new) in zip(_dates(self.before), _dates(self.after), strict=True)
            if old != new or name == "decide_by"
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        """Give the steps that explain the new date: that of a penalty or of an answer where that is what moves."""
        if self.after.penalty and self.after.penalty != self.before.penalty:
            return self.after.penalty.first_day.steps
        return self.after.moved if self.after.moved != self.before.moved else self.after.term.steps


def faults_of(act: Act) -> tuple[Fault, ...]:
    """Say what must still be filled in before the law is asked; an unreadable date is told by its reader."""
    return tuple(_faults(act))


def take(case: Case, *, act: Act, by: str, at: datetime, terms: Terms) -> Case:
    """Do it to the case: one line more in the ledger, with the act's own mark.

    Raises:
        The refusals of `deadlines`, and of `check_at_work`.
    """
    after = _taken(case, act=act, by=by, at=at, terms=terms)
    line = replace(after.ledger[-1], act=act.id, because=act.because or None, document=act.document or None)
    return replace(after, ledger=(*after.ledger[:-1], line))


def effect_of(act: Act, *, case: Case, by: str, at: datetime, terms: Terms) -> Effect:
    """Work out what an act would do to the dates, without doing it. Raises what `take` raises."""
    today = local_date(at)
    after = take(case, act=act, by=by, at=at, terms=terms)
    return Effect(before=case.clock(terms=terms, today=today), after=after.clock(terms=terms, today=today))


def is_done(case: Case, *, act_id: UUID) -> bool:
    """Whether this act stands in the ledger already."""
    return any(entry.act == act_id for entry in case.ledger)


def _taken(case: Case, *, act: Act, by: str, at: datetime, terms: Terms) -> Case:
    clock, rule = case.clock(terms=terms, today=local_date(at)), terms.rule
    match act:
        case Act(kind=ActKind.SUSPEND, ground=Ground() as ground, first=date() as first):
            stop = Stop(id=act.id, ground=ground, first=first, last=act.last, document=act.document or None)
            return deadlines.suspend(case, by=by, at=at, clock=clock, stop=stop)
        case Act(kind=ActKind.RESUME, target=UUID() as target, day=date() as day):
            return deadlines.resume(case, by=by, at=at, suspension_id=target, day=day)
        case Act(kind=ActKind.EXTEND):
            return deadlines.extend(case, by=by, at=at, clock=clock, rule=rule)
        case Act(kind=ActKind.DELAY, until=date() as until):
            return deadlines.tell_delay(case, by=by, at=at, until=until)
        case Act(kind=ActKind.NAME, until=date() as until):
            return deadlines.name_term(case, by=by, at=at, clock=clock, rule=rule, until=until)
        case Act(kind=ActKind.DEFAULT, day=date() as day):
            return deadlines.receive_default(case, at=at, day=day, by=by, document=act.document or None)
        case Act(kind=ActKind.OUTAGE, target=UUID() as target, until=date() as until):
            return deadlines.move_repair_end(case, by=by, at=at, request_id=target, until=until)
        case Act(kind=ActKind.OTHER_WAY, target=UUID() as target, day=date() as day):
            return deadlines.point_to_right_way(case, by=by, at=at, request_id=target, day=day)
        case Act(kind=ActKind.FORWARD, day=date() as day):
            return deadlines.forward(case, by=by, at=at, clock=clock, day=day, document=act.document or None)
        case Act(kind=ActKind.PENALTY):
            return deadlines.set_penalty(case, by=by, at=at, clock=clock)
        case Act(kind=ActKind.COMMITTEE):
            return deadlines.appoint_committee(case, by=by, at=at, clock=clock)
        case Act(kind=ActKind.CORRECT, target=UUID() as target):
            return deadlines.correct(case, by=by, at=at, line=target)
    raise IncompleteActError


def _faults(act: Act) -> Iterator[Fault]:
    if act.kind is ActKind.SUSPEND and act.ground not in deadlines.STAFF_GROUNDS:
        yield Fault("ground", Words(nl="Kies waarom de termijn stilstaat.", en="Choose why the term stands still."))
    if act.kind is not ActKind.DEFAULT and not act.because.strip():
        yield Fault("because", Words(nl="Schrijf op waarom.", en="Write why."))
    for name, text, most in (("because", act.because, LONGEST_REASON), ("document", act.document, LONGEST_DOCUMENT)):
        if len(text) > most:
            yield Fault(name, Words(nl=f"Gebruik hooguit {most} tekens.", en=f"Use at most {most} characters."))


def _dates(clock: Clock) -> tuple[tuple[str, date | None], ...]:
    return (
        ("decide_by", clock.decide_by),
        ("late_after", clock.term.rolled if clock.term.rolled != clock.decide_by else None),
        ("norm", clock.norm.safe if clock.norm else None),
        ("answer_by", clock.waiting_until),
        ("refuse_by", clock.refuse_by.safe if clock.refuse_by else None),
        ("promised", clock.promised),
        ("penalty_from", clock.penalty.first_day.safe if clock.penalty else None),
        ("penalty_until", clock.penalty.last_day.safe if clock.penalty else None),
    )
