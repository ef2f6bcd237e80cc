"""The pages of one case: the answers, the clock, the timeline, and the one thing to do now."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.workflow.actions import announcing, answering, hearing
from services.workflow.timekeeping import go_off
from shared.database import connect
from shared.events import Identified, Link
from shared.law.calendar import long_date
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import ELS, MILA, REFERENCE, SAMIR, given, notice, submission

CASE = f"/zaken/{REFERENCE}"
SOON = datetime.now(UTC) + timedelta(days=1)


def a_working_day() -> dict[str, str]:
    """A day that will do to answer by, in the three fields of the form."""
    day = datetime.now(UTC) + timedelta(days=14)
    while day.weekday() >= 5 or (day.month, day.day) in {(12, 25), (1, 1)}:
        day += timedelta(days=1)
    return {"answer_by.day": str(day.day), "answer_by.month": str(day.month), "answer_by.year": str(day.year)}


def fresh(town: Town) -> None:
    town.now = datetime.now(UTC)
    town.receive(submission(received_at=town.now))


def ask(town: Town) -> str:
    client = town.client(SAMIR)
    client.post(f"{CASE}/pakken")
    data = {"question": "Hoe breed is de stoep?", "asks": "own-words", **a_working_day()}
    return client.post(f"{CASE}/vraag", data=data, follow_redirects=True).text


def test_the_answers_stand_there_as_the_resident_saw_them(town: Town) -> None:
    fresh(town)
    page = town.client(SAMIR).get(CASE).text
    for text in ("Wat u wilt plaatsen", "1 container van 4 bij 2 meter", "Voor de deur", "noor@example.org"):
        assert text in page


def test_what_came_by_email_says_so_and_an_objection_counts_all_the_same(town: Town) -> None:
    mailed = replace(submission(), channel="other", clerk="Yara Bos")
    town.receive(mailed)
    page = town.client(SAMIR).get(CASE).text
    assert "Op een andere manier, ingevuld door Yara Bos" in page
    assert "dan wijst u meteen op de goede weg (Awb 2:16)." in page
    against = Link(kind="objection", reference=REFERENCE)
    town.receive(replace(mailed, reference="Z-2026-OBJECTED", link=against))
    assert "Een bezwaar telt ook zo (Awb 2:16)." in town.client(SAMIR).get("/zaken/Z-2026-OBJECTED").text


def test_rules_that_fired_say_why_and_by_what_source(town: Town) -> None:
    fresh(town)
    page = town.client(SAMIR).get(CASE).text
    fired = [rule for rule in submission().rules if rule.outcome == "fired"]
    assert fired
    for rule in fired:
        assert rule.because.nl in page
        assert rule.source in page


def test_the_clock_shows_its_steps_with_their_articles(town: Town) -> None:
    fresh(town)
    page = town.client(SAMIR).get(f"{CASE}/termijn").text
    assert "8 weken na" in page
    assert "APV 1:2 lid 1" in page


def test_the_next_step_follows_the_case(town: Town) -> None:
    fresh(town)
    client = town.client(SAMIR)
    assert "Nog niemand behandelt deze zaak" in client.get(CASE).text
    page = client.post(f"{CASE}/pakken", follow_redirects=True).text
    assert "U behandelt deze zaak nu." in page
    assert "Naar het besluit" in page
    assert "Samir Haddad behandelt deze zaak" in town.client(MILA).get(CASE).text
    assert "Neem de zaak over" in town.client(ELS).get(CASE).text
    assert "Neem de zaak over" not in town.client(MILA).get(CASE).text


def test_a_claim_that_comes_too_late_says_so(town: Town) -> None:
    fresh(town)
    town.client(SAMIR).post(f"{CASE}/pakken")
    answer = town.client(MILA).post(f"{CASE}/pakken")
    assert answer.status_code == 409
    assert "Een collega behandelt deze zaak." in answer.text


def test_a_lead_takes_over(town: Town) -> None:
    fresh(town)
    town.client(SAMIR).post(f"{CASE}/pakken")
    town.client(ELS).post(f"{CASE}/overnemen")
    assert town.rows("select handler from workflow.cases") == [{"handler": "els"}]


def test_a_question_stops_the_clock_and_an_answer_starts_it(town: Town) -> None:
    fresh(town)
    page = ask(town)
    assert "Uw vraag gaat naar de aanvrager." in page
    assert "Termijn staat stil tot uiterlijk" in page
    assert "De aanvrager is aan zet" in page
    request_id = town.rows("select id from workflow.requests")[0]["id"]
    with town.desk() as desk:
        answering.receive_answer(given(request_id, at=SOON, text="Drie meter."), now=SOON, desk=desk)
    page = town.client(SAMIR).get(CASE).text
    assert "Drie meter." in page
    assert "Ga naar deze taak" in page


def test_an_unanswered_question_is_told_to_the_handler(town: Town) -> None:
    fresh(town)
    ask(town)
    later = datetime.now(UTC) + timedelta(days=30)
    with town.desk() as desk:
        request_id = town.rows("select id from workflow.requests")[0]["id"]
        hearing.end_waiting(REFERENCE, request_id=request_id, now=later, desk=desk)
    client = town.client(SAMIR)
    assert "De aanvrager gaf geen antwoord" in client.get(CASE).text
    assert "Geen antwoord: de termijn loopt weer" in client.get(f"{CASE}/tijdlijn").text


def test_a_faulty_question_comes_back_with_what_was_typed(town: Town) -> None:
    fresh(town)
    client = town.client(SAMIR)
    client.post(f"{CASE}/pakken")
    data = {
        "question": "",
        "asks": "own-words",
        "answer_by.day": "31",
        "answer_by.month": "februari",
        "answer_by.year": "2027",
    }
    answer = client.post(f"{CASE}/vraag", data=data)
    assert answer.status_code == 422
    assert "<title>Fout:" in answer.text
    assert 'href="#question"' in answer.text
    assert 'href="#answer_by-day"' in answer.text
    assert 'value="februari"' in answer.text
    answer = client.post(f"{CASE}/vraag", data={"question": "Hoe breed?", "asks": "own-words", "answer_by.day": "6"})
    assert "Hoe breed?" in answer.text
    assert town.rows("select count(*) as n from workflow.requests") == [{"n": 0}]


def test_who_has_no_email_address_is_asked_by_letter_and_the_page_says_so(town: Town) -> None:
    said = submission()
    town.receive(replace(said, applicant=replace(said.applicant, email="")))
    samir = town.client(SAMIR)
    samir.post(f"/zaken/{REFERENCE}/pakken")
    page = samir.get(f"/zaken/{REFERENCE}/vraag").text
    assert "Noor de Vries krijgt een brief met deze vraag." in page
    assert "krijgt een e-mail" not in page


def test_the_month_may_be_a_word(town: Town) -> None:
    fresh(town)
    client = town.client(SAMIR)
    client.post(f"{CASE}/pakken")
    months = ("jan", "feb", "mrt", "april", "MEI", "juni", "jul", "aug", "sept", "oktober", "nov", "december")
    when = a_working_day()
    when["answer_by.month"] = months[int(when["answer_by.month"]) - 1]
    client.post(f"{CASE}/vraag", data={"question": "Hoe breed?", "asks": "own-words", **when})
    assert town.rows("select count(*) as n from workflow.requests") == [{"n": 1}]


def test_the_text_stays_when_a_colleague_took_the_case_meanwhile(town: Town) -> None:
    fresh(town)
    client = town.client(SAMIR)
    client.post(f"{CASE}/pakken")
    town.client(ELS).post(f"{CASE}/overnemen")
    answer = client.post(f"{CASE}/vraag", data={"question": "Mijn lange vraag", "asks": "own-words", **a_working_day()})
    assert answer.status_code == 409
    assert "Mijn lange vraag" in answer.text
    assert "U behandelt deze zaak niet" in answer.text


def test_the_timeline_tells_everything_that_happened_and_who_did_it(town: Town) -> None:
    fresh(town)
    ask(town)
    with town.desk() as desk:
        announcing.record_sent(notice("receipt", at=SOON), now=SOON, desk=desk)
    town.client(SAMIR).post(f"{CASE}/terugleggen")
    town.client(ELS).post("/toewijzen", data={"case": [REFERENCE], "to": "mila"})
    page = town.client(SAMIR).get(f"{CASE}/tijdlijn").text
    assert f'href="http://notify.example/berichten?zaak={REFERENCE}"' in page
    for text in (
        "Aanvraag ontvangen",
        "In behandeling genomen",
        "Hoe breed is de stoep?",
        "Ontvangstbevestiging verstuurd",
        "Teruggelegd in de werkvoorraad",
        "Toegewezen aan Mila Janssen",
        "Samir Haddad",
        "Els van Dijk",
    ):
        assert text in page


def test_after_the_letter_the_case_shows_the_last_day_to_object(town: Town) -> None:
    fresh(town)
    client = town.client(SAMIR)
    client.post(f"{CASE}/pakken")
    client.post(
        f"/api/v1/cases/{REFERENCE}/decision",
        headers=town.bearer(SAMIR),
        json={"result": "granted", "blocks": ["no-harm"]},
    )
    assert "De brief gaat naar de aanvrager" in client.get(CASE).text
    sent = datetime.now(UTC)
    with town.desk() as desk:
        announcing.record_sent(notice("decision", at=sent), now=sent, desk=desk)
    case = client.get(f"/api/v1/cases/{REFERENCE}", headers=town.bearer(SAMIR)).get_json()
    last = datetime.fromisoformat(case["objection_until"]).date()
    assert f"Bezwaar kan tot en met {long_date(last)}." in client.get(CASE).text
    assert long_date(last) in client.get(f"{CASE}/termijn").text
    assert "http://notify.example/brieven/token" in client.get(f"{CASE}/besluit").text


def test_the_handler_sees_how_the_applicant_signed_in_and_what_a_register_filled_in(town: Town) -> None:
    said = submission(received_at=datetime.now(UTC))
    known = said.shown[0].rows[0]
    identified = Identified(kind="person", level="substantieel")
    town.receive(replace(said, identified=identified, sources={known.question: "brp", "email": "away"}))
    page = town.client(SAMIR).get(CASE).text
    assert "DigiD, Substantieel" in page
    assert "Uit de Basisregistratie Personen" in page
    assert "Zelf veranderd" not in page
    assert "Niemand logde in." not in page
    other = "Z-2026-AAAA-BBBB"
    town.receive(replace(said, reference=other, channel="api"))
    assert "Niemand logde in. Dit formulier vraagt dat wel." in town.client(SAMIR).get(f"/zaken/{other}").text


def test_a_case_is_that_of_who_is_represented_and_names_the_representative(town: Town) -> None:
    town.receive(replace(submission(received_at=datetime.now(UTC)), represented="Fatima Yilmaz"))
    client = town.client(SAMIR)
    assert "Voorwerp op of aan de weg, Fatima Yilmaz" in client.get(CASE).text
    people = " ".join(re.sub(r"<[^>]+>", " ", client.get(CASE).text).split())
    assert "Gemachtigde" in people
    assert "Vraagt aan namens Fatima Yilmaz" in people
    assert "Fatima Yilmaz" in client.get("/?q=yilmaz").text


def test_the_timeline_tells_who_was_warned_and_of_what(town: Town) -> None:
    fresh(town)
    with connect(town.url, autocommit=True) as connection:
        go_off(connection, now=datetime.now(UTC) + timedelta(days=90))
    page = town.client(SAMIR).get(f"{CASE}/tijdlijn").text
    assert "Behandelaar gewaarschuwd" in page
    assert "5 werkdagen voor de beslisdatum" in page
    assert "Manager gewaarschuwd" in page
    assert "1 werkdag na de beslisdatum" in page
