"""Signing along with a citizens' initiative online: put up, signed, confirmed, taken back, handed over or erased."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dev.up import today
from services.forms.draft_store import forget_old
from services.forms.ports.cosigns import Signed
from services.forms.support_store import SupportShelf, forget_unconfirmed
from shared.database import connect
from shared.participation import Supporter
from shared.wire import read_value
from tests.conftest import Database
from tests.keys import KEYRING
from tests.services.forms.web.noors_browser import send, summary_of, told

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
HOME = {"address.postcode": "3811 LX", "address.number": "20"}
IDEA = {
    "topic": "Een park op het oude plein",
    "proposal": "Maak van het oude plein een park met bomen en gras.",
    "reasons": "In de zomer is het plein te warm voor kinderen.",
}
STEPS: dict[str, dict[str, Any]] = {
    "proposal": IDEA,
    "fit": {"excluded": ["none"], "decided_recently": "no"},
    "support": {"way": "online"},
    "who": {
        "resident": "true",
        "name": "Noor de Vries",
        "contact_address.postcode": "3811 LX",
        "contact_address.number": "14",
        "email": "noor@example.org",
        "speak": "false",
        "name_public": "false",
        "truth": "true",
    },
}


def post(client: FlaskClient, form: str, *, step: str, **changes: Any) -> None:
    """Send a step of the form."""
    fields = {**STEPS[step], **changes}
    asked = " ".join({name.partition(".")[0] for name in fields})
    assert client.post(f"{form}/{step}", data={"asked": asked, **fields}).status_code == 303


def fill_in(client: FlaskClient) -> str:
    """Fill in the whole form; its address."""
    form = client.post("/burgerinitiatief").location.rpartition("/")[0]
    for step in STEPS:
        post(client, form, step=step)
    return form


def begin(client: FlaskClient, database: Database, form: str) -> str:
    """Confirm the address of the form and put its text up; the public page."""
    assert client.post(f"{form}/medestanders").location.endswith("?gedaan=bevestig")
    client.post(told(database, "AddressTyped")[-1]["link"].removeprefix("http://localhost"))
    assert client.post(f"{form}/medestanders").location.endswith("?gedaan=geopend")
    page = re.search(r"http://localhost(/steunen/[0-9a-f]{32})", client.get(f"{form}/medestanders").text)
    assert page
    return page[1]


def sign(client: FlaskClient, page: str, *, email: str, name: str = "Els Bakker", **more: str) -> TestResponse:
    """Sign what the page shows now."""
    text = re.search(r'name="text" value="([0-9a-f]{64})"', client.get(page).text)
    fields = {"text": text[1] if text else "", "name": name, "email": email, "resident": "true", **HOME, **more}
    return client.post(page, data=fields)


def links(database: Database) -> list[str]:
    """The paths that were mailed to who signed."""
    return [mail["link"].removeprefix("http://localhost") for mail in told(database, "SupportTyped")]


def confirm(client: FlaskClient, link: str, act: str = "confirm") -> TestResponse:
    return client.post(link, data={"act": act}, follow_redirects=True)


@pytest.fixture
def form(client: FlaskClient) -> str:
    """Noor's initiative, filled in."""
    return fill_in(client)


def test_a_text_is_put_up_only_once_it_is_written_and_its_initiator_can_be_reached(
    client: FlaskClient, database: Database
) -> None:
    form = client.post("/burgerinitiatief").location.rpartition("/")[0]
    post(client, form, step="support")
    assert "Vul eerst uw voorstel en uw gegevens in" in client.get(f"{form}/medestanders").text
    client.post(f"{form}/medestanders")
    for step in STEPS:
        post(client, form, step=step)
    assert f"{form}/medestanders" in client.get(f"{form}/controleren").text
    page = begin(client, database, form)
    assert [mail["email"] for mail in told(database, "DraftKept")] == ["noor@example.org"]  # the way back, once
    client.post(f"{form}/medestanders")
    assert len(told(database, "DraftKept")) == 1
    shown = client.get(page)
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert all(words in shown.text for words in IDEA.values())
    assert "0 van de 30" in shown.text
    assert "Noor" not in shown.text
    post(client, form, step="support", way="paper", supporters="31")
    assert client.get(f"{form}/medestanders").location == form  # who gathers on paper has no page for it


