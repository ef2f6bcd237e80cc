"""How one invented case went, from its receipt until today, step by step through the rules of the domain."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from dev.history.moulds import Mould
from dev.history.planted import PRODUCT, WAITS_FOR_ADVICE
from services.workflow.domain import case as cases
from services.workflow.domain.case import Case
from services.workflow.domain.clock import terms_of
from services.workflow.domain.question import usual_answer_by
from services.workflow.domain.routing import features_of
from services.workflow.domain.timers import Timer, What, morning_of, timers_of
from shared.catalogue.definitions import Process, Product
from shared.events import Result, SubmissionReceived
from shared.law.calendar import AMSTERDAM, ONE_DAY, add_working_days, local_date, next_working_day
from shared.law.terms import decision_term

QUESTION: Final = "Kunt u nog een tekening met maten sturen?"
ANSWER: Final = "De tekening met de maten gaat hierbij."
ADVISER: Final = "Verkeersadviseur"
ADVICE_QUESTION: Final = "Kan het verkeer er veilig langs?"
ADVICE: Final = "Dat kan, met 1,80 meter vrije stoep."
HALF: Final = 0.5
"""The part of the term in which half of the cases are done; each year back it was larger by YEARLY."""
YEARLY: Final = 0.03
MARKED: Final = 0.25
"""The share of the applicants who give a mark."""
_A_MONDAY: Final = date(2026, 1, 5)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What happens: after how many working days somebody takes it, what is asked of whom, and when it ends.

    `advised_after` is how many working days an adviser needs; 0: none is asked.
    """

    handler: str | None
    taken_after: int
    ended_after: int
    asks: bool
    answers: bool
    ending: Result | str
    """granted or refused, withdrawn, or open: nothing ends it before today."""
    advised_after: int = 0


