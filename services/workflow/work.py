"""Puts together what has no web door, and so loads little: the worker, the migration, and tokens made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Thread

from services.workflow.audit import Verdict, verify
from services.workflow.desk import give_teams
from services.workflow.inbox import inbox
from services.workflow.people import find_person, make_token, remember_person
from services.workflow.settings import Migration, Work
from services.workflow.timekeeping import keep_time
from shared import database
from shared.access import Person
from shared.bus.worker import run_worker
from shared.clock import utc_now
from shared.settings import read


def work() -> None:
    """Handle facts, and let timers go off beside it, until told to stop."""
    settings = read(Work)
    wanted = {"database_url": settings.database_url, "staff_url": settings.workflow_url.rstrip("/")}
    Thread(target=keep_time, kwargs=wanted, name="timers", daemon=True).start()
    run_worker(inbox, database_url=settings.database_url, valkey_url=settings.valkey_url)


def migrate() -> list[str]:
    """Bring the tables up to date; name the files that ran."""
    folder = Path(__file__).parent / "migrations"
    url = read(Migration).database_url
    done = database.migrate(url, folder=folder, schema="workflow")
    with database.connect(url) as connection:
        give_teams(connection)
    return done


def check_audit(*, head: str | None) -> Verdict:
    """Check that the audit log is as it was written, and still holds the row with this hash."""
    with database.connect(read(Migration).database_url) as connection:
        return verify(connection, head=head)


def token(subject: str, *, groups: list[str]) -> str:
    """Make an API token for a person by hand, and give it this once; for machines without a browser.

    The groups of who signed in before change only when new ones are given.
    """
    stranger = Person(subject=subject, name=subject.capitalize(), email="", groups=frozenset())
    now = utc_now()
    with database.connect(read(Migration).database_url) as connection:
        person = find_person(connection, subject=subject) or stranger
        if groups:
            person = replace(person, groups=frozenset(groups))
        remember_person(connection, person=person, now=now)
        return make_token(connection, person=person, label="made by hand", now=now)
