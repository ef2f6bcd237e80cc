"""What is sensitive on the case page: hidden, shown to who needs it and says why, and every look recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.workflow.actions import hearing
from services.workflow.desk import open_desk
from shared.catalogue.evaluate import evaluate
from shared.catalogue.versions import remember
from shared.events import AnswerRow, AnswerSection, SubmissionReceived, Words
from shared.sealed import seal_submission
from shared.vault import Vault
from tests.keys import KEYRING
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import NOW, REFERENCE, RUUD, SAMIR, submission, whole_catalogue
from tests.services.workflow.web.filed import sent

CASE = f"/zaken/{REFERENCE}"
API = f"/api/v1/cases/{REFERENCE}"
BSN = "999970100"
ILLNESS = "Ik heb de ziekte van Bechterew"
PAPER = UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e01")
LOOKS = "select who, act, reference, details from workflow.audit order by number"
CARD = whole_catalogue().product("gehandicaptenparkeerkaart")
ANSWERS: dict[str, Any] = {
    "request": "first",
    "applicant_kind": "person",
    "wheelchair": False,
    "distance": "over_100",
    "other_limitation": ILLNESS,
    "delivery": "collect",
    "bsn": BSN,
}
SHOWN = {"distance": "Meer dan 100 meter", "other_limitation": ILLNESS, "delivery": "Ophalen", "bsn": "Eindigt op 100"}


def application(reference: str = REFERENCE) -> SubmissionReceived:
    """Noor applies for a card, as forms tells it."""
    rows = tuple(
        AnswerRow(question=name, label=CARD.question(name).label, text=Words(nl=text, en=text))
        for name, text in SHOWN.items()
    )
    whole = replace(
        submission(reference),
        product=CARD.id,
        version=CARD.version,
        title=CARD.title,
        answers=ANSWERS,
        shown=(AnswerSection(title=Words(nl="Uw situatie", en="Your situation"), rows=rows),),
        rules=evaluate(CARD, ANSWERS, on=NOW.date()).outcomes,
    )
    return seal_submission(whole, product=CARD, keyring=KEYRING)


@pytest.fixture
def card(town: Town, vault: Vault) -> Town:
    """The case has come in, with a paper of a doctor."""
    paper = sent(vault, PAPER, name="bestand-4e01.png", kind="image/png", question="medical_papers")
    with town.connection() as connection:
        remember(connection, CARD)
        hearing.open_case(replace(application(), files=(paper,)), now=NOW, desk=open_desk(connection, now=NOW))
    return town


def test_the_page_says_that_something_is_hidden_and_shows_the_rest(card: Town) -> None:
    page = card.client(SAMIR).get(CASE).text
    assert "Verborgen: gezondheidsgegeven" in page
    assert "Verborgen: burgerservicenummer" in page
    assert "Ophalen" in page
    for text in (BSN, "Eindigt op", ILLNESS, "eer dan 100 meter"):
        assert text not in page
    assert card.rows(LOOKS) == []


def test_who_says_why_sees_it_once_and_that_is_recorded_without_what_was_seen(card: Town) -> None:
    client = card.client(SAMIR)
    page = client.post(f"{CASE}/inzien/gezondheid", data={"reason_health": "handling"}).text
    assert ILLNESS in page
    assert "U kunt meer dan 100 meter lopen" in page
    assert BSN not in page
    page = client.post(f"{CASE}/inzien/bsn", data={"reason_bsn": "asked"}).text
    assert BSN in page
    assert ILLNESS not in page
    assert ILLNESS not in client.get(CASE).text
    health, number = card.rows(LOOKS)
    assert (health["who"], health["act"], health["reference"]) == ("samir", "look.health", REFERENCE)
    assert health["details"]["reason"] == "handling"
    assert {"distance", "other_limitation", "exam_where"} <= set(health["details"]["questions"])
    assert number["details"] == {"questions": ["holder_bsn", "bsn"], "reason": "asked"}
    for text in (BSN, ILLNESS, "over_100"):
        assert text not in str(card.rows(LOOKS))


@pytest.mark.parametrize("reason", ["", "curious"])
def test_without_a_reason_nobody_sees_anything(card: Town, reason: str) -> None:
    answer = card.client(SAMIR).post(f"{CASE}/inzien/gezondheid", data={"reason_health": reason})
    assert answer.status_code == 422
    assert "Kies waarom u dit inziet." in answer.text
    assert ILLNESS not in answer.text
    assert card.rows(LOOKS) == []


def test_other_systems_ask_for_it_apart_with_a_reason(card: Town) -> None:
    client, headers = card.client(), card.bearer(SAMIR)
    case = client.get(API, headers=headers).get_json()
    assert case["answers"] == {"request": "first", "applicant_kind": "person", "delivery": "collect"}
    assert case["hidden"] == ["health", "bsn"]
    assert "walks-further" not in {rule["rule"] for rule in case["rules"]}
    assert client.post(f"{API}/health", headers=headers, json={"reason": "curious"}).status_code == 422
    seen = client.post(f"{API}/health", headers=headers, json={"reason": "advising"}).get_json()
    assert seen["answers"] == {name: ANSWERS[name] for name in ("wheelchair", "distance", "other_limitation")}
    seen = client.post(f"{API}/bsn", headers=headers, json={"reason": "asked"}).get_json()
    assert seen["answers"] == {"bsn": BSN}
    assert [row["act"] for row in card.rows(LOOKS)] == ["look.health", "look.bsn"]


def test_a_file_about_health_opens_with_a_row_in_the_log_and_is_no_picture_on_the_page(card: Town) -> None:
    client = card.client(SAMIR)
    page = client.get(CASE).text
    assert "bestand-4e01.png" in page
    assert "balie-picture" not in page
    assert client.get(f"{CASE}/bestanden/{PAPER}?bekijk").status_code == 303
    (row,) = card.rows(LOOKS)
    assert row["details"] == {"questions": ["medical_papers"], "reason": "file"}


def test_who_may_not_see_the_case_looks_at_nothing(card: Town) -> None:
    for path in ("inzien/gezondheid", "inzien/bsn"):
        assert card.client(RUUD).post(f"{CASE}/{path}", data={"reason_health": "handling"}).status_code == 403
    assert card.rows(LOOKS) == []


def test_the_decision_rests_on_all_answers_and_tells_none_that_is_sensitive(card: Town) -> None:
    client = card.client(SAMIR)
    client.post(f"{CASE}/pakken")
    assert client.get(f"{CASE}/besluit").status_code == 200
    letter = client.get(f"{CASE}/besluit/brief?result=granted").text
    assert "U krijgt de kaart" in letter
    for text in (BSN, ILLNESS, "100 meter"):
        assert text not in letter


def test_a_case_without_sensitive_questions_hides_nothing(town: Town) -> None:
    town.receive()
    assert "Verborgen" not in town.client(SAMIR).get(CASE).text
    assert town.client(SAMIR).get(API, headers=town.bearer(SAMIR)).get_json()["hidden"] == []
