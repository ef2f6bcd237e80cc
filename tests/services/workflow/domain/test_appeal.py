"""An appeal at the court: by when it wants our papers, whether it came in time, and what can follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from services.workflow.domain.appeal import Appeal, faults_of, is_appealable, next_papers, timeliness
from services.workflow.domain.clock import Clock, read_clock, terms_of
from services.workflow.domain.ledger import Entry, Kind
from shared.ids import new_id
from tests.services.workflow.town import objecten

TODAY = date(2026, 11, 24)
SENT = date(2026, 6, 22)
APPEAL = Appeal(id=new_id(), about="decision", number="UTR 26/1234", lodged_on=date(2026, 7, 20))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def clock(*entries: Entry) -> Clock:
    received = Entry(kind=Kind.RECEIVED, at=at(date(2026, 3, 2)))
    return read_clock((received, *entries), terms=terms_of(objecten().process), today=TODAY)


def test_the_papers_go_within_four_weeks_after_the_court_sent_the_grounds_and_a_free_day_moves_it() -> None:
    asked = replace(APPEAL, grounds_on=date(2026, 11, 27))
    assert asked.papers_by is not None
    # four weeks after 27 November is 25 December; then come 26 December and a Sunday
    assert (asked.papers_by.unrolled, asked.papers_by.safe) == (date(2026, 12, 25), date(2026, 12, 28))
    assert asked.papers_by.steps[0].article == "Awb 8:42 lid 1"
    assert next_papers([APPEAL, asked]) == date(2026, 12, 28)
    assert next_papers([replace(asked, papers_on=TODAY)]) is None
    assert next_papers([replace(asked, ruled_on=TODAY, outcome="withdrawn")]) is None


def test_six_weeks_after_the_ruling_a_higher_appeal_is_over_and_there_is_none_after_a_withdrawal() -> None:
    ruled = replace(APPEAL, ruled_on=date(2026, 10, 5), outcome="unfounded")
    assert ruled.higher_by is not None
    assert ruled.higher_by.safe == date(2026, 11, 16)
    assert replace(ruled, outcome="withdrawn").higher_by is None


def test_one_that_came_too_late_or_before_its_time_is_told_and_the_court_judges() -> None:
    sent = clock(Entry(kind=Kind.DECIDED, at=at(SENT)), Entry(kind=Kind.SENT, at=at(SENT)))
    assert timeliness(replace(APPEAL, lodged_on=date(2026, 8, 3)), clock=sent) is None
    told = timeliness(replace(APPEAL, lodged_on=date(2026, 8, 4)), clock=sent)
    assert told is not None
    assert "kon tot en met 3 augustus 2026 (Awb 6:7)" in told.nl
    late = clock(Entry(kind=Kind.DEFAULTED, at=at(date(2026, 9, 7))))
    assert timeliness(replace(APPEAL, about="late", lodged_on=date(2026, 9, 22)), clock=late) is None
    assert timeliness(replace(APPEAL, about="late", lodged_on=date(2026, 9, 21)), clock=late) is not None


def test_there_is_an_appeal_only_against_a_decision_that_was_sent_or_one_that_does_not_come() -> None:
    assert not is_appealable(clock())
    assert is_appealable(clock(Entry(kind=Kind.DEFAULTED, at=at(date(2026, 9, 7)))))
    assert is_appealable(clock(Entry(kind=Kind.DECIDED, at=at(SENT)), Entry(kind=Kind.SENT, at=at(SENT))))


def test_days_stand_in_their_order_none_is_to_come_and_a_ruling_has_its_day() -> None:
    assert faults_of(replace(APPEAL, grounds_on=date(2026, 8, 3), papers_on=TODAY), today=TODAY) == ()
    wrong = replace(APPEAL, number=" ", grounds_on=date(2026, 7, 19), papers_on=date(2026, 11, 25), outcome="founded")
    assert [fault.name for fault in faults_of(wrong, today=TODAY)] == ["number", "grounds_on", "papers_on", "ruled_on"]
