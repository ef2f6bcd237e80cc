"""After sending: taking an application back, and giving a mark."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from shared.database import connect
from shared.events import Words
from shared.term_events import DecisionRenewed
from tests.conftest import Database
from tests.services.forms.domain.test_cases import DECIDED, OPENED, SENT, STARTED
from tests.services.forms.town import DECISION
from tests.services.forms.web.noors_browser import post_step, send, summary_of
from tests.services.forms.web.test_sending import hear, sent_by


def renewed(outcome: Words, *, sequence: int, gives: bool) -> DecisionRenewed:
    """What an objection put in the place of the decision, announced on 1 December."""
    return DecisionRenewed(
        **{**vars(STARTED), "status": "announced", "sequence": sequence, "at": datetime(2026, 12, 1, 9, tzinfo=UTC)},
        outcome=outcome,
        gives=gives,
        by_applicant=True,
        ends=None,
        number=None,
    )


def told(database: Database, name: str) -> int:
    with connect(database.dsn("forms")) as connection:
        row = connection.execute("select count(*) as n from bus.event where name = %s", [name]).fetchone()
    return int(row["n"]) if row else 0


def test_an_application_is_taken_back_once_after_a_question(client: FlaskClient, database: Database) -> None:
    status, _ = sent_by(client)
    assert "Wilt u dit intrekken?" in client.get(f"{status}/intrekken").text
    done = client.post(f"{status}/intrekken", data={"because": "<b>Het gaat niet door</b>"})
    assert "U hebt dit ingetrokken op" in client.get(done.location).text
    again = client.post(f"{status}/intrekken", data={})
    assert "Intrekken kan niet meer" in client.get(again.location).text
    assert client.get(f"{status}/intrekken").location == status
    assert told(database, "ApplicationWithdrawn") == 1


def test_after_the_decision_nothing_is_taken_back(client: FlaskClient, app: Flask, database: Database) -> None:
    status, reference = sent_by(client)
    hear(app, reference, OPENED, DECIDED)
    assert "Trek het in" not in client.get(status).text
    assert client.post(f"{status}/intrekken", data={}).location.endswith("?gedaan=te-laat")
    assert told(database, "ApplicationWithdrawn") == 0


def test_a_mark_is_given_after_the_decision_for_steps_too_and_is_changed_for_two_weeks(
    client: FlaskClient, app: Flask, database: Database
) -> None:
    status, reference = sent_by(client)
    assert "Welk cijfer geeft u ons?" not in client.get(status).text
    client.post(f"{status}/cijfer", data={"mark": "1"})
    assert told(database, "MarkGiven") == 0
    hear(app, reference, OPENED, DECIDED, SENT)
    wrong = client.post(f"{status}/cijfer", data={"mark": "11"})
    assert (wrong.status_code, summary_of(wrong)) == (422, [("mark", "Kies een cijfer van 1 tot en met 10")])
    given = {
        "mark": "8",
        "words": "Snel. Mail noor@example.org",
        "mark_time": "9",
        "mark_contact": "",
        "mark_form": "12",
    }
    page = client.get(client.post(f"{status}/cijfer", data=given).location).text
    assert "U gaf ons een 8." in page
    assert "Wijzig uw cijfer, dat kan tot en met" in page
    assert "Snel. Mail [weggelaten]" in page
    page = client.get(client.post(f"{status}/cijfer", data={"mark": "7"}).location).text
    assert "U gaf ons een 7." in page
    with connect(database.dsn("forms")) as connection:
        rows = connection.execute("select payload from bus.event where name = 'MarkGiven' order by at").fetchall()
        connection.execute("update forms.mark set first_on = first_on - 15")
    marks = [(row["payload"]["mark"], row["payload"]["words"], row["payload"]["steps"]) for row in rows]
    assert marks == [(8, "Snel. Mail [weggelaten]", [{"step": "time", "mark": 9}]), (7, "", [])]
    client.post(f"{status}/cijfer", data={"mark": "2"})
    page = client.get(status).text
    assert "U gaf ons een 7." in page
    assert "Wijzig uw cijfer" not in page


def test_a_mark_that_was_given_still_stands_on_the_page_when_something_else_on_it_is_wrong(
    client: FlaskClient, app: Flask
) -> None:
    status, reference = sent_by(client)
    hear(app, reference, OPENED, DECIDED, SENT)
    client.post(f"{status}/cijfer", data={"mark": "8", "words": "Snel geholpen", "mark_time": "9"})
    for path, typed, name in (
        (f"antwoord/{uuid4()}", {"text": ""}, "text"),
        ("bestand", {"words": "De stoep"}, "later"),
        ("cijfer", {"mark": "11", "words": "Te traag", "mark_time": "3"}, "mark"),
    ):
        answer = client.post(f"{status}/{path}", data=typed)
        assert (answer.status_code, summary_of(answer)[0][0]) == (422, name)
        mark = answer.text.partition('id="cijfer"')[2].partition("</form>")[0]
        chosen = re.findall(r'<option value="(\d+)" selected', mark)
        words = mark.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].strip()
        assert (chosen, words) == ((["3"], "Te traag") if name == "mark" else (["8", "9"], "Snel geholpen"))


def test_what_was_withdrawn_begins_once_more_with_its_answers(client: FlaskClient, database: Database) -> None:
    status, reference = sent_by(client)
    assert "Begin opnieuw met deze antwoorden" not in client.get(status).text
    assert client.post(f"{status}/opnieuw").location == status
    assert "Begin opnieuw met deze antwoorden" in client.get(client.post(f"{status}/intrekken").location).text
    begun = client.post(f"{status}/opnieuw").location
    assert client.get(begun).location.endswith("/who"), "what was stated of the former answers is asked again"
    assert 'value="Noor de Vries"' in client.get(f"{begun}/who").text
    assert post_step(client, begun, step="who").location.endswith("/controleren")
    assert send(client, begun).status_code == 303
    assert told(database, "SubmissionReceived") == 2
    assert reference in client.get(status).text


def test_a_stranger_takes_nothing_back(client: FlaskClient, app: Flask) -> None:
    status, _ = sent_by(client)
    stranger = app.test_client()
    for path in ("intrekken", "cijfer", "opnieuw"):
        assert stranger.post(f"{status}/{path}", data={"mark": "1"}).status_code == 404


def test_an_objection_begins_after_the_letter_with_the_number_and_the_person_filled_in(
    client: FlaskClient, app: Flask, database: Database
) -> None:
    status, reference = sent_by(client)
    assert client.post(f"{status}/bezwaar").location == status
    hear(app, reference, OPENED, DECIDED, SENT)
    assert "Maak online bezwaar" in client.get(status).text
    begun = client.post(f"{status}/bezwaar").location
    page = client.get(client.get(begun).location).text
    assert f'value="{reference}"' in page
    assert 'value="Noor de Vries"' in client.get(f"{begun}/who").text


def test_a_permit_says_how_long_it_lasts_and_is_changed_by_its_own_answers(
    client: FlaskClient, app: Flask, database: Database
) -> None:
    status, reference = sent_by(client)
    assert client.post(f"{status}/veranderen").location == status
    hear(app, reference, OPENED, DECIDED, SENT)
    page = client.get(status).text
    assert "Uw vergunning" in page
    assert "Vraag een wijziging" in page
    assert "Verleng dit" not in page
    assert client.post(f"{status}/verlengen").location == status
    begun = client.post(f"{status}/veranderen").location
    assert client.get(begun).location.endswith("/who"), "what was stated of the former answers is asked again"
    assert post_step(client, begun, step="who").location.endswith("/controleren")
    assert send(client, begun).status_code == 303
    with connect(database.dsn("forms")) as connection:
        told = connection.execute(
            "select payload -> 'link' as link, payload -> 'answers' ->> 'name' as name from bus.event "
            "where name = 'SubmissionReceived' order by at desc limit 1"
        ).fetchone()
    assert told == {"link": {"kind": "amendment", "reference": reference}, "name": "Noor de Vries"}


def test_what_an_objection_gave_after_all_lasts_from_then_on_until_another_takes_it_away(
    client: FlaskClient, app: Flask
) -> None:
    status, reference = sent_by(client)
    refused = replace(DECIDED, decision=replace(DECISION, result="refused"))
    hear(app, reference, OPENED, refused, SENT)
    page = client.get(status).text
    assert "U krijgt de vergunning niet" in page
    assert "Maak online bezwaar" in page
    assert "Uw vergunning" not in page

    given = Words(nl="Wij geven het alsnog", en="We grant it after all")
    hear(app, reference, renewed(given, sequence=6, gives=True))
    page = client.get(status).text
    assert "Na een bezwaar besloten wij op 1 december 2026 anders" in page
    assert "Maak online bezwaar" not in page
    assert "Uw vergunning" in page
    assert client.post(f"{status}/veranderen").location != status

    hear(
        app,
        reference,
        renewed(Words(nl="Wij weigeren het alsnog", en="We refuse it after all"), sequence=7, gives=False),
    )
    page = client.get(status).text
    assert "Wij weigeren het alsnog." in page
    assert "Uw vergunning" not in page
    assert client.post(f"{status}/veranderen").location == status


def test_a_permit_that_falls_after_an_objection_says_since_when(client: FlaskClient, app: Flask) -> None:
    status, reference = sent_by(client)
    gone = renewed(Words(nl="Het eerste besluit vervalt", en="The first decision falls"), sequence=6, gives=False)
    hear(app, reference, OPENED, DECIDED, SENT, gone)
    page = client.get(status).text
    assert "Vervallen" in page
    assert "Dit verviel na een bezwaar op 1 december 2026." in page
    assert client.post(f"{status}/veranderen").location == status


def test_a_permit_that_is_not_needed_any_more_ends_once_and_after_a_question(
    client: FlaskClient, app: Flask, database: Database
) -> None:
    status, reference = sent_by(client)
    end = f"{status}/niet-meer-nodig"
    assert client.get(end).location == status
    assert client.post(end).location == status
    hear(app, reference, OPENED, DECIDED, SENT)
    assert "Hebt u dit niet meer nodig?" in client.get(end).text
    client.post(end, data={"because": "Het gaat niet door"})
    client.post(end, data={})
    page = client.get(status).text
    assert "Gestopt" in page
    assert "Vraag een wijziging" not in page
    assert told(database, "PermitGivenUp") == 1
