"""Staff at the desk fills in a form for somebody: recorded as such, prefilled with nothing, opened by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.database import connect
from tests.conftest import Database
from tests.services.forms.noor import FIELDS, asked, fields
from tests.services.forms.web.admin.bram import SAMIR, browser_of
from tests.services.forms.web.noors_browser import send, summary_of

YARA = {"subject": "yara", "name": "Yara Bos", "groups": ["front-desk"]}
BY_PHONE = {"product": "objecten", "channel": "phone"}
BY_POST = {
    "product": "objecten",
    "channel": "post",
    "received.day": "2",
    "received.month": "maart",
    "received.year": "2026",
}


@pytest.fixture
def yara(app: Flask) -> FlaskClient:
    return browser_of(app, person=YARA)


def begin(client: FlaskClient, how: dict[str, str]) -> str:
    answer = client.post("/balie", data=how)
    assert answer.status_code == 303, answer.text
    return answer.location.rpartition("/")[0]


def fill_in(client: FlaskClient, form: str) -> None:
    for step in FIELDS:
        sent: dict[str, Any] = {"asked": " ".join(asked(step)), **fields(step)}
        assert client.post(f"{form}/{step}", data=sent).status_code == 303


def told(database: Database) -> dict[str, Any]:
    with connect(database.dsn()) as connection:
        row = connection.execute("select payload from bus.event where name = 'SubmissionReceived'").fetchone()
    return dict(row["payload"]) if row else {}


def test_only_staff_at_the_desk_come_in(app: Flask, client: FlaskClient, yara: FlaskClient) -> None:
    assert client.get("/balie").location.startswith("/beheer/inloggen")
    assert browser_of(app, person=SAMIR).get("/balie").status_code == 403
    assert browser_of(app, person=SAMIR).post("/balie", data=BY_PHONE).status_code == 403
    assert "Yara Bos" in yara.get("/balie").text


def test_what_came_by_telephone_says_so_and_who_filled_it_in(yara: FlaskClient, database: Database) -> None:
    form = begin(yara, BY_PHONE)
    page = yara.get(f"{form}/what").text
    assert "U vult dit in voor iemand anders (per telefoon)" in page
    assert "Bewaren en later verder" not in page
    fill_in(yara, form)
    assert send(yara, form).status_code == 303
    fact = told(database)
    assert (fact["channel"], fact["clerk"], fact["identified"]) == ("phone", "Yara Bos", None)
    assert "Yara" not in str(fact["answers"]) + str(fact["shown"])


def test_nothing_of_the_clerk_is_filled_in_beforehand(yara: FlaskClient) -> None:
    form = begin(yara, BY_PHONE)
    assert "voorbeeld.example" not in yara.get(f"{form}/who").text


@pytest.mark.parametrize("channel", ["post", "other"])
def test_the_term_of_a_letter_or_an_email_begins_on_the_day_it_came_in(
    yara: FlaskClient, database: Database, channel: str
) -> None:
    form = begin(yara, {**BY_POST, "channel": channel})
    fill_in(yara, form)
    assert "27 april 2026" in yara.get(f"{form}/controleren").text
    send(yara, form)
    fact = told(database)
    assert (fact["channel"], fact["received_at"][:10], fact["reference"][:6]) == (channel, "2026-03-02", "Z-2026")
    with connect(database.dsn("forms")) as connection:
        kept = connection.execute("select channel, decide_by from forms.submission").fetchone()
    assert kept
    assert (kept["channel"], str(kept["decide_by"])) == (channel, "2026-04-27")


def test_a_product_that_asks_a_sign_in_asks_none_at_the_desk(yara: FlaskClient) -> None:
    form = begin(yara, {"product": "terras", "channel": "desk"})
    assert yara.get(form, follow_redirects=True).status_code == 200


def test_who_has_no_e_mail_address_leaves_it_open_and_must_give_an_address(
    yara: FlaskClient, database: Database
) -> None:
    form = begin(yara, BY_POST)
    assert "Laat het leeg, dan sturen wij brieven." in yara.get(f"{form}/what").text
    fill_in(yara, form)
    where = {f"contact_address.{part}": "" for part in ("postcode", "number", "suffix")}
    bare = {"asked": " ".join(asked("who")), **fields("who", email="", truth="true"), **where}
    answer = yara.post(f"{form}/who", data=bare)
    assert [name for name, _ in summary_of(answer)] == ["contact_address"]
    assert "Verder zonder" not in answer.text
    assert yara.post(f"{form}/who", data={**bare, **fields("who", email="")}).status_code == 303
    receipt = send(yara, form)
    assert receipt.status_code == 303
    fact = told(database)
    assert (fact["applicant"]["email"], fact["applicant"]["address"]["postcode"]) == ("", "3811 LX")
    assert fact["missing"] == []
    assert "U krijgt een brief met een bevestiging." in yara.get(receipt.location).text


def test_the_link_to_what_staff_fills_in_opens_for_nobody_else(
    app: Flask, client: FlaskClient, yara: FlaskClient
) -> None:
    form = begin(yara, BY_PHONE)
    assert client.get(f"{form}/what").status_code == 404
    assert browser_of(app, person=SAMIR).get(f"{form}/what").status_code == 404


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"product": ""}, "Kies een formulier"),
        ({"channel": "fax"}, "Kies hoe dit binnenkwam"),
        ({"received.day": "", "received.month": "", "received.year": ""}, "Vul in op welke dag dit binnenkwam"),
        ({"received.month": "13"}, "maand"),
        ({"received.year": "2099"}, "Deze dag moet nog komen"),
    ],
)
def test_what_is_missing_is_named_and_nothing_begins(
    yara: FlaskClient, database: Database, changed: dict[str, str], wrong: str
) -> None:
    answer = yara.post("/balie", data={**BY_POST, **changed})
    assert answer.status_code == 422
    ((_, said),) = summary_of(answer)
    assert wrong in said
    with connect(database.dsn("forms")) as connection:
        assert connection.execute("select count(*) as n from forms.draft").fetchone() == {"n": 0}
