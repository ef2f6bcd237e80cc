"""The doors for what clients of the API sent: to hand over, and to make PDFs of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from services.notify import client_actions as actions
from services.notify.client_ports import Intake, Printing, WayOut
from services.notify.client_store import ClientStore, NotificationStore
from services.notify.domain.notifications import Channel, Notification
from services.notify.file_store import SharedFiles
from services.notify.outbox import TRIES_OF_A_DAY, open_outbox
from shared.bus.inbox import Inbox, PermanentError
from shared.database import Connection
from shared.events import DayBegan
from shared.post import ClientLetterAccepted, NotificationAccepted


def hear_clients(inbox: Inbox, *, out: Callable[[], WayOut]) -> None:
    """Let the door of notify hear what clients sent; `out` gives the way out, made in the process that sends."""

    @inbox.hears(NotificationAccepted, failures=TRIES_OF_A_DAY)
    def send(connection: Connection, accepted: NotificationAccepted, *, now: datetime) -> None:
        send_one(connection, notification_id=accepted.notification_id, now=now, out=out())

    @inbox.gives_up(NotificationAccepted)
    def give_up(connection: Connection, accepted: NotificationAccepted, *, now: datetime) -> None:
        give_up_on(connection, notification_id=accepted.notification_id, now=now)


def hear_client_letters(inbox: Inbox, *, printing: Printing) -> None:
    """Let the door of the press hear of the letters of clients, and of the day, on which files of theirs expire."""

    @inbox.hears(ClientLetterAccepted)
    def print_letter(connection: Connection, accepted: ClientLetterAccepted, *, now: datetime) -> None:
        print_one(connection, notification_id=accepted.notification_id, now=now, printing=printing)

    @inbox.hears(DayBegan)
    def throw_away(connection: Connection, began: DayBegan, *, now: datetime) -> None:  # noqa: ARG001 the day is told
        SharedFiles(connection).throw_away_expired(today=began.on, vault=printing.vault)


def send_one(connection: Connection, *, notification_id: UUID, now: datetime, out: WayOut) -> None:
    """Hand over an e-mail or a text message of a client. Raises PermanentError, and what `hand_over` raises."""
    notification = NotificationStore(connection).get(notification_id)
    client = ClientStore(connection).find(notification.client_id)
    if client is None:
        raise PermanentError("the client is gone")
    body, intake = _body_of(notification, connection=connection), open_intake(connection, now=now)
    actions.hand_over(notification, client=client, body=body, now=now, intake=intake, out=out)


def is_letter(connection: Connection, *, notification_id: UUID) -> bool:
    """Tell whether what a client sent is to be printed."""
    return NotificationStore(connection).get(notification_id).channel is Channel.LETTER


def print_one(connection: Connection, *, notification_id: UUID, now: datetime, printing: Printing) -> None:
    """Make the PDF of a letter of a client."""
    notification = NotificationStore(connection).get(notification_id)
    body, intake = _body_of(notification, connection=connection), open_intake(connection, now=now)
    actions.print_letter(notification, body=body, now=now, intake=intake, printing=printing)


def give_up_on(connection: Connection, *, notification_id: UUID, now: datetime) -> None:
    """Keep that nobody tries any more."""
    actions.give_up(
        NotificationStore(connection).get(notification_id), now=now, intake=open_intake(connection, now=now)
    )


def open_intake(connection: Connection, *, now: datetime) -> Intake:
    """Give what keeps and tells within this transaction."""
    outbox = open_outbox(connection, now=now)
    return Intake(notifications=NotificationStore(connection), register=outbox.register, tell=outbox.tell)


def _body_of(notification: Notification, *, connection: Connection) -> str:
    if notification.template_id is None:
        return ""
    version = notification.template_version
    return (
        ClientStore(connection)
        .template(notification.template_id, client_id=notification.client_id, version=version)
        .body
    )
