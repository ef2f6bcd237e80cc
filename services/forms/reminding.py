"""Whom a new day reminds: of a form that is erased soon, and of a form that somebody must still agree to."""

from __future__ import annotations

from datetime import date, datetime

from services.forms.actions.cosigning import remind_silent
from services.forms.actions.expiring import Tell, warn
from services.forms.cosign_store import CosignShelf
from services.forms.draft_store import take_due
from services.forms.ports import Links
from shared.database import Connection


def remind_people(connection: Connection, *, on: date, links: Links, tell: Tell, now: datetime) -> None:
    """Remind who must be; a second time the same day nobody is reminded again."""
    warn(take_due(connection, today=on, now=now), links=links, tell=tell)
    remind_silent(on, cosigns=CosignShelf(connection), links=links, tell=tell, now=now)
