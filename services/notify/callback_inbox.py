"""The door for calls back to clients: its own queue, so that a client that does not answer delays no message."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.notify.callbacks import Callback, HttpCaller
from services.notify.client_store import CallbackStore, NotificationStore
from services.notify.domain.clients import callback_about
from services.notify.ports import RefusedError
from shared.bus.inbox import Inbox, PermanentError
from shared.database import Connection
from shared.keyring import Keyring
from shared.post import NotificationSettled
from shared.routes import CALLBACKS

FAILURES: Final = 84
"""Waits double from a second to an hour and stay there: with so many, a client has three days to mend it."""


def open_callback_inbox(caller: HttpCaller, *, ring: Keyring) -> Inbox:
    """Make the door; the ring opens the secrets of clients."""
    inbox = Inbox(CALLBACKS)

    @inbox.hears(NotificationSettled, failures=FAILURES)
    def call(connection: Connection, settled: NotificationSettled, /, *, now: datetime) -> None:
        notification = NotificationStore(connection).get(settled.notification_id)
        kept = CallbackStore(connection).find(notification.client_id)
        if kept is None:
            return
        about = callback_about(notification.client_id)
        callback = Callback(
            url=kept["url"],
            secret=ring.open(kept["sealed_secret"], about=about),
            bearer=ring.open(kept["sealed_bearer"], about=about) if kept["sealed_bearer"] else None,
        )
        try:
            caller.call(callback, notification=notification, now=now)
        except RefusedError as error:
            raise PermanentError(error.said) from None

    return inbox
