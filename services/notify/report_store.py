"""Keeps what mail systems reported, and lets the message that it is about move on."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from services.notify.client_actions import settle
from services.notify.client_inbox import open_intake
from services.notify.client_store import NotificationStore
from services.notify.domain.states import FAILED, OPEN
from services.notify.domain.tellings import Table
from services.notify.failing import take_back
from services.notify.outbox import open_outbox
from services.notify.ports import Stops, UnknownMessageError, UnknownNotificationError
from services.notify.returning import NoReportError, Report
from shared.database import Connection

_ADD = """
insert into notify.reports (content, {about}, at, action, code, said)
values (%(content)s, %(id)s, %(now)s, %(action)s, %(code)s, %(said)s) on conflict (content) do nothing
"""


def take_report(connection: Connection, *, report: Report, table: Table, now: datetime) -> bool:
    """Keep a report, once, on a message of the house or of a client; it moves on if the report says so for sure.

    What goes by post by now is not moved by what comes late about its mail, nor what was sent again since by what comes
    late about an earlier round. What comes before the answer on the mail was kept is not kept either, and the answer is
    False, so that it is offered again: a message that it moved is not taken up again, and nobody would tell that it
    left.

    Raises:
        NoReportError: there is no such message.
    """
    outbox = open_outbox(connection, now=now)
    try:
        message = outbox.messages.get(report.id)
    except UnknownMessageError:
        _take_for_client(connection, report=report, now=now, stops=outbox.stops)
        return True
    if message.state in OPEN:
        return False
    fresh = add_report(connection, report=report, about="message_id", now=now)
    if report.is_past(message.round, recipient=message.recipient):
        return True
    if fresh:
        _stop(outbox.stops, address=message.recipient, report=report, now=now)
    if fresh and report.means and not message.by_post:
        if report.means in FAILED:
            take_back(message.id, to=report.means, table=table, now=now, outbox=outbox)
        else:
            outbox.messages.move(message.id, to=report.means)
    return True


def add_report(
    connection: Connection, *, report: Report, about: Literal["message_id", "notification_id"], now: datetime
) -> bool:
    """Keep what was said of a message of the house or of a client; False when just this was kept before."""
    return bool(connection.execute(_ADD.format(about=about), {**vars(report), "now": now}).rowcount)


def _take_for_client(connection: Connection, *, report: Report, now: datetime, stops: Stops) -> None:
    try:
        notification = NotificationStore(connection).get(report.id)
    except UnknownNotificationError:
        raise NoReportError from None
    if add_report(connection, report=report, about="notification_id", now=now) and report.means_to_client:
        _stop(stops, address=notification.recipient, report=report, now=now)
        settle(notification, to=report.means_to_client, now=now, intake=open_intake(connection, now=now))


def _stop(stops: Stops, *, address: str, report: Report, now: datetime) -> None:
    if report.finds_nobody:
        stops.add(address, because="bounced", said=report.said, now=now)
