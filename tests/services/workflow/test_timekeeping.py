"""Timers at work on a real database: each goes off once, in time, whatever dies or jumps meanwhile."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.workflow.actions import answering, deciding, handling
from services.workflow.actions.terming import take_act
from services.workflow.domain.acts import Act, ActKind
from services.workflow.domain.decision import Draft
from services.workflow.domain.question import Question
from services.workflow.domain.timers import RULES, edition_of, morning_of
from services.workflow.lateness import PART, edition, how_late
from services.workflow.timekeeping import Steadiness, arm_cases, go_off
from shared.bus.heartbeat import beat
from shared.catalogue.versions import remember
from shared.database import connect
from shared.ids import new_id
from shared.law.terms import Policy
from shared.term_events import PermitGivenUp
from tests.services.workflow.conftest import Town
from tests.services.workflow.fakes import FakeLetters
from tests.services.workflow.town import NOW, REFERENCE, SAMIR, given, notice, submission, whole_catalogue

ANSWER_BY = date(2026, 12, 8)
SOON = morning_of(date(2027, 1, 12))
"""When the handler is warned: five working days before 19 January."""


def look(town: Town, *, now: datetime) -> int:
    with connect(town.url, autocommit=True) as connection:
        return go_off(connection, now=now)


def ask(town: Town) -> Any:
    question = Question(text="Hoe breed is de stoep?", answer_by=ANSWER_BY)
    with town.desk() as desk:
        handling.ask_applicant(REFERENCE, question=question, person=SAMIR, now=NOW, desk=desk)
    return town.rows("select id from workflow.requests")[0]["id"]


def escalated(town: Town) -> list[dict[str, Any]]:
    return [
        row["details"]
        for row in town.rows("select details from workflow.timeline where kind = 'escalated' order by id")
    ]


def told(town: Town) -> list[str]:
    return [row["name"] for row in town.rows("select name from bus.event order by at, id")]


def test_each_step_of_the_ladder_stands_once_on_the_timeline_when_its_morning_comes(town: Town) -> None:
    town.claimed(SAMIR)
    assert look(town, now=NOW) == 0
    assert look(town, now=SOON) == 3
    assert look(town, now=SOON) == 0
    assert escalated(town) == [
        {"of": "norm", "days": -2, "tell": "handler"},
        {"of": "norm", "days": 1, "tell": "lead"},
        {"of": "decision", "days": -5, "tell": "handler"},
    ]


def test_many_who_look_at_once_let_a_timer_go_off_once(town: Town) -> None:
    for number in range(30):
        town.receive(submission(f"Z-2026-AAAA-{number:04}"))
    with ThreadPoolExecutor(4) as pool:
        gone = list(pool.map(lambda _: look(town, now=SOON), range(8)))
    gone.append(look(town, now=SOON))  # what somebody had in hand while the others passed by
    assert sum(gone) == 90
    assert len(escalated(town)) == 90


def test_a_case_in_somebodys_hands_waits_for_the_next_look(town: Town) -> None:
    town.claimed(SAMIR)
    with town.desk() as desk:
        desk.cases.lock(REFERENCE)
        assert look(town, now=SOON) == 0
    assert look(town, now=SOON) == 3


def test_halfway_the_applicant_is_reminded_and_after_the_last_day_the_wait_ends(town: Town) -> None:
    town.claimed(SAMIR)
    ask(town)
    assert look(town, now=morning_of(date(2026, 12, 1))) == 1
    assert told(town)[-1] == "AnswerAwaited"
    assert look(town, now=morning_of(ANSWER_BY)) == 0
    assert look(town, now=morning_of(date(2026, 12, 9))) == 1
    assert told(town)[-1] == "DeadlineChanged"
    assert town.rows("select status, deadline from workflow.cases") == [
        {"status": "in_progress", "deadline": date(2027, 2, 2)}
    ]
    assert look(town, now=morning_of(date(2026, 12, 9))) == 0


def test_an_answer_takes_the_timers_of_its_question_away_and_sets_those_of_the_new_dates(town: Town) -> None:
    town.claimed(SAMIR)
    request_id = ask(town)
    assert {row["what"] for row in town.rows("select what from workflow.timers")} == {"remind", "lapse"}
    later = NOW + timedelta(days=7)
    with town.desk() as desk:
        answering.receive_answer(given(request_id, at=later), now=later, desk=desk)
    assert {row["what"] for row in town.rows("select what from workflow.timers")} == {"escalate"}
    due = town.rows("select due from workflow.timers where key = 'decision:-5:handler'")
    assert due == [{"due": morning_of(date(2027, 1, 18))}]


def test_who_answered_another_way_before_the_time_was_over_gets_time_again_and_that_ends_as_well(town: Town) -> None:
    town.claimed(SAMIR)
    request_id = ask(town)
    over, late = morning_of(date(2026, 12, 9)), morning_of(date(2026, 12, 10))
    look(town, now=over)
    status = (
        "select status, lapsed_at is null as asked from workflow.cases c join workflow.requests r on case_id = c.id"
    )
    assert town.rows(status) == [{"status": "in_progress", "asked": False}]
    act = Act(id=new_id(), kind=ActKind.OTHER_WAY, because="U mailde ons.", target=request_id, day=ANSWER_BY)
    town.now = late
    with town.desk() as desk:
        lines = len(desk.cases.lock(REFERENCE).ledger)
        take_act(REFERENCE, act=act, lines=lines, person=SAMIR, now=late, desk=desk)
    assert town.rows(status) == [{"status": "awaiting_supplement", "asked": True}]
    assert look(town, now=late) == 0
    assert look(town, now=morning_of(date(2026, 12, 11))) == 1
    assert town.rows(status) == [{"status": "in_progress", "asked": False}]


def test_a_step_that_told_tells_again_only_when_its_date_moved_to_a_day_to_come(town: Town) -> None:
    town.claimed(SAMIR)
    look(town, now=SOON)
    town.now = SOON
    with town.desk() as desk:
        handling.release(REFERENCE, person=SAMIR, now=SOON, desk=desk)
        handling.claim(REFERENCE, person=SAMIR, now=SOON, desk=desk)
    assert look(town, now=SOON) == 0
    question = Question(text="Hoe breed is de stoep?", answer_by=date(2027, 1, 22))
    with town.desk() as desk:
        handling.ask_applicant(REFERENCE, question=question, person=SAMIR, now=SOON, desk=desk)
    request_id = town.rows("select id from workflow.requests")[0]["id"]
    answered = SOON + timedelta(days=8)
    with town.desk() as desk:
        answering.receive_answer(given(request_id, at=answered), now=answered, desk=desk)
    waiting = town.rows("select key from workflow.timers where state = 'waiting' order by due, key")
    assert [row["key"] for row in waiting] == ["decision:-2:lead", "decision:1:manager"]


def test_one_timer_that_fails_keeps_no_other_and_is_tried_again(town: Town) -> None:
    town.claimed(SAMIR)
    request_id = ask(town)
    town.receive(submission("Z-2026-AAAA-0001"))
    with town.connection() as connection:
        connection.execute(
            "update workflow.cases set version = 'gone', submission = "
            "jsonb_set(submission, '{version}', '\"gone\"') where reference = %s",
            [REFERENCE],
        )
    lapse = morning_of(date(2026, 12, 16))
    assert (
        look(town, now=lapse) == 3
    )  # the reminder passed by, two steps of the other case; the lapse needs the product
    waiting = town.rows("select what, failures from workflow.timers where state = 'waiting' and failures > 0")
    assert waiting == [{"what": "lapse", "failures": 1}]
    with town.connection() as connection:
        connection.execute(
            "update workflow.cases set submission = other.submission from workflow.cases other "
            "where other.reference = 'Z-2026-AAAA-0001' and cases.reference = %s",
            [REFERENCE],
        )
    assert look(town, now=lapse) == 0
    assert look(town, now=lapse + timedelta(seconds=2)) == 1
    assert town.rows("select lapsed_at is not null as over from workflow.requests where id = %s", [request_id])


def test_open_cases_of_before_a_release_get_their_timers(town: Town) -> None:
    town.claimed(SAMIR)
    with town.connection() as connection:
        connection.execute("delete from workflow.timers")
        connection.execute("update workflow.cases set armed = 0")
        assert how_late(connection).without == 1
    with connect(town.url, autocommit=True) as connection:
        assert arm_cases(connection, now=NOW) == 1
        assert arm_cases(connection, now=NOW) == 0
    assert len(town.rows("select key from workflow.timers")) == 5
    assert town.rows("select armed from workflow.cases") == [{"armed": edition()}]


def test_open_cases_are_armed_anew_when_the_law_is_read_another_way(town: Town) -> None:
    town.claimed(SAMIR)
    other = {edition_of(Policy()), edition_of(Policy(announcement_day_counts=True)), RULES}
    assert len(other) == 3
    for edition_then in other - {edition()}:
        with connect(town.url, autocommit=True) as connection:
            connection.execute("update workflow.cases set armed = %s", [edition_then])
            assert how_late(connection).without == 1
            assert arm_cases(connection, now=NOW) == 1
    assert town.rows("select armed from workflow.cases") == [{"armed": edition()}]


def test_health_tells_what_should_have_gone_off_more_than_a_minute_ago(town: Town) -> None:
    town.claimed(SAMIR)
    with town.connection() as connection:
        beat(connection, part=PART)
    client = town.client()
    answer = client.get("/health")
    assert answer.json["parts"]["timers"] == {"well": True, "overdue": 0, "oldest": None, "without": 0}
    long_ago = datetime(2026, 1, 5, 5, tzinfo=UTC)
    with town.connection() as connection:
        connection.execute("update workflow.timers set due = %s where key = 'norm:1:lead'", [long_ago])
    answer = client.get("/health")
    assert (answer.status_code, answer.json["healthy"]) == (200, False)
    late = answer.json["parts"]["timers"]
    assert (late["well"], late["overdue"]) == (False, 1)
    assert datetime.fromisoformat(late["oldest"]) == long_ago


def test_health_tells_when_nobody_looks_at_the_timers(town: Town) -> None:
    assert town.client().get("/health").json["parts"]["timers"]["well"] is False


@pytest.mark.parametrize("jump", [timedelta(days=3), -timedelta(days=3)])
def test_after_a_jump_of_the_clock_nothing_happens_until_it_was_steady_for_a_minute(jump: timedelta) -> None:
    steadiness = Steadiness()
    assert steadiness.trusts(NOW, monotonic=100.0)
    assert steadiness.trusts(NOW + timedelta(seconds=5), monotonic=105.0)
    wrong = NOW + jump
    assert not steadiness.trusts(wrong, monotonic=110.0)
    assert not steadiness.trusts(NOW + timedelta(seconds=15), monotonic=115.0)  # set right again: a jump as well
    assert not steadiness.trusts(NOW + timedelta(seconds=70), monotonic=170.0)
    assert steadiness.trusts(NOW + timedelta(seconds=76), monotonic=176.0)


def test_a_clock_that_was_fast_and_is_set_back_tells_nothing_twice(town: Town) -> None:
    town.claimed(SAMIR)
    assert look(town, now=SOON) == 3
    assert look(town, now=NOW) == 0
    assert look(town, now=SOON + timedelta(hours=1)) == 0
    assert len(escalated(town)) == 3


DYING = """
import os, signal, sys
from datetime import datetime
import psycopg
from services.workflow import timekeeping
from shared.database import connect

