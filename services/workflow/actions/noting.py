"""Writing an internal note on a case; a note is never changed, only added to."""

from __future__ import annotations

from datetime import datetime

from services.workflow.domain.note import Note
from services.workflow.ports import Desk
from shared.access import Person


def add_note(reference: str, *, note: Note, person: Person, now: datetime, desk: Desk) -> None:
    """Put the note on the timeline, also of a case that is over.

    Raises:
        UnknownCaseError: there is no such case for this person.
    """
    case = desk.cases.lock(reference)
    details = {"text": note.text, "mentions": list(note.mentions), "follows": note.follows}
    desk.cases.note(case, kind="note", at=now, who=person.subject, details=details)
