"""Puts together what has no web door, and so loads little: the worker, the migration, and tokens made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from threading import Thread

from services.workflow.audit import Verdict, verify
from services.workflow.bulk_work import work_off
from services.workflow.desk import HouseLetters, give_teams
from services.workflow.inbox import inbox
from services.workflow.nightly import work_out_anew
from services.workflow.people import find_person, make_token, remember_person
from services.workflow.ports import Letters, Whole
from services.workflow.settings import Migration, Work
from services.workflow.timekeeping import keep_time
from services.workflow.trial_work import Crew, step_aside, work_trials
from shared import database
from shared.access import Person
from shared.bus.worker import run_worker
from shared.catalogue.municipality import standing_municipality
from shared.clock import utc_now
from shared.database import Connection
from shared.keyring import Keyring
from shared.law.calendar import local_date
from shared.log import logger
from shared.sealed import open_submission
from shared.settings import read


def work() -> None:
    """Handle facts, and let timers go off and runs over many cases go on beside it, until told to stop."""
    settings = read(Work)

    @cache
    def tools() -> tuple[Whole, Letters]:
        municipality = standing_municipality(settings.catalogue, database_url=settings.database_url)
        return partial(open_submission, keyring=Keyring(settings.sealing_keys)), HouseLetters(municipality)

    crew = Crew()

    def besides(connection: Connection, *, now: datetime) -> bool:
        crew.look(connection)
        return work_off(connection, now=now, tools=tools)

    wanted = {
        "database_url": settings.database_url,
        "staff_url": settings.workflow_url.rstrip("/"),
        "besides": besides,
    }
    Thread(target=keep_time, kwargs=wanted, name="timers", daemon=True).start()
    run_worker(inbox, database_url=settings.database_url, valkey_url=settings.valkey_url)


def do_trials() -> int:
    """Do what waits of rule trials, behind all else on this machine, and give how many parts it was."""
    step_aside()
    with database.connect(read(Migration).database_url, autocommit=True) as connection:
        return work_trials(connection)


def work_out_figures() -> None:
    """Work out the times of all cases, the indicators of all years and what will be late anew."""
    connect = partial(database.connect, read(Migration).database_url, autocommit=True)
    with connect() as connection, connect() as reader:
        logger.info("cases_timed", count=work_out_anew(connection, reader=reader, today=local_date(utc_now())))


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
