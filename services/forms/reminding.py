"""Whom a new day reminds: of a form that is erased soon, or that somebody must still agree to or pay for."""

from __future__ import annotations

from datetime import date, datetime

from services.forms.actions.cosigning import remind_silent
from services.forms.actions.expiring import Tell, warn
from services.forms.bill_store import BillShelf
from services.forms.cosign_store import CosignShelf
from services.forms.draft_store import take_due
from services.forms.ports import Links
from services.forms.unpaid_store import erase_unpaid, take_unpaid
from shared.database import Connection
from shared.events import UnpaidExpires
from shared.post import BoxChosen


def remind_people(connection: Connection, *, on: date, links: Links, tell: Tell, now: datetime) -> None:
    """Remind who must be; a second time the same day nobody is reminded again."""
    warn(take_due(connection, today=on, now=now), links=links, tell=tell)
    remind_silent(on, cosigns=CosignShelf(connection), links=links, tell=tell, now=now)


def end_unpaid(connection: Connection, *, today: date, days: int, tell: Tell) -> None:
    """Erase what was not paid in time, and warn who sent what is erased soon; again the same day changes nothing."""
    for reference in erase_unpaid(connection, today=today, days=days):
        tell(BoxChosen(reference=reference, sealed=None))
    for reference, keep_until in take_unpaid(connection, today=today, days=days):
        if untold := BillShelf(connection).untold(reference):
            tell(
                UnpaidExpires(
                    reference=reference,
                    title=untold.submission.title,
                    nature=untold.nature,
                    keep_until=keep_until,
                    contact=untold.contact,
                )
            )
