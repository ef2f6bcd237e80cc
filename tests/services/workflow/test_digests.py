"""The morning mail: once on a working day, in numbers, and only when there is something to tell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.workflow.actions import answering, deciding, handling
from services.workflow.digests import send_digests
from services.workflow.domain.decision import Draft
from services.workflow.domain.question import Question
from services.workflow.domain.timers import morning_of
from services.workflow.lists import Wanted, count_cases
from services.workflow.people import find_colleagues
from services.workflow.timekeeping import go_off
from shared.database import connect
from tests.services.workflow.conftest import Town
from tests.services.workflow.fakes import FakeLetters
from tests.services.workflow.town import ELS, NOW, SAMIR, given, notice, submission

STAFF = "http://workflow.example"
LAST_DAY = date(2027, 1, 19)
"""The last day to decide on what came in on 24 November."""


def seven(day: date) -> datetime:
    """Seven in the morning in winter."""
    return datetime(day.year, day.month, day.day, 6, 0, tzinfo=UTC)


def send(town: Town, *, now: datetime) -> dict[str, dict[str, int]]:
    """Who is told what, by address."""
    with connect(town.url, autocommit=True) as connection:
        sent = send_digests(connection, now=now, staff_url=STAFF)
    told = town.rows("select payload from bus.event where name = 'MorningCounted' and at = %s", [now])
    assert sent == len(told)
    return {
        row["payload"]["email"].partition("@")[0]: {line["kind"]: line["count"] for line in row["payload"]["lines"]}
        for row in told
    }


def test_each_hears_of_their_own_and_the_lead_of_what_nobody_has(town: Town) -> None:
    town.claimed(SAMIR)
    town.receive(submission("Z-2026-AAAA-0001"))
    assert send(town, now=seven(LAST_DAY)) == {"samir": {"today": 1}, "els": {"free": 1}}
    assert send(town, now=seven(LAST_DAY) + timedelta(hours=1)) == {}
    assert send(town, now=seven(LAST_DAY + timedelta(days=1))) == {"samir": {"late": 1}, "els": {"free": 1}}


def test_what_escalated_is_told_to_whom_it_escalated_and_once(town: Town) -> None:
    town.claimed(SAMIR)
    day = date(2027, 1, 12)
    with connect(town.url, autocommit=True) as connection:
        go_off(connection, now=morning_of(day))
    assert send(town, now=seven(day)) == {"samir": {"escalated": 1}, "els": {"escalated": 1}}
    assert send(town, now=seven(day + timedelta(days=1))) == {}


def test_while_a_decision_does_not_leave_its_handler_and_then_the_lead_hear_that_its_48_hours_run_out(
    town: Town,
) -> None:
    reference = town.claimed(SAMIR)
    granted = Draft(result="granted", blocks=("no-harm",))
    with town.desk() as desk:
        deciding.decide(reference, draft=granted, person=SAMIR, now=NOW, desk=desk, letters=FakeLetters())
    told = {}
    with connect(town.url, autocommit=True) as connection:
        for hours in (23, 25, 47, 49):
            told[hours] = go_off(connection, now=NOW + timedelta(hours=hours))
    assert told == {23: 0, 25: 1, 47: 0, 49: 1}
    page = town.client(SAMIR).get(f"/zaken/{reference}/tijdlijn").text
    assert "Het besluit is nog niet verstuurd. Dat moet binnen 24 uur (Awb 2:10)." in page
    assert "Het besluit is nog niet verstuurd. De 48 uur daarvoor zijn voorbij (Awb 2:10)." in page
    thursday = seven(date(2026, 11, 26)) + timedelta(hours=6)
    assert send(town, now=thursday) == {"samir": {"escalated": 1}, "els": {"escalated": 1}}
    town.hear(notice("decision", at=NOW + timedelta(hours=50)))
    with connect(town.url, autocommit=True) as connection:
        warned = Wanted(view="escalated", since="2026-11-25")
        assert count_cases(connection, person=SAMIR, wanted=warned, today=date(2026, 11, 27)) == 0


def test_what_no_longer_waits_for_the_applicant_is_told_until_somebody_goes_on(town: Town) -> None:
    reference = town.claimed(SAMIR)
    question = Question(text="Hoe breed is de stoep?", answer_by=date(2026, 12, 8))
    with town.desk() as desk:
        handling.ask_applicant(reference, question=question, person=SAMIR, now=NOW, desk=desk)
    request_id: Any = town.rows("select id from workflow.requests")[0]["id"]
    assert send(town, now=seven(date(2026, 11, 25))) == {}
    with town.desk() as desk:
        answering.receive_answer(given(request_id, at=NOW), now=NOW, desk=desk)
    assert send(town, now=seven(date(2026, 11, 26))) == {"samir": {"answered": 1}}
    with town.desk() as desk:
        handling.release(reference, person=SAMIR, now=NOW, desk=desk)
        handling.claim(reference, person=SAMIR, now=NOW, desk=desk)
    assert send(town, now=seven(date(2026, 11, 27))) == {}


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(datetime(2027, 1, 18, 5, 59, tzinfo=UTC), id="before seven"),
        pytest.param(seven(date(2027, 1, 23)), id="a saturday"),
        pytest.param(seven(date(2026, 12, 25)), id="christmas"),
        pytest.param(datetime(2027, 5, 7, 8, tzinfo=UTC), id="a decreed day"),
    ],
)
def test_nothing_goes_before_seven_or_on_a_free_day(town: Town, moment: datetime) -> None:
    town.claimed(SAMIR)
    town.receive(submission("Z-2026-AAAA-0001"))
    assert send(town, now=moment) == {}
    assert town.rows("select day from workflow.digests") == []


def test_the_links_lead_to_the_lists_that_were_counted_and_name_nobody(town: Town) -> None:
    town.claimed(SAMIR)
    send(town, now=seven(LAST_DAY))
    (row,) = town.rows("select payload from bus.event where name = 'MorningCounted'")
    (line,) = row["payload"]["lines"]
    assert line["link"] == f"{STAFF}/?lijst=mine&termijn=today"
    assert "Noor" not in str(row["payload"])
    assert "Z-2026" not in str(row["payload"])
    page = town.client(SAMIR).get(line["link"].removeprefix(STAFF))
    assert page.status_code == 200


def test_handlers_hear_nothing_of_cases_that_nobody_has(town: Town) -> None:
    town.receive()
    told = send(town, now=seven(LAST_DAY))
    assert set(told) == {"els"}
    with town.connection() as connection:
        assert {person.subject for person in find_colleagues(connection)} == {"samir", "mila", ELS.subject}
