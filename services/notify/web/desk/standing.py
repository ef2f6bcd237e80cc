"""How sending goes now: each system outside, each lane, and what failed. Loading the page again is all it needs."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.notify import standing_queries as queries
from services.notify.health_store import kept_healths
from services.notify.web.desk.room import Room
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.web import works

A_DAY: Final = timedelta(days=1)
SLOW: Final = timedelta(minutes=5)
"""What is due for longer waits for somebody to look."""


def open_standing(room: Room) -> Blueprint:
    """Make the door."""
    pages = Blueprint("standing", __name__)

    @pages.get("/berichten/stand")
    @allows(Permission.SEE_MESSAGES)
    def show() -> ResponseReturnValue:
        now = utc_now()
        with room.pool.reading() as connection:
            lanes = queries.lanes(connection, now=now)
            providers = queries.providers(connection, since=now - A_DAY)
            healths = kept_healths(connection, names=[each.name for each in room.systems])
            failed = queries.failed_since(connection, since=now - A_DAY)
            unheard = queries.unheard(connection, now=now)
        return render_template(
            "desk/standing.html",
            lanes=lanes,
            providers=providers,
            failed=failed,
            unheard=unheard,
            vault_works=works(room.vault_works),
            systems=[(each, works(each.answers), healths[each.name]) for each in room.systems],
            now=now,
            slow=now - SLOW,
            updated=now,
        )

    return pages
