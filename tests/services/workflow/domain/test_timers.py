"""What must happen by itself: derived from the ledger, anew whenever a date moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.workflow.domain import case as cases
from services.workflow.domain import deadlines
from services.workflow.domain.case import Case
from services.workflow.domain.clock import terms_of
from services.workflow.domain.timers import Timer, What, morning_of, timers_of
from shared.catalogue.definitions import USUAL_LADDER, Anchor, Rank, Rung, SilenceEffect
from shared.catalogue.lasting import Lasting
from shared.ids import new_id
from shared.law.calendar import ONE_DAY, local_date
from tests.services.workflow.town import NOW, objecten, submission

DECIDE_BY = date(2027, 1, 19)
ANSWER_BY = date(2026, 12, 8)
TERMS = terms_of(objecten().process)


def opened() -> Case:
    return cases.claim(cases.open_case(new_id(), submission=submission()), by="samir")


def asked(case: Case, *, answer_by: date = ANSWER_BY) -> Case:
    return cases.ask(case, by="samir", request_id=new_id(), answer_by=answer_by, at=NOW)


def timers(case: Case, *, now: datetime = NOW, ladder: tuple[Rung, ...] = USUAL_LADDER) -> dict[str, datetime]:
    clock = case.clock(terms=TERMS, today=local_date(now))
    return {timer.key: timer.due for timer in timers_of(case, clock=clock, ladder=ladder)}


def test_a_new_case_warns_handler_lead_and_manager_in_working_days_around_its_dates() -> None:
    assert timers(opened()) == {
        "norm:-2:handler": morning_of(date(2026, 12, 11)),
        "norm:1:lead": morning_of(date(2026, 12, 16)),
        "decision:-5:handler": morning_of(date(2027, 1, 12)),
        "decision:-2:lead": morning_of(date(2027, 1, 15)),
        "decision:1:manager": morning_of(date(2027, 1, 20)),
    }


def test_timers_go_off_at_six_in_the_morning_in_summer_and_in_winter() -> None:
    assert morning_of(date(2026, 12, 11)) == datetime(2026, 12, 11, 5, tzinfo=UTC)
    assert morning_of(date(2026, 7, 1)) == datetime(2026, 7, 1, 4, tzinfo=UTC)


def test_while_the_clock_stands_still_only_the_question_has_timers() -> None:
    case = asked(opened())
    clock = case.clock(terms=TERMS, today=date(2026, 11, 25))
    found = timers_of(case, clock=clock, ladder=USUAL_LADDER)
    key = str(case.ledger[-1].request_id)
    assert found == (
        Timer(what=What.REMIND, key=key, due=morning_of(date(2026, 12, 1))),
        Timer(what=What.LAPSE, key=key, due=morning_of(date(2026, 12, 9))),
    )


def test_what_the_law_gives_is_announced_in_two_weeks_of_which_nobody_is_told_while_the_clock_stands_still() -> None:
    terms = replace(TERMS, silence=SilenceEffect.GRANTED)

    def told(case: Case) -> dict[str, datetime]:
        clock = case.clock(terms=terms, today=local_date(NOW))
        found = timers_of(case, clock=clock, ladder=())
        return {timer.key: timer.due for timer in found if timer.what is What.ESCALATE}

    assert told(opened()) == {
        "announce:-5:handler": morning_of(date(2027, 1, 26)),
        "announce:-1:handler": morning_of(date(2027, 2, 1)),
        "announce:-1:lead": morning_of(date(2027, 2, 1)),
        "announce:1:manager": morning_of(date(2027, 2, 3)),
    }
    assert told(asked(opened())) == {}
    assert told(replace(opened(), status="announced")) == {}


def test_after_an_answer_the_steps_lie_as_many_days_later_as_the_clock_stood_still() -> None:
    case = asked(opened())
    request_id = case.ledger[-1].request_id
    assert request_id
    later = NOW + timedelta(days=7)
    found = timers(cases.answer(case, request_id=request_id, at=later), now=later)
    assert found["decision:-5:handler"] == morning_of(date(2027, 1, 18))  # 6 days: 25 January is the last day now
    assert str(request_id) not in found


def test_an_outage_that_was_announced_moves_the_end_of_the_wait() -> None:
    case = asked(opened())
    request_id = case.ledger[-1].request_id
    assert request_id
    moved = deadlines.move_repair_end(case, by="samir", at=NOW, request_id=request_id, until=date(2026, 12, 15))
    clock = moved.clock(terms=TERMS, today=date(2026, 11, 25))
    lapse = [timer.due for timer in timers_of(moved, clock=clock, ladder=()) if timer.what is What.LAPSE]
    assert lapse == [morning_of(date(2026, 12, 16))]


def test_a_question_of_one_day_has_no_moment_for_a_reminder() -> None:
    case = asked(opened(), answer_by=date(2026, 11, 25))
    clock = case.clock(terms=TERMS, today=date(2026, 11, 25))
    assert [timer.what for timer in timers_of(case, clock=clock, ladder=())] == [What.LAPSE]


def test_a_step_that_lay_before_the_receipt_tells_nobody() -> None:
    early = (Rung(days=-200, of=Anchor.DECISION, tell=Rank.HANDLER),)
    assert timers(opened(), ladder=early) == {}


def test_a_notice_of_default_warns_before_the_first_day_that_costs_money() -> None:
    late = datetime(2027, 1, 25, 10, tzinfo=UTC)
    case = deadlines.receive_default(opened(), at=late, day=date(2027, 1, 25), by="samir", document="brief")
    found = timers(case, now=late)
    assert found["penalty:-5:lead"] == morning_of(date(2027, 2, 2))
    assert found["penalty:0:manager"] == morning_of(date(2027, 2, 9))


def test_the_day_that_a_delay_notice_named_is_watched_too() -> None:
    case = deadlines.tell_delay(opened(), by="samir", at=NOW, until=date(2027, 2, 1))
    assert timers(case)["promise:-2:handler"] == morning_of(date(2027, 1, 28))


def test_after_an_unanswered_question_the_last_day_to_refuse_to_process_is_watched() -> None:
    case = asked(opened())
    request_id = case.ledger[-1].request_id
    assert request_id
    later = NOW + timedelta(days=15)
    found = timers(cases.lapse(case, request_id=request_id, at=later), now=later)
    assert found["refusal:-5:handler"] == morning_of(date(2026, 12, 28))  # four weeks after 8 December: 5 January


@pytest.mark.parametrize("status", ["announced", "withdrawn"])
def test_a_case_that_is_over_wakes_nobody(status: str) -> None:
    assert timers(replace(opened(), status=status)) == {}


def test_a_decision_that_was_not_sent_still_counts_as_late_and_its_48_hours_to_be_heard_run() -> None:
    case = cases.decide(opened(), by="samir", at=NOW)
    unheard = {"notified:-1:handler": NOW + timedelta(hours=24), "notified:0:lead": NOW + timedelta(hours=48)}
    assert timers(case).items() >= unheard.items()
    assert set(timers(case)) - set(unheard) == {"decision:-5:handler", "decision:-2:lead", "decision:1:manager"}


def test_the_holder_is_reminded_once_before_a_permit_ends_and_never_of_one_that_was_over() -> None:
    today = local_date(NOW)
    decided = cases.decide(opened(), by="samir", at=NOW)
    sent = cases.announce(decided, at=NOW)
    clock = sent.clock(terms=TERMS, today=today)

    def due(last: date, renew_from: date | None) -> list[tuple[What, datetime]]:
        lasting = Lasting(first=today, last=last, renew_from=renew_from)
        return [(timer.what, timer.due) for timer in timers_of(sent, clock=clock, ladder=(), lasting=lasting)]

    assert due(date(2027, 12, 31), date(2027, 11, 1)) == [(What.RENEW, morning_of(date(2027, 11, 1)))]
    assert due(date(2026, 12, 20), date(2026, 10, 21)) == [(What.RENEW, morning_of(today + ONE_DAY))]
    assert due(date(2026, 11, 23), date(2026, 10, 1)) == []
    assert due(date(2027, 12, 31), None) == []