class Dying(psycopg.Cursor):
    left = int(sys.argv[3])

    def execute(self, *args, **kwargs):
        Dying.left -= 1
        if not Dying.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(*args, **kwargs)

timekeeping.AT_ONCE = 4
with connect(sys.argv[1], autocommit=True) as connection:
    connection.cursor_factory = Dying
    timekeeping.go_off(connection, now=datetime.fromisoformat(sys.argv[2]))
"""
"""Looks at the timers, four at a time, and kills itself at a statement of which the number is given."""


@pytest.mark.parametrize("statement", [3, 4, 6])
def test_kill_9_in_the_middle_loses_nothing_and_does_nothing_twice(town: Town, statement: int) -> None:
    for number in range(40):
        town.receive(submission(f"Z-2026-AAAA-{number:04}"))
    for _ in range(3):
        argv = [sys.executable, "-c", DYING, town.url, SOON.isoformat(), str(statement)]
        assert subprocess.run(argv, check=False).returncode == -signal.SIGKILL
    look(town, now=SOON)
    assert len(escalated(town)) == 120
    assert town.rows("select count(*) as n from workflow.timers where state = 'fired'") == [{"n": 120}]


def pitch(town: Town) -> None:
    """Have Samir grant a pitch for a season, and its letter go."""
    product = whole_catalogue().product("standplaats")
    answers = {"purpose": "season", "starts": "2027-04-01", "ends": "2027-09-30"}
    with town.connection() as connection:
        remember(connection, product)
    said = replace(submission(), product=product.id, version=product.version, answers=answers, title=product.title)
    town.hear(said)
    granted = Draft(result="granted", own_reason="De plek is vrij.")
    with town.desk() as desk:
        handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=desk)
        deciding.decide(REFERENCE, draft=granted, person=SAMIR, now=NOW, desk=desk, letters=FakeLetters())
    town.hear(notice("decision", at=NOW))


def test_the_holder_of_a_permit_is_told_once_that_it_ends_so_long_before_as_the_product_says(town: Town) -> None:
    pitch(town)
    assert town.rows("select what, key, due from workflow.timers where state = 'waiting'") == [
        {"what": "renew", "key": "2027-09-30", "due": morning_of(date(2027, 8, 1))}
    ]
    assert look(town, now=morning_of(date(2027, 7, 31))) == 0
    assert look(town, now=morning_of(date(2027, 8, 1))) == 1
    assert told(town)[-1] == "PermitExpires"
    assert look(town, now=morning_of(date(2027, 8, 2))) == 0


def test_who_needs_a_permit_no_more_is_not_reminded_of_its_end(town: Town) -> None:
    pitch(town)
    assert len(town.rows("select from workflow.timers where state = 'waiting'")) == 1
    town.hear(PermitGivenUp(reference=REFERENCE, at=NOW, because="Ik stop ermee."))
    town.hear(PermitGivenUp(reference=REFERENCE, at=NOW, because="Ik stop ermee."))
    assert town.rows("select from workflow.timers where state = 'waiting'") == []
    page = town.client(SAMIR).get(f"/zaken/{REFERENCE}").text
    assert "De houder meldde op" in page
    assert len(town.rows("select from workflow.timeline where kind = 'given_up'")) == 1