def test_who_had_all_the_mails_of_a_form_is_not_told_of_another(client: FlaskClient, database: Database) -> None:
    form = fill_in(client)
    answers = [client.post(f"{form}/medestanders", data={"again": "1"}) for _ in range(6)]
    assert [answer.location.rpartition("=")[2] for answer in answers] == ["bevestig"] * 5 + ["vaak"]
    assert len(told(database, "AddressTyped")) == 5
    page = client.get(answers[-1].location).text
    assert "Wij sturen geen nieuwe e-mail" in page
    assert "Wij mailden een link naar" not in page
    client.post(told(database, "AddressTyped")[0]["link"].removeprefix("http://localhost"))
    opened = client.get(client.post(f"{form}/medestanders").location).text
    assert "Deel dit adres." in opened
    assert "Wij mailen u een link" not in opened


def test_a_signature_counts_once_its_link_was_followed_and_each_person_once(
    client: FlaskClient, app: Flask, database: Database, form: str
) -> None:
    page = begin(client, database, form)
    phone = app.test_client()
    first = sign(phone, page, email="els@example.org")
    again = sign(phone, page, email="ELS@example.org", name="Iemand Anders")
    assert first.location == again.location  # nobody learns who signed
    assert links(database)[0] == links(database)[1]
    assert "Iemand Anders" in phone.get(links(database)[0]).text  # what was typed last is what one confirms
    sign(phone, page, email="els@example.org")
    assert sign(phone, page, email="els@example.org").location == first.location
    assert len(links(database)) == 3  # more mails do not go to one address
    assert "0 van de 30" in phone.get(page).text
    assert "Uw handtekening telt mee" in confirm(phone, links(database)[0]).text
    confirm(phone, links(database)[0])
    sign(phone, page, email="other@example.org", name=" els  BÁKKER")
    assert "Uw handtekening telt mee" in confirm(phone, links(database)[-1]).text
    assert "1 van de 30" in phone.get(page).text
    assert "Els Bakker" not in phone.get(page).text
    for _ in range(2):  # a second click
        assert "Wij hebben uw gegevens gewist" in confirm(phone, links(database)[-1], act="withdraw").text
    confirm(phone, links(database)[0], act="withdraw")
    assert "0 van de 30" in phone.get(page).text
    assert client.get(links(database)[0]).status_code == client.post(links(database)[0]).status_code == 404


def test_what_lacks_is_told_and_an_address_is_looked_up_or_typed(
    client: FlaskClient, database: Database, form: str
) -> None:
    page = begin(client, database, form)
    wrong = client.post(page, data={"name": "<b>Els</b>", "email": "els"})
    assert wrong.status_code == 422
    assert "&lt;b&gt;Els&lt;/b&gt;" in wrong.text
    assert [text for _, text in summary_of(wrong)] == [
        "Vul uw postcode en huisnummer in",
        "Vul een e-mailadres in zoals naam@voorbeeld.nl",
        "Alleen inwoners kunnen meetekenen",
    ]
    found = client.post(page, data={"action": "find:address", **HOME})
    assert "Voorbeeldstraat 20" in found.text
    assert "Vul uw naam in" not in found.text
    elsewhere = {"address.postcode": "1234 AB", "address.number": "1"}
    assert "Wij vinden dit adres niet" in sign(client, page, email="els@example.org", **elsewhere).text
    by_hand = {**elsewhere, "address.street": "Nieuwe Straat", "address.town": "Amersfoort"}
    assert sign(client, page, email="els@example.org", **by_hand).status_code == 303
    assert client.post(page, data={"action": "remove:name:0"}).status_code in (200, 400)
    assert links(database)


def test_another_text_needs_other_signatures(client: FlaskClient, database: Database, form: str) -> None:
    page = begin(client, database, form)
    sign(client, page, email="els@example.org")
    confirm(client, links(database)[0])
    assert "1 van de 30" in client.get(f"{form}/support").text
    post(client, form, step="proposal", proposal="Maak van het plein een parkeerterrein voor auto’s.")
    assert "Hun handtekeningen tellen nu niet mee" in client.get(f"{form}/medestanders").text
    assert "0 van de 30" in client.get(f"{form}/support").text
    assert "park met bomen" in client.get(page).text  # what stands there is what was signed
    post(client, form, step="proposal")
    assert "1 van de 30" in client.get(f"{form}/support").text
    post(client, form, step="proposal", proposal="Maak van het plein een parkeerterrein voor auto’s.")
    read = re.search(r'name="text" value="([0-9a-f]{64})"', client.get(page).text)
    assert read
    client.post(f"{form}/medestanders")
    late = sign(client, page, email="bea@example.org", name="Bea", text=read[1])
    assert "De tekst is net veranderd" in client.get(late.location).text
    assert client.get(links(database)[0]).status_code == 404
    assert "0 van de 30" in client.get(page).text


