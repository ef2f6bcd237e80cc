"""What every view has at hand: the database, the municipality, who is asking, and what day it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request, session

from services.workflow.desk import HouseLetters, open_desk, record_acts
from services.workflow.people import Choices, find_by_token
from services.workflow.ports import Desk, Whole
from shared.access import Permission, Person, Scope, may, permission_of, rooms_of, scope_of
from shared.catalogue.definitions import Municipality
from shared.clock import utc_now
from shared.database import Connection, Pool, transaction
from shared.events import Language
from shared.law.calendar import local_date
from shared.staff import begin_staff_session, ended_subject, staff_in_session
from shared.vault import Vault

F = TypeVar("F", bound=Callable[..., Any])

_KEY = "balie_workflow"
_HELD = "held"


@dataclass(frozen=True, kw_only=True)
class Office:
    """The parts that live as long as the process; `address` is where browsers find this service.

    `whole` opens what is sealed of an application, `unseal` what else is. `cents_a_day` is what a day of waiting costs.
    After `transfer_years` the archive has what is kept for ever.
    """

    pool: Pool
    municipality: Municipality
    address: str
    session_seconds: int
    vault: Vault
    whole: Whole
    unseal: Callable[..., Any]
    cents_a_day: int = 400
    transfer_years: int = 20


def furnish(app: Flask, *, office: Office) -> None:
    """Give the app its office, and each page its reader."""
    app.extensions[_KEY] = office
    app.context_processor(_for_pages)


def office() -> Office:
    """Give the office of the app at work."""
    return cast(Office, current_app.extensions[_KEY])


@contextmanager
def reading() -> Iterator[Connection]:
    """Lend a connection for reading, or for changes that need no desk; a page that holds one gets the same again.

    A page that took a second one would wait for itself once all are lent.
    """
    held = g.get(_HELD)
    if held is not None:
        yield held
        return
    with transaction(office().pool) as connection, _held(connection):
        yield connection


@contextmanager
def acting() -> Iterator[Desk]:
    """Lend a desk for one action: all of it is kept, with a row in the audit log for each case, or nothing.

    It is a desk for the cases to which the reader may do what the door asks.
    """
    with acting_over() as (_, desk):
        yield desk


@contextmanager
def acting_over() -> Iterator[tuple[Connection, Desk]]:
    """Lend such a desk with the connection of its transaction, for what is kept beside the cases.

    The rows of the audit log, for which all others wait, go to the database in one message with the commit.
    """
    pool = office().pool
    with pool.reading() as connection, ExitStack() as sending, connection.transaction(), _held(connection):
        desk = open_desk(connection, now=now(), whole=office().whole, scope=scope_here())
        yield connection, desk
        sending.enter_context(connection.pipeline())
        record_acts(connection, desk=desk, who=me().subject, act=str(request.endpoint), at=now())


@contextmanager
def _held(connection: Connection) -> Iterator[None]:
    """Let the page at work know which connection it holds."""
    setattr(g, _HELD, connection)
    try:
        yield
    finally:
        g.pop(_HELD, None)


def scope_here() -> Scope:
    """Give the cases to which the reader may do what this door asks; one that asks none lets them look at their own."""
    asked = permission_of(current_app.view_functions[str(request.endpoint)])
    permission = Permission.SEE_CASES if asked in (None, Permission.SIGNED_IN) else asked
    return scope_of(me(), permission=permission)


def database_answers() -> bool:
    """Say whether the database does its work."""
    with office().pool.reading() as connection:
        return connection.execute("select 1").fetchone() is not None


def letters(*, stylesheet: str | None = None) -> HouseLetters:
    """Give the municipality's letters."""
    return HouseLetters(office().municipality, stylesheet=stylesheet)


def shown_by(endpoint: str) -> Callable[[F], F]:
    """Name the page that shows the form which this door handles, so that what was typed can come back there."""

    def mark(view: F) -> F:
        view.balie_page = endpoint  # type: ignore[attr-defined]
        return view

    return mark


def page_of(view: object) -> str | None:
    """Give the page that a door was marked with."""
    return cast(str | None, getattr(view, "balie_page", None))


def now() -> datetime:
    """Give the instant of this request (UTC)."""
    if "now" not in g:
        g.now = utc_now()
    return cast(datetime, g.now)


def today() -> date:
    """Give the calendar day of this request in the Netherlands."""
    return local_date(now())


def me() -> Person:
    """Give who is asking, at a door that lets nobody else in."""
    person = find_person()
    if person is None:
        raise LookupError("this door must declare a permission")
    return person


def find_person() -> Person | None:
    """Give who is asking: by token at the API, by session at the pages; None when nobody signed in."""
    if "person" not in g:
        g.person = _by_token() if request.path.startswith("/api/") else staff_in_session(now())
    return cast(Person | None, g.person)


def start_session(person: Person, *, choices: Choices) -> None:
    """Begin a session; it ends by itself after the set time."""
    session.clear()
    begin_staff_session(person, now=now(), seconds=office().session_seconds)
    remember_choices(choices)
    g.pop("person", None)


def remember_choices(choices: Choices) -> None:
    """Have the screens follow what was chosen."""
    session.update(language=choices.language, shortcuts=choices.shortcuts)


def choices() -> Choices:
    """Give what the person chose for the screens."""
    return Choices(language=screen_language(), shortcuts=bool(session.get("shortcuts", True)))


def screen_language() -> Language:
    """Give the language of the screens: Dutch, unless the person chose English."""
    return "en" if session.get("language") == "en" else "nl"


def expired_subject() -> str | None:
    """Give whose session has ended by itself; only our own signature can say so."""
    return ended_subject(now())


def _for_pages() -> dict[str, Any]:
    reader = find_person()
    return {
        "reader": reader,
        "shortcuts": choices().shortcuts,
        "sees_cases": may(reader, permission=Permission.SEE_CASES),
        "works_cases": may(reader, permission=Permission.WORK_CASES),
        "assigns_cases": may(reader, permission=Permission.ASSIGN_CASES),
        "gives_advice": may(reader, permission=Permission.GIVE_ADVICE),
        "sees_looks": may(reader, permission=Permission.SEE_LOOKS),
        "manages_records": may(reader, permission=Permission.MANAGE_RECORDS),
        "sees_figures": may(reader, permission=Permission.SEE_FIGURES),
        "keeps_indicators": may(reader, permission=Permission.KEEP_INDICATORS),
        "answers_residents": may(reader, permission=Permission.ANSWER_RESIDENTS),
        "tries_rules": may(reader, permission=Permission.TRY_RULES),
        "routes_cases": may(reader, permission=Permission.ROUTE_CASES),
        "keeps_routes": may(reader, permission=Permission.KEEP_ROUTES),
        "sees_messages": may(reader, permission=Permission.SEE_MESSAGES),
        "mends_messages": may(reader, permission=Permission.MEND_MESSAGES),
        "rooms": rooms_of(reader, sites=current_app.config["SITES"]),
    }


def _by_token() -> Person | None:
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        return None
    with office().pool.reading() as connection:
        return find_by_token(connection, token=given.token)
