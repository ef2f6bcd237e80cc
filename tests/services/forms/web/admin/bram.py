"""Bram, who looks after the forms, and others of the staff who do not."""

from __future__ import annotations

import time

from flask import Flask
from flask.testing import FlaskClient

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