@dataclass
class Life:
    """The case as it is, with all that hangs on it: lines of the timeline, a question, timers, and its last day.

    `before` is the case as it was when something ended it at `ended_at`. A timer comes with when it went off.
    """

    case: Case
    notes: list[tuple[datetime, str, str | None, dict[str, Any]]] = field(default_factory=list)
    question: dict[str, Any] | None = None
    advice: dict[str, Any] | None = None
    before: Case | None = None
    ended_at: datetime | None = None
    result: str = ""
    timers: list[tuple[Timer, datetime | None]] = field(default_factory=list)
    deadline: date = date.min


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What the applicant thought of it: a mark from 1 to 10, some steps apart, and when it was given."""

    mark: int
    steps: dict[str, int]
    at: datetime


def opinion_of(life: Life) -> Opinion | None:
    """Give what the applicant thought; most say nothing, and who waited too long or was refused is less content."""
    chance = Random(life.case.id.int)  # noqa: S311 chance that can be repeated is no secret
    if not life.result or life.ended_at is None or chance.random() > MARKED:
        return None
    mean = 7.6 - (1.8 if life.result == "refused" else 0) - (1.5 if local_date(life.ended_at) > life.deadline else 0)
    marks = [min(10, max(1, round(chance.gauss(mean, 1.2)))) for _ in range(3)]
    steps = {"form": marks[1], "time": marks[2]} if chance.random() < HALF else {}
    return Opinion(mark=marks[0], steps=steps, at=life.ended_at + timedelta(minutes=chance.randrange(10, 300)))


def live(
    case_id: UUID, *, said: SubmissionReceived, product: Product, plan: Plan, chance: Random, now: datetime
) -> Life:
    """Let one case live as planned, as far as it comes before now."""
    case = cases.open_case(case_id, submission=said, team=features_of(said, product=product).own)
    life = Life(case=case.told())
    received = said.received_at
    life.notes.append((received, "received", None, {"channel": said.channel}))
    life.notes.append((received + timedelta(seconds=2), "sent", None, {"message": "receipt"}))
    _work(life, process=product.process, plan=plan, chance=chance, now=now)
    _set_timers(life, process=product.process, now=now)
    life.notes.sort(key=lambda note: note[0])
    return life


def draw_plan(chance: Random, *, mould: Mould, is_stuck: bool, years_ago: int, staff: tuple[str, ...]) -> Plan:
    """Draw what will happen, measured by the term of the product; what is stuck may lie with nobody yet."""
    product, refused = mould.product, mould.refused
    term = (decision_term(_A_MONDAY, rule=product.process.term).rolled - _A_MONDAY).days * 5 / 7
    days = max(1, round(term * (HALF + YEARLY * years_ago) * chance.lognormvariate(0, 0.4)))
    asks = chance.random() < (0.35 if is_stuck else 0.2)
    advised = product.id == PRODUCT and not asks and chance.random() < WAITS_FOR_ADVICE
    ending = chance.choices(("granted", "refused", "withdrawn"), (0.96 - refused, refused, 0.04))[0]
    return Plan(
        handler=None if is_stuck and chance.random() < 0.3 else chance.choice(staff),
        taken_after=chance.randrange(0, max(1, days // 3)),
        ended_after=days,
        asks=asks,
        answers=chance.random() < 0.85,
        ending="open" if is_stuck else ending,
        advised_after=chance.randrange(8, 18) if advised else 0,
    )


def _work(life: Life, *, process: Process, plan: Plan, chance: Random, now: datetime) -> None:
    day = local_date(life.case.submission.received_at)
    at = _office(add_working_days(day, count=plan.taken_after + 1), chance=chance)
    if plan.handler is None or at > now:
        return
    life.case = cases.claim(life.case, by=plan.handler).told()
    life.notes.append((at, "claimed", plan.handler, {"to": plan.handler}))
    life.notes.append((at + timedelta(seconds=2), "sent", None, {"message": "progress"}))
    if plan.asks:
        asked = at + timedelta(minutes=chance.randrange(5, 90))
        if asked > now or not _ask(life, at=asked, plan=plan, process=process, chance=chance, now=now):
            return
    if plan.advised_after:
        _advise(life, at=at, plan=plan, chance=chance, now=now)
    last = max(note[0] for note in life.notes)
    ended = _office(
        add_working_days(local_date(last), count=max(1, plan.ended_after - plan.taken_after)), chance=chance
    )
    if plan.ending != "open" and ended < now:
        _end(life, at=ended, plan=plan)


def _ask(life: Life, *, at: datetime, plan: Plan, process: Process, chance: Random, now: datetime) -> bool:
    """Ask something and get an answer or none; False while it still waits today."""
    by, number = plan.handler or "", UUID(int=chance.getrandbits(128), version=4)
    until = usual_answer_by(local_date(at), repair_days=process.repair_days)
    life.case = cases.ask(life.case, by=by, request_id=number, answer_by=until, at=at).told()
    life.notes.append((at, "asked", by, {"text": QUESTION, "answer_by": until.isoformat()}))
    life.question = {"id": number, "text": QUESTION, "asked_at": at, "asked_by": by, "answer_by": until}
    halfway = morning_of(next_working_day(local_date(at) + (until - local_date(at)) // 2))
    lapses = morning_of(until + ONE_DAY)
    ended = at + timedelta(days=chance.randrange(1, 12), minutes=chance.randrange(600)) if plan.answers else lapses
    ended = min(ended, lapses)
    if halfway <= min(ended, now) and local_date(halfway) < until:
        life.timers.append((Timer(what=What.REMIND, key=str(number), due=halfway), halfway))
        life.notes.append((halfway, "reminded", None, {"answer_by": until.isoformat()}))
    if ended > now:
        return False
    if ended == lapses:
        life.case = cases.lapse(life.case, request_id=number, at=ended).told()
        life.timers.append((Timer(what=What.LAPSE, key=str(number), due=lapses), lapses))
        life.notes.append((ended, "lapsed", None, {"answer_by": until.isoformat()}))
        life.question["lapsed_at"] = ended
    else:
        life.case = cases.answer(life.case, request_id=number, at=ended).told()
        life.notes.append((ended, "answered", None, {"text": ANSWER}))
        life.question.update(answer=ANSWER, answered_at=ended)
    life.notes.append((ended + timedelta(seconds=2), "sent", None, {"message": "deadline"}))
    return True


def _advise(life: Life, *, at: datetime, plan: Plan, chance: Random, now: datetime) -> None:
    """Ask advice on the day it was taken; what has not come yet is still awaited."""
    asked = at + timedelta(minutes=chance.randrange(5, 60))
    if asked > now:
        return
    given = _office(add_working_days(local_date(asked), count=plan.advised_after), chance=chance)
    number, until = UUID(int=chance.getrandbits(128), version=4), add_working_days(local_date(asked), count=10)
    life.advice = {"id": number, "asked_by": plan.handler, "asked_at": asked, "answer_by": until}
    life.notes.append((asked, "advice_asked", plan.handler, {"adviser": ADVISER, "text": ADVICE_QUESTION}))
    if given < now:
        life.advice["given_at"] = given
        life.notes.append((given, "advice_given", None, {"adviser": ADVISER, "text": ADVICE}))


def _end(life: Life, *, at: datetime, plan: Plan) -> None:
    life.before, life.ended_at = life.case, at
    if plan.ending == "withdrawn":
        life.case = cases.withdraw(life.case, at=at).told()
        life.notes.append((at, "withdrawn", None, {"text": ""}))
        return
    life.case = cases.decide(life.case, by=plan.handler or "", at=at).told()
    life.notes.append((at, "decided", plan.handler, {"result": plan.ending}))
    life.result = str(plan.ending)
    sent = at + timedelta(seconds=40)
    life.case = cases.announce(life.case, at=sent)
    life.notes.append((sent, "sent", None, {"message": "decision"}))


def _set_timers(life: Life, *, process: Process, now: datetime) -> None:
    """Give the case its timers: those that went off before it ended, and those that wait."""
    terms = terms_of(process)
    upto = life.ended_at or now
    case = life.before or life.case
    clock = case.clock(terms=terms, today=case.ledger[-1].on)
    for timer in timers_of(case, clock=clock, ladder=process.escalation):
        if timer.due > upto or timer.what is not What.ESCALATE:
            if life.before is None and timer.due > now:
                life.timers.append((timer, None))
            continue
        life.timers.append((timer, timer.due))
        of, days, tell = timer.key.split(":")
        life.notes.append((timer.due, "escalated", None, {"of": of, "days": int(days), "tell": tell}))
    life.deadline = clock.decide_by


def _office(day: date, *, chance: Random) -> datetime:
    """An instant within office hours on this day."""
    here = datetime.combine(day, time(9), tzinfo=AMSTERDAM) + timedelta(minutes=chance.randrange(450))
    return here.astimezone(UTC)
