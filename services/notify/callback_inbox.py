"""The door for calls back to clients: its own queue, so that a client that does not answer delays no message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from services.notify.calling_back import Line, call_back
from services.notify.callings import Calling, calling_of_case, calling_of_end, calling_of_text
from services.notify.ports import RefusedError, UnknownNotificationError
from shared.bus.inbox import Inbox, PermanentError
from shared.database import Connection
from shared.post import CallOrdered, NotificationSettled, TextReceived
from shared.routes import CALLBACKS

FAILURES: Final = 84
"""Waits double from a second to an hour and stay there: with so many, a client has three days to mend it."""


def open_callback_inbox(line: Line, *, cases: str) -> Inbox:
    """Make the door; `cases` is the address where staff finds cases."""
    inbox = Inbox(CALLBACKS)

    def call(connection: Connection, find: Callable[[], Calling], /, *, now: datetime) -> None:
        try:
            call_back(find(), connection=connection, line=line, now=now)
        except RefusedError as error:
            raise PermanentError(error.said) from None
        except UnknownNotificationError:
            raise PermanentError("it was wiped") from None

    @inbox.hears(NotificationSettled, failures=FAILURES)
    def tell_end(connection: Connection, settled: NotificationSettled, /, *, now: datetime) -> None:
        call(connection, lambda: calling_of_end(connection, notification_id=settled.notification_id), now=now)

    @inbox.hears(TextReceived, failures=FAILURES)
    def tell_text(connection: Connection, received: TextReceived, /, *, now: datetime) -> None:
        call(connection, lambda: calling_of_text(connection, text_id=received.text_id), now=now)

    @inbox.hears(CallOrdered, failures=FAILURES)
    def tell_case(connection: Connection, ordered: CallOrdered, /, *, now: datetime) -> None:
        call(connection, lambda: calling_of_case(ordered, cases=cases), now=now)

    return inbox
