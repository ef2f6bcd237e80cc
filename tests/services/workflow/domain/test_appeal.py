"""An appeal at the court: by when it wants our papers, whether it came in time, and what can follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from services.workflow.domain import case as cases
from services.workflow.domain.appeal import (
    Appeal,
    court_days,
    faults_of,
    is_appealable,
    next_again,
    next_papers,
    timeliness,
)
from services.workflow.domain.clock import read_clock, terms_of
from services.workflow.domain.ledger import Entry, Kind
from shared.catalogue.definitions import Process
from shared.ids import new_id
from tests.services.workflow.town import objecten, submission

TODAY = date(2026, 11, 24)
SENT = date(2026, 6, 22)
APPEAL = Appeal(id=new_id(), about="decision", number="UTR 26/1234", lodged_on=date(2026, 7, 20))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def test_the_papers_go_within_four_weeks_after_the_court_sent_the_grounds_and_a_free_day_moves_it() -> None:
    asked = replace(APPEAL, grounds_on=date(2026, 11, 27))
    assert asked.papers_by is not None
    # four weeks after 27 November is 25 December; then come 26 December and a Sunday
    assert (asked.papers_by.unrolled, asked.papers_by.safe) == (date(2026, 12, 25), date(2026, 12, 28))
    assert asked.papers_by.steps[0].article == "Awb 8:42 lid 1"
    longer = replace(asked, papers_until=date(2027, 1, 15))
    assert longer.papers_by is not None
    assert (longer.papers_by.safe, longer.papers_by.steps[-1].article) == (date(2027, 1, 15), "Awb 8:42 lid 2")
    early = replace(asked, papers_until=asked.grounds_on, number="1")
    assert [fault.name for fault in faults_of(early, today=date(2026, 11, 28))] == ["papers_until"]
    assert next_papers([APPEAL, asked]) == date(2026, 12, 28)
    assert next_papers([replace(asked, papers_on=TODAY)]) is None
    assert next_papers([replace(asked, ruled_on=TODAY, outcome="withdrawn")]) is None


def test_the_latest_ruling_that_orders_a_new_decision_gives_its_day_and_none_does_before_there_is_a_ruling() -> None:
    again = date(2026, 12, 18)
    ruled = replace(APPEAL, ruled_on=date(2026, 10, 5), outcome="founded", again_by=again)
    earlier = replace(ruled, ruled_on=date(2026, 9, 7), again_by=date(2027, 1, 8))
    assert next_again([APPEAL, ruled, earlier]) == again
    heard = replace(APPEAL, grounds_on=date(2026, 11, 27), heard_on=date(2026, 12, 11))
    assert court_days([heard, ruled], today=TODAY) == [
        (date(2026, 12, 11), "hearing"),
        (again, "again"),
        (date(2026, 12, 28), "papers"),
    ]
    assert court_days([heard], today=date(2026, 12, 12)) == [(date(2026, 12, 28), "papers")]
    assert next_again([replace(APPEAL, again_by=again)]) is None


def test_six_weeks_after_the_ruling_a_higher_appeal_is_over_and_there_is_none_after_a_withdrawal() -> None:
    ruled = replace(APPEAL, ruled_on=date(2026, 10, 5), outcome="unfounded")
    assert ruled.higher_by is not None
    assert ruled.higher_by.safe == date(2026, 11, 16)
    assert replace(ruled, outcome="withdrawn").higher_by is None


def told(appeal: Appeal, *entries: Entry, process: Process | None = None) -> str:
    """What is said of an appeal about a case of which this happened."""
    ledger = (Entry(kind=Kind.RECEIVED, at=at(date(2026, 3, 2))), *entries)
    read = read_clock(ledger, terms=terms_of(process or objecten().process), today=TODAY)
    said = timeliness(appeal, clock=read, ledger=ledger)
    return said.nl if said else ""


def test_one_that_came_too_late_is_told_with_the_postmark_in_its_first_week_and_the_court_judges() -> None:
    sent = Entry(kind=Kind.DECIDED, at=at(SENT)), Entry(kind=Kind.SENT, at=at(SENT))
    assert told(replace(APPEAL, lodged_on=date(2026, 8, 3)), *sent) == ""
    for day in (date(2026, 8, 4), date(2026, 8, 10)):
        assert "Kijk naar het poststempel" in told(replace(APPEAL, lodged_on=day), *sent)
    assert "kon tot en met 3 augustus 2026 (Awb 6:7)" in told(replace(APPEAL, lodged_on=date(2026, 8, 11)), *sent)


def test_one_against_lateness_is_too_early_within_two_weeks_after_a_notice_that_counts_also_without_a_penalty() -> None:
    late = replace(APPEAL, about="late", lodged_on=date(2026, 9, 22))
    notice = Entry(kind=Kind.DEFAULTED, at=at(date(2026, 9, 7)))
    usual = objecten().process
    woo = replace(usual, term=replace(usual.term, no_penalty=True))
    for process in (usual, woo):
        assert told(late, notice, process=process) == ""
        assert "te vroeg" in told(replace(late, lodged_on=date(2026, 9, 21)), notice, process=process)
    assert "te vroeg" in told(late)
    assert "te vroeg" in told(late, Entry(kind=Kind.DEFAULTED, at=at(date(2026, 3, 9))))


def test_there_is_an_appeal_in_every_case_but_one_that_was_taken_back_in_time() -> None:
    case = cases.open_case(new_id(), submission=submission())
    assert is_appealable(case)
    back = cases.withdraw(case, at=at(SENT))
    assert not is_appealable(back)
    notice = Entry(kind=Kind.DEFAULTED, at=at(date(2026, 9, 7)))
    assert is_appealable(replace(back, ledger=(case.ledger[0], notice, back.ledger[-1])))


def test_days_stand_in_their_order_none_is_to_come_and_a_ruling_has_its_day() -> None:
    assert faults_of(replace(APPEAL, grounds_on=date(2026, 8, 3), papers_on=TODAY), today=TODAY) == ()
    wrong = replace(APPEAL, number=" ", grounds_on=date(2026, 7, 19), papers_on=date(2026, 11, 25), outcome="founded")
    assert [fault.name for fault in faults_of(wrong, today=TODAY)] == ["number", "grounds_on", "papers_on", "ruled_on"]
