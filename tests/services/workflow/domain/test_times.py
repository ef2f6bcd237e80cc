"""Where the days of a case went: one line without gaps, on whom it waited, and when it was done."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from services.workflow.domain.clock import read_clock, terms_of
from services.workflow.domain.ledger import Entry, Kind
from services.workflow.domain.times import Heard, Step, Times, read_times
from shared.law.calendar import ONE_DAY
from shared.law.terms import Ground
from tests.services.workflow.town import objecten

TERMS = terms_of(objecten().process)
FIRST = date(2026, 6, 1)


def day(number: int) -> date:
    return FIRST + (number - 1) * ONE_DAY


def entry(kind: Kind, number: int, *, request: int = 0, ground: Ground | None = None) -> Entry:
    at = datetime(2026, 6, 1, 10, tzinfo=UTC) + timedelta(days=number - 1)
    tied = UUID(int=request) if request else None
    until = day(number + 14) if kind is Kind.ASKED else None
    first = day(number) if ground else None
    return Entry(kind=kind, at=at, request_id=tied, answer_by=until, ground=ground, first=first)


def times(*lines: Entry, heard: Heard | None = None, today: int = 100) -> Times:
    ledger = (entry(Kind.RECEIVED, 1), *lines)
    clock = read_clock(ledger, terms=TERMS, today=day(today))
    return read_times(ledger, heard=heard or Heard(), clock=clock)


def days_by_step(found: Times) -> dict[str, int]:
    counted: dict[str, int] = {}
    for span in found.spans:
        counted[span.step.value] = counted.get(span.step.value, 0) + span.days
    return counted


def test_each_day_counts_for_the_one_who_was_waited_for() -> None:
    found = times(
        entry(Kind.ASKED, 6, request=1),
        entry(Kind.ANSWERED, 10, request=1),
        entry(Kind.DECIDED, 21),
        entry(Kind.SENT, 22),
        heard=Heard(held=[(day(4), True)], advice=[(day(8), day(15))], offered_on=day(19)),
    )
    # in the queue until day 4, held until 6, asked until 10 (the adviser asked meanwhile waits his turn), advice until
    # 15, held until 19, ready to sign until 21, sent on 22
    assert days_by_step(found) == {
        "queue": 3, "handler": 2 + 4, "applicant": 4, "adviser": 5, "signatory": 2, "sending": 1,
    }  # fmt: skip
    assert (found.gross, found.net, found.asked, found.on_time) == (21, 17, 1, True)
    assert (found.received_on, found.ended_on, found.outcome, found.step) == (day(1), day(22), "sent", None)


def test_an_open_case_waits_on_somebody_today_and_has_no_throughput_time_yet() -> None:
    asked = times(entry(Kind.ASKED, 6, request=1), heard=Heard(held=[(day(4), True)]), today=8)
    assert asked.step is Step.APPLICANT
    assert (asked.gross, asked.net, asked.on_time, asked.ended_on) == (None, None, None, None)
    laid_back = times(heard=Heard(held=[(day(2), True), (day(5), False)]))
    assert [(span.step, span.days) for span in laid_back.spans] == [(Step.QUEUE, 1), (Step.HANDLER, 3), (Step.QUEUE, 0)]
    assert laid_back.step is Step.QUEUE


def test_what_was_decided_within_a_day_passed_its_steps_without_days() -> None:
    found = times(entry(Kind.DECIDED, 1), entry(Kind.SENT, 1), heard=Heard(held=[(day(1), True)]))
    assert (found.gross, found.net) == (0, 0)
    assert days_by_step(found) == {"queue": 0, "handler": 0, "sending": 0}


def test_a_case_that_was_taken_back_has_an_end_and_no_throughput_time() -> None:
    found = times(entry(Kind.WITHDRAWN, 9))
    assert (found.outcome, found.ended_on, found.gross, found.on_time) == ("withdrawn", day(9), None, None)


def test_a_suspension_waits_on_whom_its_ground_names() -> None:
    abroad = times(
        entry(Kind.SUSPENDED, 3, request=7, ground=Ground.abroad),
        entry(Kind.RESUMED, 13, request=7),
        entry(Kind.DECIDED, 20),
        entry(Kind.SENT, 20),
    )
    assert days_by_step(abroad) == {"queue": 2 + 7, "adviser": 10, "sending": 0}
    assert abroad.net == abroad.gross == 19


def test_a_question_that_is_open_again_is_still_waited_for() -> None:
    asked = (entry(Kind.ASKED, 2, request=1), entry(Kind.LAPSED, 10, request=1))
    moved = entry(Kind.OTHER_WAY, 12, request=1)
    assert times(*asked, today=20).spans[-1].step is not Step.APPLICANT
    assert times(*asked, moved, today=20).spans[-1].step is Step.APPLICANT
    assert times(*asked, moved, entry(Kind.ANSWERED, 14, request=1), today=20).spans[-1].step is not Step.APPLICANT


def test_late_is_what_was_sent_after_the_last_day() -> None:
    # eight weeks after 1 June is 27 July
    assert times(entry(Kind.DECIDED, 57), entry(Kind.SENT, 57)).on_time is True
    assert times(entry(Kind.DECIDED, 57), entry(Kind.SENT, 58)).on_time is False


def test_of_a_decision_that_was_sent_again_the_last_sending_counts() -> None:
    found = times(entry(Kind.DECIDED, 50), entry(Kind.SENT, 50), entry(Kind.SENT, 60))
    assert (found.gross, found.on_time, found.ended_on) == (59, False, day(60))


def test_the_days_of_all_steps_are_together_the_days_of_the_case() -> None:
    chance = Random(7)
    for _ in range(300):
        end = chance.randrange(1, 60)
        asked = sorted(chance.randrange(1, end + 1) for _ in range(2))
        heard = Heard(
            held=[(day(number), chance.random() < 0.7) for number in sorted(chance.choices(range(1, end + 1), k=3))],
            advice=[(day(chance.randrange(1, end + 1)), day(end + 5)), (day(end), None)],
        )
        found = times(
            entry(Kind.ASKED, asked[0], request=1),
            entry(Kind.ANSWERED, asked[1], request=1),
            entry(Kind.DECIDED, end),
            entry(Kind.SENT, end),
            heard=heard,
        )
        assert found.gross == end - 1 == sum(days_by_step(found).values())
        assert all(span.days >= 0 for span in found.spans)
        walked = [span for span in found.spans if span.days]
        assert all(one.beyond == two.first for one, two in itertools.pairwise(walked))
