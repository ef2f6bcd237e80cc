"""Being away: a colleague who may do the same stands in, from the first day to the last, without anybody's doing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.workflow.absences import list_absences, say_away
from services.workflow.actions import handling, hearing
from services.workflow.domain import case as cases
from services.workflow.domain.absence import LONGEST, Absence, can_stand_in, plan_absence
from services.workflow.domain.case import AwayError, Case, FourEyesError, NotYourCaseError
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.question import Question
from services.workflow.lists import Wanted, count_cases
from shared.access import Person
from shared.clock import utc_now
from shared.law.calendar import local_date
from tests.services.workflow.conftest import Town
from tests.services.workflow.fakes import FakeDesk
from tests.services.workflow.test_digests import LAST_DAY, send, seven
from tests.services.workflow.town import ELS, MILA, NOW, REFERENCE, SAMIR, TODAY, somebody, submission

DAY = timedelta(days=1)
QUESTION = Question(text="Hoe breed is de stoep?", answer_by=date(2026, 12, 8))


def plan(
    *, first: date = TODAY, last: date = TODAY + 4 * DAY, substitute: Person | None = MILA, known: int = 0
) -> Absence:
    others = [Absence(subject="mila", substitute="els", first=TODAY, last=TODAY)] if known else []
    return plan_absence(SAMIR, substitute=substitute, days=(first, last), today=TODAY, known=others)


def away(town: Town, *, first: date, last: date) -> None:
    absence = Absence(subject="samir", substitute="mila", first=first, last=last)
    with town.connection() as connection:
        say_away(connection, absence=absence, person=SAMIR, now=NOW)


def ask(town: Town, person: Person, *, days: int) -> None:
    town.now = NOW + timedelta(days=days)
    with town.desk() as desk:
        handling.ask_applicant(REFERENCE, question=QUESTION, person=person, now=town.now, desk=desk)


def held_by_samir() -> Case:
    office = FakeDesk()
    hearing.open_case(submission(), now=NOW, desk=office.desk)
    handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=office.desk)
    return replace(office.cases.cases[REFERENCE], substitute="mila")


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"last": TODAY - DAY}, id="over already"),
        pytest.param({"first": TODAY + 5 * DAY}, id="the last day before the first"),
        pytest.param({"last": TODAY + LONGEST + DAY}, id="for years"),
        pytest.param({"substitute": None}, id="nobody stands in"),
        pytest.param({"substitute": SAMIR}, id="oneself"),
        pytest.param({"substitute": somebody("care", "Care", "handler", "team:care")}, id="of another team"),
        pytest.param({"known": 1}, id="the substitute is away"),
    ],
)
def test_an_absence_is_refused(wrong: dict[str, object]) -> None:
    assert plan().substitute == "mila"
    with pytest.raises(FaultyInputError):
        plan(**wrong)  # type: ignore[arg-type]


def test_who_stands_in_may_do_all_that_the_other_may() -> None:
    permits = somebody("p", "P", "handler", "team:permits")
    both = somebody("b", "B", "handler", "team:permits", "team:care")
    assert can_stand_in(both, away=permits)
    assert not can_stand_in(permits, away=both)
    assert not can_stand_in(somebody("m", "M", "manager", "team:*"), away=permits)


def test_the_substitute_handles_the_case_and_keeps_to_four_eyes() -> None:
    case = held_by_samir()
    cases.check_at_work(case, by="mila")
    cases.check_at_work(case, by="samir")
    with pytest.raises(NotYourCaseError):
        cases.check_at_work(case, by="els")
    with pytest.raises(FourEyesError):
        cases.decide(case, by="mila", at=NOW, prepared_by=frozenset({"mila"}))
    assert cases.decide(case, by="mila", at=NOW, prepared_by=frozenset({"samir"})).status == "decided"


def test_who_is_away_gets_no_new_cases() -> None:
    office = FakeDesk()
    hearing.open_case(submission(), now=NOW, desk=office.desk)
    office.cases.away = {"samir"}
    with pytest.raises(AwayError):
        handling.take_next(person=SAMIR, now=NOW, desk=office.desk)
    with pytest.raises(AwayError):
        handling.assign(REFERENCE, to=SAMIR, person=ELS, now=NOW, desk=office.desk)
    assert handling.take_next(person=MILA, now=NOW, desk=office.desk) == REFERENCE


def test_it_begins_and_ends_by_itself(town: Town) -> None:
    town.claimed(SAMIR)
    away(town, first=TODAY + DAY, last=TODAY + 2 * DAY)
    for days in (0, 3):
        with pytest.raises(NotYourCaseError):
            ask(town, MILA, days=days)
    for days, mine in ((0, 0), (1, 1), (2, 1), (3, 0)):
        with town.connection() as connection:
            today = TODAY + days * DAY
            assert count_cases(connection, person=MILA, wanted=Wanted(view="mine"), today=today) == mine
    ask(town, MILA, days=2)
    (line,) = town.rows("select who from workflow.timeline where kind = 'asked'")
    assert line == {"who": "mila"}


def test_the_morning_mail_goes_to_the_substitute(town: Town) -> None:
    town.claimed(SAMIR)
    away(town, first=LAST_DAY, last=LAST_DAY)
    assert send(town, now=seven(LAST_DAY)) == {"mila": {"today": 1}}
    assert send(town, now=seven(LAST_DAY + DAY)) == {"samir": {"late": 1}}


def test_an_absence_is_said_shown_recorded_and_taken_back(town: Town) -> None:
    town.claimed(SAMIR)
    samir, today = town.client(SAMIR), local_date(utc_now())
    last = today + 3 * DAY
    days = {
        f"{end}.{part}": str(getattr(day, part))
        for end, day in (("first", today), ("last", last))
        for part in ("day", "month", "year")
    }
    assert samir.post("/afwezig", data={**days, "substitute": "samir"}).status_code == 422
    page = samir.post("/afwezig", data={**days, "substitute": "mila"}, follow_redirects=True).text
    assert "De afwezigheid staat genoteerd." in page
    assert "Mila Janssen" in town.client(MILA).get("/afwezig").text
    assert samir.post("/volgende").status_code == 409
    assert "Vraag de aanvrager iets" in town.client(MILA).get(f"/zaken/{REFERENCE}").text
    (end,) = re.findall(r'action="(/afwezig/[^"]+/terug)"', page)
    assert town.client(MILA).post(end).status_code == 404
    assert town.client(ELS).post(end).status_code == 303
    with town.connection() as connection:
        assert list_absences(connection, today=today) == []
    acts = town.rows("select who, act from workflow.audit where act like 'absence.%%' order by number")
    assert acts == [{"who": "samir", "act": "absence.say"}, {"who": "els", "act": "absence.end"}]
