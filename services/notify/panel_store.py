"""Forgets who of the residents' panel was asked, once the last day to answer is over."""

from __future__ import annotations

from datetime import date

from shared.database import Connection


def forget_panel(connection: Connection, *, today: date) -> int:
    """Wipe the addresses of questionnaires that are over, and give how many; the message itself counts on."""
    statement = "update notify.messages set recipient = '' where kind = 'panel' and day < %s and recipient <> ''"
    return connection.execute(statement, [today]).rowcount
