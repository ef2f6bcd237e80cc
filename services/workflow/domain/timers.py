"""What must happen to a case by itself, and when: derived from its clock, and anew whenever a date moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from services.workflow.domain.case import Case
from services.workflow.domain.clock import Clock
from services.workflow.domain.ledger import Kind, Ledger, all_of, answer_to, is_ended, last_day_to_answer, last_of
from shared.catalogue.definitions import Anchor, Rung
from shared.catalogue.lasting import Lasting
from shared.law.calendar import AMSTERDAM, ONE_DAY, add_working_days, next_working_day
from shared.law.terms import Policy

MORNING: Final = time(6)
"""When timers go off, in Amsterdam: before work begins, and after what was sent at night has come in."""

MAILED_FROM: Final = time(7)
"""When the morning mails go, in Amsterdam: after the timers of the morning went off."""

RULES: Final = 2
"""The edition of these rules: 2 told by when a decision and what silence gave must be told (Awb 2:10, 4:20c)."""


_FIRM_LADDER: Final = ((-5, "handler"), (-1, "handler"), (-1, "lead"), (1, "manager"))
"""When people are told that a court waits for us, or that what silence gave must be announced: working days, whom."""

_UNHEARD_LADDER: Final = ((-1, "handler"), (0, "lead"))
"""When people are told that who applied has not heard of a decision yet: times 24 hours from the last moment, whom."""


class What(StrEnum):
    """What a timer does."""

    ESCALATE = "escalate"
    """Tell a person that a date comes near or has passed; `key` is the step of the ladder."""
    REMIND = "remind"
    """Remind the applicant of a question, half-way; `key` is the question."""
    LAPSE = "lapse"
    """End the wait for an answer (Awb 4:5, 4:15 lid 1 a); `key` is the question."""
    RENEW = "renew"
    """Remind the holder that a permit ends; `key` is its last day."""


@dataclass(frozen=True, kw_only=True)
class Timer:
    """`what` happens to a case at `due` (UTC); a case has one of each `what` and `key`."""

    what: What
    key: str
    due: datetime


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """What a case's clock gives to sort by (`deadline`) and to wake up for; kept beside the case, never the truth.

    `edition` is that of the rules by which it was worked out.
    """

    deadline: date
    timers: tuple[Timer, ...]
    edition: int


def timers_of(
    case: Case,
    *,
    clock: Clock,
    ladder: Sequence[Rung],
    lasting: Lasting | None = None,
    papers_by: date | None = None,
    again_by: date | None = None,
) -> tuple[Timer, ...]:
    """Give every timer of the case as its clock stands; `lasting` is how long what it gave lasts.

    `papers_by` is the last day to send a court the papers that it asked for, `again_by` that to decide as it ordered.
    """
    return (
        *_steps(case, clock=clock, ladder=ladder),
        *_questions(case),
        *_renewal(clock, lasting=lasting),
        *_told_of("papers", last=papers_by),
        *_told_of("again", last=again_by),
        *_told_of("announce", last=_announce_by(case, clock=clock)),
        *_unheard(clock),
    )


def edition_of(policy: Policy) -> int:
    """The edition of these rules with how the law is read: cases that were armed by another one are armed anew."""
    edition = RULES
    for name in sorted(each.name for each in fields(policy)):
        edition = 2 * edition + getattr(policy, name)
    return edition


def morning_of(day: date, *, at: time = MORNING) -> datetime:
    """The instant (UTC) at which what is for this day goes off."""
    return datetime.combine(day, at, tzinfo=AMSTERDAM).astimezone(UTC)


def _steps(case: Case, *, clock: Clock, ladder: Sequence[Rung]) -> Iterator[Timer]:
    """The steps of the ladder; one that lay before the receipt had nobody to tell."""
    received, dates = case.ledger[0].on, _dates(case, clock=clock)
    for rung in ladder:
        day = dates.get(rung.of)
        if day is None:
            continue
        due = add_working_days(day, count=rung.days)
        if due > received:
            yield Timer(what=What.ESCALATE, key=rung.name, due=morning_of(due))


def _dates(case: Case, *, clock: Clock) -> Mapping[Anchor, date | None]:
    """The date of each anchor that somebody can still do something about; none moves while the term stands still."""
    if not _is_running(case, clock=clock):
        return {}
    penalty = clock.penalty.first_day.safe if clock.penalty else None
    late = {Anchor.DECISION: clock.decide_by, Anchor.PENALTY: penalty}
    if not case.is_open:
        return late
    return {
        **late,
        Anchor.NORM: clock.norm.rolled if clock.norm else None,
        Anchor.PROMISE: clock.promised,
        Anchor.REFUSAL: clock.refuse_by.safe if clock.refuse_by and _went_unanswered(case.ledger) else None,
    }


def _announce_by(case: Case, *, clock: Clock) -> date | None:
    return clock.announce_by.safe if clock.announce_by and _is_running(case, clock=clock) else None


def _is_running(case: Case, *, clock: Clock) -> bool:
    """Whether the term runs on: nothing was sent yet, and it does not stand still."""
    return (case.is_open or case.status == "decided") and not clock.stopped


def _went_unanswered(ledger: Ledger) -> bool:
    """An answer that did not suffice also opens Awb 4:5; whether it did, only its reader knows."""
    asked = last_of(Kind.ASKED, ledger=ledger)
    return asked is not None and answer_to(asked, ledger=ledger) is None


def _questions(case: Case) -> Iterator[Timer]:
    if not case.is_open:
        return
    for asked in all_of(Kind.ASKED, ledger=case.ledger):
        if is_ended(asked.request_id, ledger=case.ledger):
            continue
        until = last_day_to_answer(asked, ledger=case.ledger)
        halfway = next_working_day(asked.on + (until - asked.on) // 2)
        by_hand = asked.who is not None  # a second signatory is reminded by who mailed the link
        if by_hand and asked.on < halfway < until:
            yield Timer(what=What.REMIND, key=str(asked.request_id), due=morning_of(halfway))
        yield Timer(what=What.LAPSE, key=str(asked.request_id), due=morning_of(until + ONE_DAY))


def _renewal(clock: Clock, *, lasting: Lasting | None) -> Iterator[Timer]:
    """One, unless it was over before its letter went."""
    if lasting and lasting.renew_from and lasting.last and clock.sent_on and clock.sent_on <= lasting.last:
        day = max(lasting.renew_from, clock.sent_on + ONE_DAY)
        yield Timer(what=What.RENEW, key=lasting.last.isoformat(), due=morning_of(day))


def _unheard(clock: Clock) -> Iterator[Timer]:
    """These 48 hours stop for no night and no weekend (Awb 2:10 lid 1)."""
    if clock.notify_by is None:
        return
    for days, tell in _UNHEARD_LADDER:
        yield Timer(what=What.ESCALATE, key=f"notified:{days}:{tell}", due=clock.notify_by + timedelta(days=days))


def _told_of(wants: str, *, last: date | None) -> Iterator[Timer]:
    if last is None:
        return
    for days, tell in _FIRM_LADDER:
        due = morning_of(add_working_days(last, count=days))
        yield Timer(what=What.ESCALATE, key=f"{wants}:{days}:{tell}", due=due)
