"""The door for calls back to clients: its own queue, so that a client that does not answer delays no message."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from services.notify.callbacks import Call, Callback, HttpCaller, call_of, call_of_returned, call_of_text
from services.notify.client_queries import made_from
from services.notify.client_store import CallbackStore, NotificationStore
from services.notify.domain.clients import Hears, callback_about
from services.notify.domain.states import Status
from services.notify.phone_store import find_text
from services.notify.ports import RefusedError
from shared.bus.inbox import Inbox, PermanentError
from shared.database import Connection
from shared.keyring import Keyring
from shared.post import NotificationSettled, TextReceived
from shared.routes import CALLBACKS

FAILURES: Final = 84
"""Waits double from a second to an hour and stay there: with so many, a client has three days to mend it."""


def open_callback_inbox(caller: HttpCaller, *, ring: Keyring) -> Inbox:
    """Make the door; the ring opens the secrets of clients."""
    inbox = Inbox(CALLBACKS)

    def call(connection: Connection, told: Call, /, *, client_id: UUID, kind: Hears, now: datetime) -> None:
        if callback := _callback_of(client_id, kind=kind, connection=connection, ring=ring):
            try:
                caller.call(callback, call=told, now=now)
            except RefusedError as error:
                raise PermanentError(error.said) from None

    @inbox.hears(NotificationSettled, failures=FAILURES)
    def tell_end(connection: Connection, settled: NotificationSettled, /, *, now: datetime) -> None:
        notification = NotificationStore(connection).get(settled.notification_id)
        told, kind = call_of(notification), Hears.DELIVERY
        if notification.status is Status.RETURNED_LETTER:
            made = made_from(connection, notification_id=notification.id)
            told, kind = call_of_returned(notification, made=made), Hears.RETURNED
        call(connection, told, client_id=notification.client_id, kind=kind, now=now)

    @inbox.hears(TextReceived, failures=FAILURES)
    def tell_text(connection: Connection, received: TextReceived, /, *, now: datetime) -> None:
        if found := find_text(connection, text_id=received.text_id):
            client_id, text = found
            call(connection, call_of_text(text), client_id=client_id, kind=Hears.TEXT, now=now)

    return inbox


def _callback_of(client_id: UUID, *, kind: Hears, connection: Connection, ring: Keyring) -> Callback | None:
    """Give where a client hears of this; None: it wants to hear nothing of it."""
    kept = CallbackStore(connection).find(client_id, kind=kind)
    if kept is None:
        return None
    about = callback_about(client_id, kind=kind)
    return Callback(
        url=kept["url"],
        secret=ring.open(kept["sealed_secret"], about=about),
        bearer=ring.open(kept["sealed_bearer"], about=about) if kept["sealed_bearer"] else None,
    )
