"""The attempts to hand messages over, each line committed on its own, over a connection in autocommit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.notify.domain.clients import Hears
from services.notify.domain.messages import Message, channel_of
from services.notify.domain.notifications import Notification
from services.notify.domain.states import Outcome
from shared.database import Connection
from shared.ids import new_id

_BEGIN = """
with begun as (
    insert into notify.attempts (id, message_id, round, channel, address, provider, content, began_at)
    values (%(attempt)s, %(id)s, %(round)s, %(channel)s, %(address)s, %(provider)s, %(content)s, %(now)s)
)
update notify.messages set state = %(state)s, round = %(round)s where id = %(id)s
"""
_BEGIN_FOR_CLIENT = """
insert into notify.notification_attempts (id, notification_id, provider, content, began_at)
values (%(attempt)s, %(id)s, %(provider)s, %(content)s, %(now)s)
"""
_BEGIN_CALL = """
insert into notify.call_attempts (id, event_id, client_id, kind, provider, content)
values (%s, %s, %s, %s, %s, %s)
"""


class AttemptJournal:
    """The attempts of the house (the port `Journal`)."""

    def __init__(self, connection: Connection) -> None:
        """Write over this connection, which must be in autocommit."""
        self._connection = connection

    def begin(self, message: Message, *, provider: str, content: str, now: datetime) -> UUID:
        """Keep a message that was taken up as being handed over, before it is; give the attempt."""
        attempt, channel = new_id(), channel_of(message)
        went = {"channel": channel, "address": message.recipient if channel == "email" else ""}
        values = {"attempt": attempt, "provider": provider, "content": content, "now": now}
        self._connection.execute(_BEGIN, {**vars(message), "lines": None, "title": None, **went, **values})
        return attempt

    def end(self, attempt: UUID, *, outcome: Outcome, answer: str) -> None:
        """Note what came of it; the message stays as it is."""
        _end(self._connection, table="attempts", attempt=attempt, outcome=outcome, answer=answer)


class NotificationJournal:
    """The attempts for clients of the API (the port `Attempts`)."""

    def __init__(self, connection: Connection) -> None:
        """Write over this connection, which must be in autocommit."""
        self._connection = connection

    def begin(self, notification: Notification, *, provider: str, content: str, now: datetime) -> UUID:
        """Note that it is being handed over, before it is; give the attempt."""
        attempt = new_id()
        values = {"attempt": attempt, "id": notification.id, "provider": provider, "content": content, "now": now}
        self._connection.execute(_BEGIN_FOR_CLIENT, values)
        return attempt

    def end(self, attempt: UUID, *, outcome: Outcome, answer: str) -> None:
        """Note what came of it."""
        _end(self._connection, table="notification_attempts", attempt=attempt, outcome=outcome, answer=answer)


class CallJournal:
    """The attempts to call clients of the API back."""

    def __init__(self, connection: Connection) -> None:
        """Write over this connection, which must be in autocommit."""
        self._connection = connection

    def begin(self, client_id: UUID, *, kind: Hears, event_id: UUID, provider: str, content: str) -> UUID:
        """Note that a client is being called about a fact, before it is; give the attempt."""
        attempt = new_id()
        self._connection.execute(_BEGIN_CALL, [attempt, event_id, client_id, kind, provider, content])
        return attempt

    def end(self, attempt: UUID, *, outcome: Outcome, answer: str) -> None:
        """Note what came of it."""
        _end(self._connection, table="call_attempts", attempt=attempt, outcome=outcome, answer=answer)


def _end(connection: Connection, *, table: str, attempt: UUID, outcome: Outcome, answer: str) -> None:
    connection.execute(
        f"update notify.{table} set ended_at = now(), outcome = %s, answer = %s where id = %s",
        [outcome, answer, attempt],
    )
