"""A browser at which somebody signed in, without a sign-in provider."""

from __future__ import annotations

from flask import Flask, session
from flask.testing import FlaskClient

from services.forms.web.visitor import begin_session, identity_of
from shared.clock import utc_now


def browser_of(app: Flask, *, bsn: str) -> FlaskClient:
    """A browser at which this person signed in as surely as any product asks."""
    with app.test_request_context():
        begin_session(identity_of("person", number=bsn, level="hoog", name="Noor de Vries"), now=utc_now())
        visitor = session["visitor"]
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["visitor"] = visitor
    return client
