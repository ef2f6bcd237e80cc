"""A workflow service on a fresh database, with people who signed in and a way to fill it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.workflow import main
from services.workflow.actions import handling, hearing
from services.workflow.desk import open_desk
from services.workflow.inbox import inbox
from services.workflow.people import make_token, remember_person
from services.workflow.ports import Desk
from services.workflow.settings import Settings
from services.workflow.web.office import Office
from shared.access import Person
from shared.catalogue.versions import remember
from shared.database import Connection, connect, open_pool
from shared.events import SubmissionReceived
from tests.conftest import Database
from tests.keys import SEALING_KEYS
from tests.services.workflow.town import EVERYONE, NOW, REFERENCE, objecten, submission


@dataclass
class Town:
    """The service with its database; `now` is when the helpers do what they do."""

    app: Flask
    url: str
    now: datetime = NOW
    tokens: dict[str, str] = field(default_factory=dict)

    def client(self, person: Person | None = None) -> FlaskClient:
        """A browser in which this person signed in, or nobody."""
        client = self.app.test_client()
        if person:
            with client.session_transaction() as session:
                session.update(
                    subject=person.subject,
                    name=person.name,
                    email=person.email,
                    groups=sorted(person.groups),
                    language="nl",
                    shortcuts=True,
                    until=4_000_000_000,
                )
        return client

    def bearer(self, person: Person) -> dict[str, str]:
        """The headers of another system that acts for this person."""
        return {"Authorization": f"Bearer {self.tokens[person.subject]}"}

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A transaction on the database of the service."""
        with connect(self.url) as connection:
            yield connection

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """A desk for one action."""
        with self.connection() as connection:
            yield open_desk(connection, now=self.now)

    def receive(self, said: SubmissionReceived | None = None) -> str:
        """Have an application come in; give its reference."""
        said = said or submission()
        with self.connection() as connection:
            remember(connection, objecten())
            hearing.open_case(said, now=self.now, desk=open_desk(connection, now=self.now))
        return said.reference

    def hear(self, *facts: object) -> None:
        """Have facts come in."""
        with self.connection() as connection:
            for fact in facts:
                inbox.handle(connection, fact, now=self.now)

    def claimed(self, person: Person, reference: str = REFERENCE) -> str:
        """Have a case come in that this person takes."""
        self.receive(submission(reference))
        with self.desk() as desk:
            handling.claim(reference, person=person, now=self.now, desk=desk)
        return reference

    def rows(self, query: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        """What the database holds."""
        with self.connection() as connection:
            return connection.execute(query, parameters or []).fetchall()


def make_app(*, issuer: str, secret: str) -> Flask:
    """The service without a database yet; one app serves many tests, since its templates are compiled once."""
    return main.make_web(
        Settings(
            database_url="",
            valkey_url="",
            secret_key=secrets.token_hex(16),
            files=Path("no-files-yet"),
            files_key=secrets.token_hex(16),
            sealing_keys=SEALING_KEYS,
            workflow_url="http://localhost",
            forms_url="http://forms.example",
            notify_url="http://notify.example",
            oidc_issuer=issuer,
            oidc_client_id="workflow",
            oidc_client_secret=secret,
            rate_limits=False,
        )
    )


@contextmanager
def open_town(app: Flask, *, database: Database) -> Iterator[Town]:
    """The service on this database, with everyone known and no cases."""
    made = Town(app=app, url=database.dsn("workflow"))
    with connect(made.url) as connection:
        for person in EVERYONE:
            remember_person(connection, person=person, now=NOW)
            made.tokens[person.subject] = make_token(connection, person=person, label="test", now=NOW)
    office: Office = app.extensions["balie_workflow"]
    with open_pool(made.url, size=6) as pool:
        app.extensions["balie_workflow"] = replace(office, pool=pool)
        yield made


@pytest.fixture(scope="session")
def app() -> Flask:
    """The service; nobody answers at its sign-in provider."""
    return make_app(issuer="http://127.0.0.1:9", secret="invented")


@pytest.fixture
def town(app: Flask, database: Database) -> Iterator[Town]:
    """The service, ready to be used."""
    with open_town(app, database=database) as made:
        yield made
