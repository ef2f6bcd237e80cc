"""Every page, list, search, table, message of the API and file: a case of another team is in none of them.

The case is put where each of them looks: it lies with the reader, who follows it and is named in a note of it; it
stands beside a case of the reader's own team, and waits for advice, for a court, and for what was foretold.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from psycopg.types.json import Jsonb
from werkzeug.routing import Rule

from services.workflow.actions import hearing
from services.workflow.desk import open_desk
from services.workflow.people import make_token, remember_person
from shared.access import EVERYTHING, Permission, Person, Role, scope_of
from shared.catalogue.versions import remember
from shared.clock import utc_now
from shared.database import Connection
from shared.ids import new_id
from shared.law.calendar import local_date
from shared.vault import Vault
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import objecten, somebody, submission
from tests.services.workflow.web.filed import sent
from tests.services.workflow.web.test_looks import CARD, application
from tests.services.workflow.web.test_who_may import ARGUMENTS, doors

OWN: Final = "Z-2026-2222-2222"
OTHER: Final = "Z-2026-3333-3333"
"""An object on the street lies with team permits, a disability parking card with team care."""
NAME: Final = "Xanthippe Zwart"
PAPER: Final = UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e71")
"""A file of the other case."""
SECRETS: Final = (OTHER, NAME, "pasfoto-71.png")

PEOPLE: Final = [somebody(f"leak-{role.value}", f"A {role.value}", role.value, "team:permits") for role in Role]
EVERYWHERE: Final = somebody("leak-all", "Everywhere", "handler", "adviser", "lead", "team:*")

LISTS: Final = {
    "worklist.show": ("lijst", "q"),
    "taking.as_csv": ("lijst", "q"),
    "taking.as_workbook": ("lijst", "q"),
    "api.cases": ("view", "q"),
}
"""The doors that take a list or a search in their address, and what they call these."""
VIEWS: Final = ("mine", "mentioned", "followed", "appeals", "escalated", "all")
WORDS: Final = (NAME, OTHER, "zwart", "zwrat")
SHOWS_IT: Final = {
    *LISTS,
    "case.show",  # what stands beside it
    "advice.mine",
    "foretelling.show",
}
"""The doors that show this case to who may see it: a trap that catches nothing is none."""


@pytest.fixture
def trap(town: Town, vault: Vault) -> Town:
    """The two cases, and everything that leads to the other one but for who looks."""
    with town.connection() as connection:
        for product in (objecten(), CARD):
            remember(connection, product)
        for person in (*PEOPLE, EVERYWHERE):
            remember_person(connection, person=person, now=town.now)
            town.tokens[person.subject] = make_token(connection, person=person, label="test", now=town.now)
        desk = open_desk(connection, now=town.now)
        photo = sent(vault, PAPER, name="pasfoto-71.png", kind="image/png", question="photo")
        said = application(OTHER)
        party = replace(said.applicant, name=NAME)
        marks = ("the same person",)
        hearing.open_case(replace(submission(OWN), same_person=marks), now=town.now, desk=desk)
        other = replace(said, files=(photo,), applicant=party, same_person=marks)
        hearing.open_case(other, now=town.now, desk=desk)
        _lead_to(connection, case_id=_number(connection))
    return town


def _number(connection: Connection) -> UUID:
    row = connection.execute("select id from workflow.cases where reference = %s", [OTHER]).fetchone()
    assert row is not None
    number: UUID = row["id"]
    return number


def _lead_to(connection: Connection, *, case_id: UUID) -> None:
    """Link it to the first case, ask advice of a colleague, have it in court, foretold and told of as late."""
    now, who = utc_now(), EVERYWHERE.subject
    today = local_date(now)
    connection.execute("update workflow.cases set parent = %s, kind = 'objection' where id = %s", [OWN, case_id])
    connection.execute(
        """
        insert into workflow.advice (id, case_id, adviser, name, email, question, questions, files, asked_by, asked_at,
                                     answer_by)
        values (%s, %s, '', 'A colleague', '', 'What do you think?', '{}', '{}', %s, %s, %s)
        """,
        [new_id(), case_id, who, now, today + timedelta(days=9)],
    )
    connection.execute(
        "insert into workflow.appeals (id, case_id, about, number, lodged_on, who, at) "
        "values (%s, %s, 'late', 'AMS 26/1', %s, %s, %s)",
        [new_id(), case_id, today, who, now],
    )
    connection.execute(
        "insert into workflow.foretold (case_id, product, deadline, age, taken, chance, basis, alike, late) "
        "values (%s, %s, %s, 10, true, 0.9, 'product', 90, 81)",
        [case_id, CARD.id, today + timedelta(days=9)],
    )
    connection.execute("insert into workflow.outlooks (what_if, foretold_on) values ('', %s)", [today])
    connection.execute(
        "insert into workflow.timers (case_id, what, key, due, state, fired_at) "
        "values (%s, 'escalate', 'statutory:1:handler', %s, 'fired', %s)",
        [case_id, now, now],
    )


def _hold(town: Town, person: Person) -> None:
    """Have the case lie with this person, who follows it and is named in a note of it."""
    with town.connection() as connection:
        case_id, now = _number(connection), utc_now()
        mentions = Jsonb({"text": "Kijk eens", "mentions": [person.subject]})
        connection.execute("update workflow.cases set handler = %s, status = 'in_progress'", [person.subject])
        connection.execute(
            "insert into workflow.watches (subject, case_id, since) values (%s, %s, %s)", [person.subject, case_id, now]
        )
        connection.execute(
            "insert into workflow.timeline (case_id, kind, at, who, details) values (%s, 'note', %s, %s, %s)",
            [case_id, now, EVERYWHERE.subject, mentions],
        )


def addresses(town: Town, *, rule: Rule) -> Iterator[str]:
    """The address behind a door, with the reader's own case and the file of the other; of a list, many of them."""
    values: Mapping[str, Any] = {**ARGUMENTS, "reference": OWN, "file_id": PAPER}
    with town.app.test_request_context():
        chosen = {name: values[name] for name in rule.arguments}
        yield town.app.url_for(rule.endpoint, **chosen)
        if rule.endpoint in LISTS:
            view, q = LISTS[rule.endpoint]
            for name in VIEWS:
                yield town.app.url_for(rule.endpoint, **chosen, **{view: name})
            for word in WORDS:
                yield town.app.url_for(rule.endpoint, **chosen, **{view: "all", q: word})


