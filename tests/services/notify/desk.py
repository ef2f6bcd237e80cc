"""The staff who look at messages, and browsers in which they signed in."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from shared.access import Person


def somebody(subject: str, *groups: str) -> Person:
    """One of the people who work for the municipality."""
    email = f"{subject}@voorbeeld.example"
    return Person(subject=subject, name=subject.capitalize(), email=email, groups=frozenset(groups))


SAMIR = somebody("samir", "handler", "team:permits")
MILA = somebody("mila", "handler", "team:care")
YARA = somebody("yara", "front-desk")
BRAM = somebody("bram", "administrator", "functional-administrator")
RUUD = somebody("ruud")


def browser_of(app: Flask, person: Person | None) -> FlaskClient:
    """A browser in which this person signed in, or nobody."""
    client = app.test_client()
    if person:
        with client.session_transaction() as session:
            session.update(
                subject=person.subject,
                name=person.name,
                email=person.email,
                groups=sorted(person.groups),
                until=4_000_000_000,
            )
    return client
