"""The doors for what clients of the API sent: to hand over, and to make PDFs of."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from services.notify import client_actions as actions
from services.notify.client_ports import Held, Intake, Printing, WayOut
from services.notify.client_store import NotificationStore
from services.notify.domain.notifications import Channel
from services.notify.outbox import TRIES_OF_A_DAY, in_turn, open_outbox, permanent
from services.notify.ports import UnknownNotificationError
from services.notify.stop_store import StopStore
from shared.bus.inbox import Inbox
from shared.database import Connection
from shared.post import BulkAccepted, ClientLetterAccepted, NotificationAccepted


def hear_clients(inbox: Inbox, *, out: Callable[[], WayOut]) -> None:
    """Let the door of notify hear what clients sent; `out` gives the way out, made in the process that sends."""

    @inbox.hears(NotificationAccepted, failures=TRIES_OF_A_DAY)
    @permanent
    @in_turn
    def send(connection: Connection, accepted: NotificationAccepted, *, now: datetime) -> None:
        held = NotificationStore(connection).hold(accepted.notification_id)
        _send(accepted, held=held, connection=connection, now=now, out=out())

    @inbox.gives_up(NotificationAccepted)
    def give_up(connection: Connection, accepted: NotificationAccepted, *, now: datetime) -> None:
        give_up_on(connection, notification_id=accepted.notification_id, now=now)


def hear_client_letters(inbox: Inbox, *, printing: Printing) -> None:
    """Let the door of the press hear of the letters of clients."""

    @inbox.hears(ClientLetterAccepted, failures=TRIES_OF_A_DAY)
    @permanent
    def print_letter(connection: Connection, accepted: ClientLetterAccepted, *, now: datetime) -> None:
        held = NotificationStore(connection).hold(accepted.notification_id)
        _print(held, connection=connection, now=now, printing=printing)

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

    Raises UnknownNotificationError, and what `hand_over` raises.
    """
    held = NotificationStore(connection).hold(notification_id)
    if held.notification.channel is Channel.LETTER:
        _print(held, connection=connection, now=now, printing=printing)
    else:
        _send(accepted, held=held, connection=connection, now=now, out=out())


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
    accepted: NotificationAccepted | BulkAccepted, *, held: Held, connection: Connection, now: datetime, out: WayOut
) -> None:
    """Hand a message over.

    It waits in its lane for the end of the quiet hours of its channel, unless its client chose the moment itself.
    """
    notification, intake = held.notification, open_intake(connection, now=now)
    quiet = None if notification.scheduled_for else out.quiet.get(notification.channel)
    due = quiet.ends(now) if quiet else None
    if due:
        intake.tell(accepted, due=due)
        return
    way = out.without_mail if held.came_back else out
    if not actions.hand_over(held, now=now, intake=intake, out=way):
        StopStore(connection).add_refused(notification.id, now=now)


def _print(held: Held, *, connection: Connection, now: datetime, printing: Printing) -> None:
    intake = open_intake(connection, now=now)
    letter = actions.scan_letter(held.notification, now=now, intake=intake, printing=printing)
    actions.print_letter(letter, body=held.body, now=now, intake=intake, printing=printing)
