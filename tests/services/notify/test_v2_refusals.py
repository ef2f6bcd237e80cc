"""What the API of GOV.UK Notify and NotifyNL refuses, and how it says so."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
import requests
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from services.notify.client_store import ClientStore
from services.notify.clients import add_key, load_template
from services.notify.domain.clients import Client
from services.notify.domain.notifications import KeyType
from shared.clock import utc_now
from shared.database import Connection, Pool, connect
from shared.keyring import Keyring
from tests.services.notify.noor import KEY
from tests.services.notify.office import ADDRESS, EMAIL, LETTER, SMS, TEMPLATES, VALUES, Office

BAD = {
    "no template": ({"phone_number": "+31612345678"}, ["template_id is a required property"]),
    "unknown field": (
        {"phone_number": "+31612345678", "template_id": str(SMS), "colour": "red"},
        ["Additional properties are not allowed (colour was unexpected)"],
    ),
    "two things": (
        {"template_id": "x", "personalisation": []},
        [
            "template_id is not a valid UUID",
            "personalisation is not of type object",
            "phone_number is a required property",
        ],
    ),
    "no number": (
        {"phone_number": "geen", "template_id": str(SMS), "personalisation": {"name": "x"}},
        ["Not a valid phone number"],
    ),
    "unknown template": (
        {"phone_number": "+31612345678", "template_id": str(uuid4())},
        ["Template not found"],
    ),
    "wrong template": (
        {"phone_number": "+31612345678", "template_id": str(EMAIL), "personalisation": VALUES},
        ["email template is not suitable for sms notification"],
    ),
    "too long": (
        {"phone_number": "+31612345678", "template_id": str(SMS), "personalisation": {"name": "x" * 900}},
        ["Text messages cannot be longer than 918 characters. Your message is 928 characters"],
    ),
    "half a sign": (
        {"phone_number": "+31612345678", "template_id": str(SMS), "personalisation": {"name": ["a\ud83d"]}},
        ["Half of a surrogate pair is no character"],
    ),
    "half a sign in a name": (
        {"phone_number": "+31612345678", "template_id": str(SMS), "personalisation": {"\udc4d": "x"}},
        ["Half of a surrogate pair is no character"],
    ),
    "list in a list": (
        {"phone_number": "+31612345678", "template_id": str(SMS), "personalisation": {"name": [["a"]]}},
        ["name is a list in a list"],
    ),
    "no zone": (
        {
            "phone_number": "+31612345678",
            "template_id": str(SMS),
            "personalisation": {"name": "x"},
            "scheduled_for": "2026-12-01T09:00:00",
        },
        ["scheduled_for datetime format is invalid"],
    ),
    "reference of many bytes": (
        {
            "phone_number": "+31612345678",
            "template_id": str(SMS),
            "personalisation": {"name": "x"},
            "reference": "𠀀" * 501,
        },
        ["reference is too long"],
    ),
    "NUL": ({"phone_number": "\x00", "template_id": str(SMS)}, ["The character NUL is not allowed"]),
}


def test_what_is_wrong_is_said_field_by_field(office: Office) -> None:
    for body, messages in BAD.values():
        answer = office.ask("POST", "/v2/notifications/sms", json=body)
        assert answer.json()["status_code"] == answer.status_code == 400
        assert sorted(each["message"] for each in answer.json()["errors"]) == sorted(messages)
    for text in ("", "{", "[]", "\xff", '"x"', "[" * 100_000):
        answer = office.ask("POST", "/v2/notifications/email", data=text.encode("latin-1"))
        assert (answer.status_code, set(answer.json())) == (400, {"status_code", "errors"})
    mail = {"email_address": "geen adres", "template_id": str(EMAIL), "personalisation": VALUES}
    assert office.ask("POST", "/v2/notifications/email", json=mail).json()["errors"][0]["error"] == "InvalidEmailError"
    short = {"template_id": str(LETTER), "personalisation": {"address_line_1": "N. de Vries"}}
    assert "at least 3 lines" in office.ask("POST", "/v2/notifications/letter", json=short).text
    no_pdf = {"reference": "x", "content": base64.b64encode(b"<html>").decode()}
    assert "not a valid PDF" in office.ask("POST", "/v2/notifications/letter", json=no_pdf).text
    assert office.ask("GET", "/v2/notifications/x").status_code == 400
    assert office.ask("GET", f"/v2/notifications/{uuid4()}").json()["errors"][0]["error"] == "NoResultFound"
    assert office.ask("GET", "/v2/nothing").json()["status_code"] == 404
    posted = {"reference": "x", "content": "JVBERi0=", "postage": "pigeon"}
    postage = office.ask("POST", "/v2/notifications/letter", json=posted).json()["errors"]
    most = "first, second, economy, netherlands, europe, rest-of-world"
    assert postage == [{"error": "ValidationError", "message": f"postage invalid. It must be one of {most}."}]
    with connect(office.trip.url) as connection:
        blank = {**TEMPLATES[1], "id": uuid4(), "body": "((name))"}
        load_template(ClientStore(connection), client_id=office.id, file=blank, now=utc_now())
    empty = {"phone_number": "0612345678", "template_id": str(blank["id"]), "personalisation": {"name": " "}}
    assert office.ask("POST", "/v2/notifications/sms", json=empty).json()["errors"] == [
        {"error": "BadRequestError", "message": "Your message is empty."}
    ]


def test_what_takes_too_long_is_said_so_before_the_client_gives_up(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool: Pool = office.app.extensions["balie_pool"]
    lend = pool.reading

    @contextmanager
    def in_haste(timeout: float | None = None) -> Iterator[Connection]:
        with lend(timeout) as lent:
            assert lent.execute("show statement_timeout").fetchone() == {"statement_timeout": "25s"}
            lent.execute("set statement_timeout = '20ms'")
            try:
                yield lent
            finally:
                lent.execute("reset statement_timeout")

    monkeypatch.setattr(pool, "reading", in_haste)
    with connect(office.trip.url) as blocker:
        blocker.execute("lock table notify.clients in access exclusive mode")
        late = office.ask("GET", "/v2/notifications")
    assert (late.status_code, late.json()["errors"][0]["error"]) == (504, "QueryCanceled")


def test_who_may_not_come_in_hears_why(office: Office) -> None:
    path = "/v2/notifications"
    nobody = requests.get(f"{office.base}{path}", timeout=5)
    assert (nobody.status_code, nobody.json()["errors"][0]["error"]) == (401, "AuthError")
    basic = requests.get(f"{office.base}{path}", headers={"Authorization": "Basic x"}, timeout=5)
    assert basic.status_code == 401
    now = int(utc_now().timestamp())
    refused = {
        "x": "signature, api token is not valid",
        office.token(iss=None): "iss field not provided",
        office.token(iss="x"): "service id is not the right data type",
        office.token(iss=str(uuid4())): "service not found",
        office.token(secret=str(uuid4())): "API key not found",
        office.token(algorithm="HS512", secret="x" * 64): "algorithm used is not HS256",
        office.token(iat=now - 40, secret=str(uuid4())): "accurate to within 30 seconds",
        office.token(iat=now - 40): "accurate to within 30 seconds",
        office.token(iat=now + 40): "accurate to within 30 seconds",
        office.token(iat="x"): "accurate to within 30 seconds",
        office.token(iat=10**400): "accurate to within 30 seconds",
        with_header(office.token(), crit=1): "API key not found",
    }
    for token, why in refused.items():
        answer = office.ask("GET", path, token=token)
        assert answer.status_code == 403
        assert why in answer.json()["errors"][0]["message"]
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode().rstrip("=")
    forged = ".".join([none, office.token().split(".")[1], ""])
    assert office.ask("GET", path, token=forged).status_code == 403
    with connect(office.trip.url) as connection:
        assert ClientStore(connection).revoke_key(office.id, name="sleutel-live", now=utc_now())
    assert "API key revoked" in office.ask("GET", path).json()["errors"][0]["message"]


def with_header(token: str, **more: object) -> str:
    """The token with more in its header, so that its signature is none."""
    header = json.dumps({"alg": "HS256", **more}).encode()
    return ".".join([base64.urlsafe_b64encode(header).decode().rstrip("="), *token.split(".")[1:]])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sanitise_content_for": [1]}, "sanitise_content_for 0 is not of type string"),
        ({"sanitise_content_for": None}, "sanitise_content_for None is not of type array"),
        *(
            ({"one_click_unsubscribe_url": url}, "one_click_unsubscribe_url is not a valid https url")
            for url in (
                "http://a.example",
                "https://a.example/>,<mailto:b@a.example",
                "https://a.example/é",
                "https://a.example/\n",
            )
        ),
        ({"one_click_unsubscribe_url": f"https://a.example/{'x' * 900}"}, "one_click_unsubscribe_url is too long"),
        (
            {"personalisation": {**VALUES, "name": "a " * 600}},
            "Subjects cannot be longer than 998 characters. Your subject is 1213 characters",
        ),
        (
            {"personalisation": {**VALUES, "day": "a" * 2_000_000}},
            "Emails cannot be longer than 2000000 characters. Your message is 2000078 characters",
        ),
    ],
)
def test_an_e_mail_that_no_mail_program_reads_is_refused(
    office: Office, change: dict[str, object], message: str
) -> None:
    body = {"email_address": "noor@example.org", "template_id": str(EMAIL), "personalisation": VALUES, **change}
    answer = office.ask("POST", "/v2/notifications/email", json=body)
    assert (answer.status_code, [each["message"] for each in answer.json()["errors"]]) == (400, [message])


def test_a_letter_of_more_than_a_book_is_refused_and_a_path_with_a_backslash_is_none_of_that(office: Office) -> None:
    with connect(office.trip.url) as connection:
        long = {**TEMPLATES[2], "id": uuid4(), "body": "((text))"}
        load_template(ClientStore(connection), client_id=office.id, file=long, now=utc_now())
    body = {"template_id": str(long["id"]), "personalisation": {**ADDRESS, "text": "a" * 100_001}}
    refused = office.ask("POST", "/v2/notifications/letter", json=body).json()["errors"][0]["message"]
    assert refused == "Letters cannot be longer than 100000 characters. Your message is 100001 characters"
    body["personalisation"] = {**ADDRESS, "text": r"C:\u0000"}
    body["reference"] = "".join(map(chr, range(0x100, 0x100 + 1000)))  # so many bytes as an index must hold
    assert office.ask("POST", "/v2/notifications/letter", json=body).json()["content"]["body"] == r"C:\u0000"


def test_one_client_sees_nothing_of_another(office: Office) -> None:
    sent = office.client().send_sms_notification("+31612345678", str(SMS), personalisation={"name": "x"})
    with connect(office.trip.url) as connection:
        store = ClientStore(connection)
        other = Client(id=uuid4(), name="Ander", sms_sender="Ander")
        store.add(other)
        key = add_key(store, client=other, name="k", key_type=KeyType.LIVE, ring=Keyring(KEY))
    stranger = NotificationsAPIClient(key, base_url=office.base)
    assert stranger.get_all_notifications()["notifications"] == []
    assert stranger.get_all_templates()["templates"] == []
    for look in (
        lambda: stranger.get_notification_by_id(sent["id"]),
        lambda: stranger.get_template(str(SMS)),
        lambda: office.client().get(f"service/{other.id}/template/{SMS}/versions"),
    ):
        with pytest.raises(HTTPError) as refused:
            look()
        assert refused.value.status_code == 404
    with pytest.raises(HTTPError, match="Template not found"):
        stranger.send_sms_notification("+31612345678", str(SMS), personalisation={"name": "x"})
