"""Every date of a case follows from its ledger and the law."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from services.workflow.domain.ledger import Clock, Entry, Kind, NotReceivedError, read_clock
from shared.ids import new_id
from shared.law.terms import SetBy, TermRule, Unit

EIGHT_WEEKS = TermRule(amount=8, unit=Unit.weeks, set_by=SetBy.ordinance, article="APV 1:2 lid 1")
BY_LAW = TermRule(amount=8, unit=Unit.weeks, set_by=SetBy.act, article="Awb 4:13 lid 2")
RECEIVED = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
QUESTION = UUID(int=1)


def on(day: date, *, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def received() -> Entry:
    return Entry(kind=Kind.RECEIVED, at=RECEIVED)


def asked(day: date, *, until: date, question: UUID = QUESTION) -> Entry:
    return Entry(kind=Kind.ASKED, at=on(day), who="samir", request_id=question, answer_by=until)


def answered(day: date, *, question: UUID = QUESTION) -> Entry:
    return Entry(kind=Kind.ANSWERED, at=on(day), request_id=question)


def clock(*entries: Entry, today: date, rule: TermRule = EIGHT_WEEKS) -> Clock:
    return read_clock(entries, rule=rule, today=today)


def test_eight_weeks_run_from_the_day_of_receipt_with_the_article_beside_it() -> None:
    found = clock(received(), today=date(2026, 2, 10))
    assert found.decide_by == date(2026, 3, 30)
    assert [step.article for step in found.term.steps] == ["APV 1:2 lid 1"]
    assert found.waiting_until is None


def test_receipt_just_before_midnight_in_the_netherlands_counts_on_that_day() -> None:
    late_evening = Entry(kind=Kind.RECEIVED, at=datetime(2026, 2, 2, 22, 59, 59, tzinfo=UTC))
    past_midnight = Entry(kind=Kind.RECEIVED, at=datetime(2026, 2, 2, 23, 0, tzinfo=UTC))
    assert clock(late_evening, today=date(2026, 2, 10)).decide_by == date(2026, 3, 30)
    assert clock(past_midnight, today=date(2026, 2, 10)).decide_by == date(2026, 3, 31)


def test_the_days_between_question_and_answer_do_not_count() -> None:
    ledger = (received(), asked(date(2026, 2, 9), until=date(2026, 3, 2)), answered(date(2026, 2, 20)))
    found = clock(*ledger, today=date(2026, 2, 23))
    assert found.suspended_days == 10  # 10 up to and including 19 February (Awb 4:15 lid 1 a: "tot")
    assert found.decide_by == date(2026, 4, 9)
    assert "Awb 4:15 lid 1 onder a" in [step.article for step in found.term.steps]


def test_an_answer_on_the_day_after_the_question_stops_nothing() -> None:
    ledger = (received(), asked(date(2026, 2, 9), until=date(2026, 3, 2)), answered(date(2026, 2, 10)))
    assert clock(*ledger, today=date(2026, 2, 11)).suspended_days == 0


def test_while_a_question_is_open_the_clock_stands_still() -> None:
    found = clock(received(), asked(date(2026, 2, 9), until=date(2026, 3, 2)), today=date(2026, 2, 20))
    assert found.stopped
    assert found.waiting_until == date(2026, 3, 2)
    assert found.decide_by == date(2026, 4, 9)


def test_without_an_answer_the_clock_runs_again_after_the_last_day_whether_or_not_anyone_noticed() -> None:
    question = asked(date(2026, 2, 9), until=date(2026, 3, 2))
    noticed = Entry(kind=Kind.LAPSED, at=on(date(2026, 3, 5)), request_id=QUESTION)
    for ledger in ((received(), question), (received(), question, noticed)):
        found = clock(*ledger, today=date(2026, 3, 10))
        assert not found.stopped
        assert found.suspended_days == 21
        assert found.decide_by == date(2026, 4, 20)


def test_a_late_answer_moves_no_date() -> None:
    ledger = (received(), asked(date(2026, 2, 9), until=date(2026, 3, 2)), answered(date(2026, 3, 6)))
    assert clock(*ledger, today=date(2026, 3, 10)).suspended_days == 21


def test_two_questions_add_up_their_own_days() -> None:
    other = new_id()
    ledger = (
        received(),
        asked(date(2026, 2, 9), until=date(2026, 2, 23)),
        answered(date(2026, 2, 12)),
        asked(date(2026, 2, 16), until=date(2026, 3, 2), question=other),
        answered(date(2026, 2, 19), question=other),
    )
    assert clock(*ledger, today=date(2026, 2, 23)).suspended_days == 4


def test_a_question_after_the_last_day_stops_nothing() -> None:
    found = clock(received(), asked(date(2026, 3, 31), until=date(2026, 4, 14)), today=date(2026, 4, 2))
    assert not found.stopped
    assert found.waiting_until == date(2026, 4, 14)
    assert found.suspended_days == 0
    assert found.decide_by == date(2026, 3, 30)


def test_a_question_on_the_last_day_stops_nothing_either() -> None:
    found = clock(received(), asked(date(2026, 3, 30), until=date(2026, 4, 14)), today=date(2026, 4, 2))
    assert not found.stopped


def test_a_term_set_by_law_that_ends_on_a_holiday_moves_to_the_next_working_day() -> None:
    ledger = (Entry(kind=Kind.RECEIVED, at=on(date(2026, 3, 20))),)
    assert clock(*ledger, today=date(2026, 4, 1), rule=BY_LAW).decide_by == date(2026, 5, 18)  # 15 May is decreed free


def test_after_the_decision_no_day_is_added_any_more() -> None:
    ledger = (received(), Entry(kind=Kind.DECIDED, at=on(date(2026, 3, 2)), who="samir"))
    found = clock(*ledger, today=date(2026, 7, 1))
    assert found.decided_on == date(2026, 3, 2)
    assert found.decide_by == date(2026, 3, 30)
    assert found.objection is None


def test_the_objection_term_runs_from_the_sending_not_from_the_decision() -> None:
    ledger = (
        received(),
        Entry(kind=Kind.DECIDED, at=on(date(2026, 3, 2)), who="samir"),
        Entry(kind=Kind.SENT, at=on(date(2026, 3, 3))),
    )
    found = clock(*ledger, today=date(2026, 3, 4))
    assert found.sent_on == date(2026, 3, 3)
    assert found.objection is not None
    assert found.objection.safe == date(2026, 4, 14)


def test_without_receipt_there_are_no_dates() -> None:
    with pytest.raises(NotReceivedError):
        clock(today=date(2026, 2, 2) + timedelta(days=1))
