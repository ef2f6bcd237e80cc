"""Handing a case over with each colleague's load in sight and the reason kept; following a case of another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.workflow.actions import handling
from services.workflow.digests import count_morning
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.handing import LONGEST_REASON, hand
from services.workflow.loads import loads_of
from shared.access import Person
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import BRAM, ELS, MILA, NOW, REFERENCE, RUUD, SAMIR, TODAY

CASE = f"/zaken/{REFERENCE}"


def holder(town: Town) -> str | None:
    (row,) = town.rows("select handler from workflow.cases where reference = %s", [REFERENCE])
    return row["handler"]  # type: ignore[no-any-return]


def news(town: Town, person: Person) -> int:
    with town.connection() as connection:
        since = TODAY - timedelta(days=1)
        lines = count_morning(connection, person=person, since=since, today=TODAY, staff_url="http://x")
    return sum(line.count for line in lines if line.kind == "stirred")


def test_a_case_is_handed_over_with_a_reason_that_stands_on_the_timeline(town: Town) -> None:
    town.claimed(SAMIR)
    samir = town.client(SAMIR)
    page = samir.get(f"{CASE}/overdragen").text
    assert "Mila Janssen" in page
    assert "Els van Dijk" in page
    assert RUUD.name not in page
    samir.post(f"{CASE}/overdragen", data={"to": "mila", "because": "Ik ben bijna met verlof."})
    assert holder(town) == "mila"
    told = samir.get(f"{CASE}/tijdlijn").text
    assert "Toegewezen aan Mila Janssen" in told
    assert "Ik ben bijna met verlof." in told
    (act,) = town.rows("select who, reference from workflow.audit where act = 'handing.hand_over'")
    assert act == {"who": "samir", "reference": REFERENCE}


def test_without_a_reason_or_a_colleague_nothing_changes_and_what_was_typed_stays(town: Town) -> None:
    town.claimed(SAMIR)
    answer = town.client(SAMIR).post(f"{CASE}/overdragen", data={"to": RUUD.subject, "because": "Vol."})
    assert answer.status_code == 422
    assert "Kies een collega." in answer.text
    assert "Vol.</textarea>" in answer.text
    answer = town.client(SAMIR).post(f"{CASE}/overdragen", data={"to": "mila", "because": " "})
    assert answer.status_code == 422
    assert 'value="mila" checked' in answer.text
    assert holder(town) == "samir"


def test_only_who_holds_a_case_or_assigns_cases_gives_it_away(town: Town) -> None:
    town.claimed(SAMIR)
    given = {"to": "mila", "because": "Zij kent de buurt."}
    assert town.client(MILA).post(f"{CASE}/overdragen", data=given).status_code == 409
    assert holder(town) == "samir"
    assert town.client(ELS).post(f"{CASE}/overdragen", data=given).status_code == 303
    assert holder(town) == "mila"


def test_nobody_gets_a_case_that_he_may_not_handle(town: Town) -> None:
    town.claimed(SAMIR)
    with town.desk() as desk, pytest.raises(handling.MayNotHandleError):
        handling.hand_over(REFERENCE, to=BRAM, because="Vol.", person=SAMIR, now=NOW, desk=desk)


def test_a_reason_has_an_end() -> None:
    assert hand(MILA, because=f"  {'a' * LONGEST_REASON} ").because == "a" * LONGEST_REASON
    with pytest.raises(FaultyInputError):
        hand(MILA, because="a" * (LONGEST_REASON + 1))


def test_the_load_is_what_is_open_late_and_due_this_week(town: Town) -> None:
    for number, deadline in enumerate((-1, 0, 400)):
        reference = town.claimed(SAMIR, f"Z-2026-LOAD-000{number}")
        town.rows(
            "update workflow.cases set deadline = %s where reference = %s returning id",
            [TODAY + timedelta(days=deadline), reference],
        )
    with town.connection() as connection:
        samir, mila = loads_of(connection, people=[SAMIR, MILA], today=TODAY)
    assert (samir.open, samir.late, samir.week) == (3, 1, 1)
    assert (mila.open, mila.late, mila.week) == (0, 0, 0)


def test_who_follows_a_case_finds_it_in_a_list_and_hears_in_the_morning_what_others_did(town: Town) -> None:
    town.receive()
    mila = town.client(MILA)
    assert "U volgt deze zaak." in mila.post(f"{CASE}/volgen", follow_redirects=True).text
    assert REFERENCE in mila.get("/?lijst=followed").text
    town.rows("update workflow.watches set since = %s returning case_id", [NOW - timedelta(hours=1)])
    with town.desk() as desk:
        handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=desk)
    assert (news(town, MILA), news(town, SAMIR)) == (1, 0)
    mila.post(f"{CASE}/niet-volgen")
    assert news(town, MILA) == 0
    assert "Geen zaken in deze lijst." in mila.get("/?lijst=followed").text
    acts = [row["act"] for row in town.rows("select act from workflow.audit order by number")]
    assert acts == ["follow", "unfollow"]


def test_ones_own_acts_are_no_news(town: Town) -> None:
    town.receive()
    town.client(MILA).post(f"{CASE}/volgen")
    town.rows("update workflow.watches set since = %s returning case_id", [NOW + timedelta(minutes=1)])
    town.now = NOW + timedelta(hours=1)
    with town.desk() as desk:
        handling.claim(REFERENCE, person=MILA, now=town.now, desk=desk)
    assert news(town, MILA) == 0