def read(client: FlaskClient, *, address: str, headers: Mapping[str, str]) -> tuple[int, str]:
    """What comes back, with what it leads to: of a workbook, what stands in its parts."""
    with client.get(address, headers=headers) as answer:
        found = f"{answer.location or ''} {answer.get_data(as_text=False).decode(errors='replace')}"
        if answer.data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
                found = " ".join(book.read(name).decode(errors="replace") for name in book.namelist())
        return answer.status_code, found.replace(address, "")  # a search is said again on its page


def looked_through(town: Town, person: Person) -> Iterator[tuple[str, str, int, str]]:
    """Each door that is looked through, its address, and what this person gets there."""
    client = town.client(person)
    for rule, method in doors(town):
        if method == "GET":
            for address in addresses(town, rule=rule):
                headers = town.bearer(person) if address.startswith("/api/") else {}
                yield rule.endpoint, address, *read(client, address=address, headers=headers)


def secrets_in(text: str, *, address: str) -> Sequence[str]:
    """What is told of the other case beyond what the address itself says."""
    return [secret for secret in SECRETS if secret in text and secret.replace(" ", "+") not in address]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.subject)
def test_no_door_tells_of_a_case_that_its_reader_may_not_see(trap: Town, person: Person) -> None:
    if scope_of(person, permission=Permission.SEE_CASES) == EVERYTHING:
        pytest.skip("sees every case")
    _hold(trap, person)
    for endpoint, address, status, text in looked_through(trap, person):
        assert secrets_in(text, address=address) == [], (endpoint, address)
        if str(PAPER) in address:
            assert status in (403, 404), (endpoint, address)


def test_who_may_see_it_is_led_to_it_from_each_of_these_doors(trap: Town) -> None:
    _hold(trap, EVERYWHERE)
    found = {
        endpoint for endpoint, address, _, text in looked_through(trap, EVERYWHERE) if secrets_in(text, address=address)
    }
    assert found >= SHOWS_IT