def test_who_signed_goes_sealed_with_the_form_and_stays_nowhere_else(
    client: FlaskClient, database: Database, form: str
) -> None:
    page = begin(client, database, form)
    for number, name in enumerate(("Els Bakker", "Bea Jansen", "els bakker")):
        sign(client, page, email=f"{number}@example.org", name=name)
        confirm(client, links(database)[-1])
    sign(client, page, email="late@example.org", name="Jan Zonder Klik")
    post(client, form, step="support", signed_online="500", asked="way signed_online")  # nobody types that number
    assert "minder dan 30 medestanders" in client.get(f"{form}/controleren").text  # warned, and not kept from sending
    assert send(client, form).location.endswith("/ontvangen")
    (sent,) = told(database, "SubmissionReceived")
    (gathered,) = told(database, "SupportGathered")
    assert sent["answers"]["signed_online"] == gathered["signed"] == 2
    assert (gathered["reference"], "Bakker" in str(gathered)) == (sent["reference"], False)
    opened = KEYRING.open(gathered["sealed"], about=sent["reference"])
    supporters: list[Supporter] = [read_value(Supporter, one) for one in opened]
    assert [(one.name, one.known) for one in supporters] == [("Els Bakker", True), ("Bea Jansen", True)]
    with connect(database.dsn()) as connection:
        assert connection.execute("select from forms.gathering").fetchall() == []
        assert connection.execute("select from forms.supporter").fetchall() == []
    assert client.get(page).status_code == client.get("/steunen/" + "a" * 32).status_code == 404
    assert client.get(links(database)[0]).status_code == client.get("/handtekening/" + "a" * 32).status_code == 404


def test_a_program_cannot_say_how_many_signed(client: FlaskClient, database: Database) -> None:
    answers = {**IDEA, "way": "online", "signed_online": 500, "name": "Noor de Vries", "email": "noor@example.org"}
    sent: dict[str, Any] = {"answers": {**answers, "truth": True}, "incomplete": True}
    headers, door = {"Idempotency-Key": "one"}, "/api/v1/forms/burgerinitiatief/submissions"
    refused = client.post(door, json=sent, headers=headers)
    assert (refused.status_code, "signed_online" in refused.text) == (422, True)
    del sent["answers"]["signed_online"]
    assert client.post(door, json=sent, headers=headers).status_code == 201
    assert told(database, "SubmissionReceived")[0]["answers"]["signed_online"] == 0
    assert told(database, "SupportGathered") == []


def test_a_form_is_handed_in_with_as_many_as_signed_at_that_moment(
    client: FlaskClient, app: Flask, database: Database, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin(client, database, form)
    for number, name in enumerate(("Els Bakker", "Bea Jansen")):
        sign(client, page, email=f"{number}@example.org", name=name)
    confirm(client, links(database)[0])
    late, taken = app.test_client(), SupportShelf.take

    def take_after_another(shelf: SupportShelf, reference: str) -> Sequence[Signed]:
        if not late.get(links(database)[1]).text.count("telt mee</h1>"):
            confirm(late, links(database)[1])
        return taken(shelf, reference)

    monkeypatch.setattr(SupportShelf, "take", take_after_another)
    assert send(client, form).location.endswith("/ontvangen")
    assert told(database, "SubmissionReceived")[0]["answers"]["signed_online"] == 2
    assert told(database, "SupportGathered")[0]["signed"] == 2


def test_a_signature_without_a_click_an_old_page_and_an_old_draft_are_over(
    client: FlaskClient, database: Database, form: str
) -> None:
    page = begin(client, database, form)
    sign(client, page, email="els@example.org")
    sign(client, page, email="bea@example.org", name="Bea Jansen")
    confirm(client, links(database)[1])
    day = today()
    with connect(database.dsn("forms")) as connection:
        forget_unconfirmed(connection, today=day + timedelta(days=8))
        assert len(connection.execute("select from forms.supporter").fetchall()) == 1
        connection.execute("update forms.gathering set last_day = %s", [day - timedelta(days=1)])
    assert "U kon tekenen tot en met" in client.get(page).text
    late = sign(client, page, email="jan@example.org", name="Jan")
    assert "gedaan=veranderd" in late.location
    assert "De tekst is net veranderd" not in client.get(late.location).text  # it is only too late
    assert "Stuur uw voorstel nu in" in client.get(f"{form}/medestanders").text
    with connect(database.dsn("forms")) as connection:
        (kept,) = connection.execute("select keep_until from forms.draft").fetchall()
        assert kept["keep_until"] >= day + timedelta(days=69)  # eight weeks to sign and two to hand in
        forget_old(connection, today=kept["keep_until"] + timedelta(days=1), answered_before=LONG_AGO)
        assert connection.execute("select from forms.supporter").fetchall() == []
