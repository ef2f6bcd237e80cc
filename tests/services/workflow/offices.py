"""An office in memory with its first case."""

from __future__ import annotations

from services.workflow.actions import handling, hearing
from shared.access import Person
from shared.events import SubmissionReceived
from tests.services.workflow.fakes import FakeDesk
from tests.services.workflow.town import NOW


def office_with(said: SubmissionReceived, *, taken_by: Person | None = None) -> FakeDesk:
    """An office where this application came in and somebody took the case; what was told of it is forgotten."""
    made = FakeDesk()
    hearing.open_case(said, now=NOW, desk=made.desk)
    if taken_by:
        handling.claim(said.reference, person=taken_by, now=NOW, desk=made.desk)
    made.told.clear()
    return made
