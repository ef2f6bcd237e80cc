"""Notes on a case: for colleagues only, never changed, and whoever is named finds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from psycopg.errors import RaiseException

from services.workflow.actions.undelivered import record_failed
from services.workflow.digests import count_morning
from shared.post import NoticeFailed
from tests.contracts.samples import SAMPLES
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import MILA, REFERENCE, RUUD, SAMIR, TODAY

CASE = f"/zaken/{REFERENCE}"


def note(town: Town, text: str, **fields: str) -> str:
    return town.client(SAMIR).post(f"{CASE}/notities", data={"note": text, **fields}, follow_redirects=True).text


def test_who_is_named_has_it_in_a_list_and_in_the_morning_mail_until_it_is_read(town: Town) -> None:
    town.claimed(SAMIR)
    page = note(town, "Past dit naast de markt, @Mila?")
    assert "Past dit naast de markt, @Mila?" in page
    assert "Genoemd: Mila Janssen" in page
    mila = town.client(MILA)
    assert REFERENCE in mila.get("/?lijst=mentioned").text
    assert REFERENCE not in town.client(SAMIR).get("/?lijst=mentioned").text
    with town.connection() as connection:
        lines = count_morning(
            connection, person=MILA, since=TODAY - timedelta(days=1), today=TODAY, staff_url="http://x"
        )
    assert [(line.kind, line.count) for line in lines if line.kind == "mentioned"] == [("mentioned", 1)]
    page = mila.post(f"{CASE}/notities/gelezen", follow_redirects=True).text
    assert "Ik heb het gelezen" not in page
    assert "Geen zaken in deze lijst." in mila.get("/?lijst=mentioned").text


def test_a_message_that_did_not_arrive_waits_for_the_handler_until_it_is_read(town: Town) -> None:
    town.claimed(SAMIR)
    failed = next(each for each in SAMPLES if isinstance(each, NoticeFailed))
    with town.desk() as desk:
        record_failed(replace(failed, reference=REFERENCE), desk=desk)
    client = town.client(SAMIR)
    assert REFERENCE in client.get("/?lijst=mentioned").text
    page = client.get(f"{CASE}/tijdlijn").text
    assert "Een bericht kwam niet aan" in page
    assert "Het e-mailadres werd geweigerd. Het gaat nu als brief naar de aanvrager." in page
    (row,) = town.rows("select id from workflow.timeline where kind = 'note'")
    assert "Bij: Een bericht kwam niet aan." in note(town, "Ik belde.", follows=str(row["id"]))
    client.post(f"{CASE}/notities/gelezen")
    assert "Geen zaken in deze lijst." in client.get("/?lijst=mentioned").text


def test_only_who_may_see_the_case_can_be_named(town: Town) -> None:
    town.claimed(SAMIR)
    page = town.client(SAMIR).get(f"{CASE}/tijdlijn").text
    assert f'value="{MILA.subject}"' in page
    assert f'value="{RUUD.subject}"' not in page
    answer = town.client(SAMIR).post(f"{CASE}/notities", data={"note": "Vraag @Ruud"})
    assert answer.status_code == 422
    assert "heet Ruud" in answer.text
    assert "Vraag @Ruud</textarea>" in answer.text


def test_a_note_is_added_to_and_never_changed(town: Town) -> None:
    town.claimed(SAMIR)
    note(town, "De stoep is smal.")
    (row,) = town.rows("select id from workflow.timeline where kind = 'note'")
    page = note(town, "Nagemeten: 1,80 meter.", follows=str(row["id"]))
    assert "Aanvulling op een notitie" in page
    assert "Bij: De stoep is smal." in page
    with pytest.raises(RaiseException):
        town.rows("update workflow.timeline set details = '{}' where kind = 'note' returning id")


def test_the_timeline_shows_one_subject_when_asked(town: Town) -> None:
    town.claimed(SAMIR)
    note(town, "Alleen voor ons.")
    client = town.client(SAMIR)
    shown = {subject: client.get(f"{CASE}/tijdlijn?toon={subject}").text for subject in ("mensen", "notities", "alles")}
    assert [("In behandeling genomen" in page, "Alleen voor ons." in page) for page in shown.values()] == [
        (True, False),
        (False, True),
        (True, True),
    ]


def test_who_wrote_a_note_stands_in_the_audit_log(town: Town) -> None:
    town.claimed(SAMIR)
    note(town, "Gezien.")
    acts = town.rows("select act, reference, who from workflow.audit order by number")
    assert {"act": "notes.add", "reference": REFERENCE, "who": "samir"} in acts
