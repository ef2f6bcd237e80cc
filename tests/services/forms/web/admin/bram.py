"""Bram, who looks after the forms, and others of the staff who do not."""

from __future__ import annotations

import time
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

BRAM = {"subject": "bram", "name": "Bram de Wit", "groups": ["functional-administrator"]}
CARLA = {"subject": "carla", "name": "Carla Mol", "groups": ["functional-administrator"]}
SAMIR = {"subject": "samir", "name": "Samir Haddad", "groups": ["handler"]}


def browser_of(app: Flask, *, person: dict[str, object]) -> FlaskClient:
    """A browser in which this person signed in."""
    client = app.test_client()
    sign_in(client, person=person, until=int(time.time()) + 3600)
    return client


def sign_in(client: FlaskClient, *, person: dict[str, object], until: int) -> None:
    """Have the session as it is after signing in, until this moment (seconds since 1970)."""
    with client.session_transaction() as session:
        session.update({**person, "email": f"{person['subject']}@voorbeeld.example", "until": until})


AT = "/beheer/product/klein-evenement"


def begin(client: FlaskClient) -> str:
    """Begin a working copy; the text of its form."""
    client.post(f"{AT}/tekst")
    return text_on(client.get(f"{AT}/tekst").text)


def text_on(page: str) -> str:
    """The text in the first field of a page."""
    return unescape(page.partition("<textarea")[2].partition(">\n")[2].partition("</textarea>")[0])


def keep(client: FlaskClient, text: str, *, revision: int, name: str = "form.yaml") -> TestResponse:
    """Save one file of the working copy."""
    return client.post(f"{AT}/tekst/bewaar", data={"bestand": name, "tekst": text, "revision": revision})


def publish(client: FlaskClient, *, revision: int, **more: str) -> TestResponse:
    """Publish the working copy, at once unless another moment is given."""
    data = {"revision": revision, "when": "now", "because": "Duidelijker", **more}
    return client.post(f"{AT}/publiceren", data=data)


def title_for_residents(client: FlaskClient) -> str:
    """What a resident reads above the form."""
    return client.get("/klein-evenement").text.partition("<h1")[2].partition(">")[2].partition("<")[0]
