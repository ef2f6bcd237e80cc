"""The end of a case: the workflow orders that everything of it goes, and each service says that nothing is left."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from shared.wire import event


@event(version=1)
class CaseDestructionOrdered:
    """Everything of this case goes: its term of keeping is over, and two people approved it (Archiefbesluit 8)."""

    reference: str
    at: datetime


@event(version=1)
class CaseDestroyed:
    """A service has nothing left of this case; `rows` and `files` are what it destroyed."""

    reference: str
    service: Literal["forms", "workflow", "notify"]
    at: datetime
    rows: int
    files: int
