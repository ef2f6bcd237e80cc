"""Closed cases and the people of the archive."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from services.workflow.actions import announcing, deciding, handling
from services.workflow.actions.records import approve_list, draw_up_list
from services.workflow.domain.decision import Draft
from services.workflow.people import make_token, remember_person
from services.workflow.records_store import RecordsStore
from services.workflow.retaining import record_closed
from shared.access import Person
from shared.bus import Courier
from shared.database import connect
from shared.events import SubmissionReceived
from tests.services.workflow.conftest import Town
from tests.services.workflow.fakes import FakeLetters
from tests.services.workflow.town import NOW, REFERENCE, SAMIR, notice, somebody, submission

HANNEKE: Final = somebody("hanneke", "Hanneke Prins", "records-manager")
JOOST: Final = somebody("joost", "Joost Vermeer", "records-manager")
LATER: Final = datetime(2028, 1, 10, 10, tzinfo=UTC)
"""The container of the tests went on 18 December 2026; its case may go a year and a day after."""
MONTH: Final = date(2027, 12, 1)


def closed(
    town: Town, reference: str = REFERENCE, *, result: str = "granted", said: SubmissionReceived | None = None
) -> str:
    """Have a case come in, be decided and announced, and its term of keeping worked out."""
    town.receive(said or submission(reference))
    with town.desk() as desk:
        handling.claim(reference, person=SAMIR, now=NOW, desk=desk)
    blocks = ("no-harm", "dates") if result == "granted" else ("safety",)
    with town.desk() as desk:
        draft = Draft(result=result, blocks=blocks, hearing="own_facts")  # type: ignore[arg-type]
        deciding.decide(reference, draft=draft, person=SAMIR, now=NOW, desk=desk, letters=FakeLetters())
        announcing.record_sent(notice("decision", at=NOW, reference=reference), now=NOW, desk=desk)
    with connect(town.url, autocommit=True) as connection:
        for person in (HANNEKE, JOOST):
            remember_person(connection, person=person, now=NOW)
            town.tokens[person.subject] = make_token(connection, person=person, label="test", now=NOW)
        record_closed(connection, now=NOW)
    return reference


def draw_up(town: Town, *, month: date = MONTH, person: Person = HANNEKE, now: datetime = LATER) -> UUID:
    """Draw up a list."""
    with town.connection() as connection:
        return draw_up_list(month, person=person, now=now, archive=RecordsStore(connection))


def approve(town: Town, list_id: UUID, *, person: Person = JOOST, now: datetime = LATER) -> list[str]:
    """Approve a list; give the cases that go."""
    with town.connection() as connection:
        tell = Courier(connection, now=now).tell
        return list(approve_list(list_id, person=person, now=now, archive=RecordsStore(connection), tell=tell))
