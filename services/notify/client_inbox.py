"""The doors for what clients of the API sent: to hand over, and to make PDFs of."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from services.notify import client_actions as actions
from services.notify.client_ports import Intake, Printing, WayOut
from services.notify.client_store import ClientStore, NotificationStore
from services.notify.domain.notifications import Channel, Notification
from services.notify.outbox import TRIES_OF_A_DAY, in_turn, open_outbox, permanent
from services.notify.ports import UnknownNotificationError
from services.notify.stop_store import StopStore
from shared.bus.inbox import Inbox, PermanentError
from shared.database import Connection
from shared.post import BulkAccepted, ClientLetterAccepted, NotificationAccepted


def hear_clients(inbox: Inbox, *, out: Callable[[], WayOut]) -> None:
    """Let the door of notify hear what clients sent; `out` gives the way out, made in the process that sends."""

    @inbox.hears(NotificationAccepted, failures=TRIES_OF_A_DAY)
    @permanent
    @in_turn
    def send(connection: Connection, accepted: NotificationAccepted, *, now: datetime) -> None:
        notification = NotificationStore(connection).hold(accepted.notification_id)
        _send(accepted, notification=notification, connection=connection, now=now, out=out())

    @inbox.gives_up(NotificationAccepted)
    def give_up(connection: Connection, accepted: NotificationAccepted, *, now: datetime) -> None:
        give_up_on(connection, notification_id=accepted.notification_id, now=now)


def hear_client_letters(inbox: Inbox, *, printing: Printing) -> None:
    """Let the door of the press hear of the letters of clients."""

    @inbox.hears(ClientLetterAccepted, failures=TRIES_OF_A_DAY)
    @permanent
    def print_letter(connection: Connection, accepted: ClientLetterAccepted, *, now: datetime) -> None:
        letter = NotificationStore(connection).hold(accepted.notification_id)
        _print(letter, connection=connection, now=now, printing=printing)

    @inbox.gives_up(ClientLetterAccepted)
    def stop_printing(connection: Connection, accepted: ClientLetterAccepted, *, now: datetime) -> None:
        give_up_on(connection, notification_id=accepted.notification_id, now=now)


def print_or_send(
    accepted: BulkAccepted,
    *,
    notification_id: UUID,
    connection: Connection,
    now: datetime,
    out: Callable[[], WayOut],
    printing: Printing,
) -> None:
    """Make the PDF of a letter of a client, hand any other message over.

    Raises PermanentError, and what `hand_over` raises.
    """
    notification = NotificationStore(connection).hold(notification_id)
    if notification.channel is Channel.LETTER:
        _print(notification, connection=connection, now=now, printing=printing)
    else:
        _send(accepted, notification=notification, connection=connection, now=now, out=out())


def give_up_on(connection: Connection, *, notification_id: UUID, now: datetime) -> None:
    """Keep that nobody tries any more; what was wiped meanwhile needs nothing."""
    with suppress(UnknownNotificationError):
        notification = NotificationStore(connection).get(notification_id)
        actions.give_up(notification, now=now, intake=open_intake(connection, now=now))


def open_intake(connection: Connection, *, now: datetime) -> Intake:
    """Give what keeps and tells within this transaction."""
    outbox = open_outbox(connection, now=now)
    return Intake(notifications=NotificationStore(connection), register=outbox.register, tell=outbox.tell)


def _send(
    accepted: NotificationAccepted | BulkAccepted,
    *,
    notification: Notification,
    connection: Connection,
    now: datetime,
    out: WayOut,
) -> None:
    """Hand a message over.

    It waits in its lane for the end of the quiet hours of its channel, unless its client chose the moment itself.
    """
    quiet = None if notification.scheduled_for else out.quiet.get(notification.channel)
    due = quiet.ends(now) if quiet else None
    intake = open_intake(connection, now=now)
    if due:
        intake.tell(accepted, due=due)
        return
    if notification.channel is Channel.EMAIL and StopStore(connection).bounces(notification.recipient):
        out = out.without_mail
    client = ClientStore(connection).find(notification.client_id)
    if client is None:
        raise PermanentError("the client is gone")
    body = _body_of(notification, connection=connection)
    if not actions.hand_over(notification, client=client, body=body, now=now, intake=intake, out=out):
        StopStore(connection).add_refused(notification.id, now=now)


def _print(notification: Notification, *, connection: Connection, now: datetime, printing: Printing) -> None:
    body, intake = _body_of(notification, connection=connection), open_intake(connection, now=now)
    letter = actions.scan_letter(notification, now=now, intake=intake, printing=printing)
    actions.print_letter(letter, body=body, now=now, intake=intake, printing=printing)


def _body_of(notification: Notification, *, connection: Connection) -> str:
    """A text message is sent as it was filled in."""
    if notification.template_id is None or notification.channel is Channel.SMS:
        return ""
    version = notification.template_version
    return (
        ClientStore(connection)
        .template(notification.template_id, client_id=notification.client_id, version=version)
        .body
    )
