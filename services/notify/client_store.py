"""Clients of the API, their keys and texts, and what they sent, kept in PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID
from weakref import WeakKeyDictionary

from psycopg.types.json import Jsonb

from services.notify.client_ports import Held
from services.notify.domain.clients import ApiKey, Client, Hears
from services.notify.domain.notifications import Channel, KeyType, Notification, Template
from services.notify.domain.states import COMPLETED, STAYED, Outcome, Status, may_become
from services.notify.ports import UnknownNotificationError, UnknownTemplateError
from services.notify.stop_store import HOLDS
from shared.database import Connection
from shared.ids import new_id

FRESH_S: Final = 10.0
"""Seconds that a connection goes on without asking which clients want to hear of cases."""
_hearing: Final[WeakKeyDictionary[Connection, tuple[float, Sequence[UUID]]]] = WeakKeyDictionary()
SCANNER: Final = "malware scanner"
"""As which provider the scanner stands among the attempts."""
NOTIFICATION: Final = (
    "id, client_id, key_type, channel, template_id, template_version, recipient, address, reference, subject, body, "
    '"values", postage, unsubscribe_url, status, created_at, sent_at, completed_at, scheduled_for, sha256, sender'
)
_ADD: Final = f"""
insert into notify.notifications ({NOTIFICATION}, idempotency_key, request_hash)
values (%(id)s, %(client_id)s, %(key_type)s, %(channel)s, %(template_id)s, %(template_version)s, %(recipient)s,
        %(address)s, %(reference)s, %(subject)s, %(body)s, %(values)s, %(postage)s, %(unsubscribe_url)s, %(status)s,
        %(created_at)s, %(sent_at)s, %(completed_at)s, %(scheduled_for)s, %(sha256)s, %(sender)s,
        %(idempotency_key)s, %(request_hash)s)
on conflict (client_id, key_type, idempotency_key) do nothing
"""
_HOLD: Final = f"""
select {", ".join(f"n.{name}" for name in NOTIFICATION.split(", "))}, coalesce(v.body, '') as text, c.reply_to,
       c.sms_sender, exists (
           select from notify.notification_attempts a where a.notification_id = n.id and a.outcome = 'accepted'
       ) as taken, n.channel = 'email' and exists ({HOLDS.format("n.recipient", "'bounced'")}) as came_back
from notify.notifications n join notify.clients c on c.id = n.client_id
left join notify.template_versions v on v.template_id = n.template_id and v.version = n.template_version
where n.id = %s and n.wiped_at is null for no key update of n
"""
"""All that handing one over takes, in one statement: of fifty thousand each further one is felt."""
_ENDED: Final = """
insert into notify.notification_attempts (id, notification_id, provider, content, began_at, ended_at, outcome, answer)
values (%(attempt)s, %(id)s, %(provider)s, %(content)s, %(now)s, now(), %(outcome)s, %(answer)s)
"""
_VERSION: Final = """
select t.id, v.version, t.channel, v.name, v.subject, v.body, v.postage, v.created_by, t.created_at,
       case when v.version > 1 then v.created_at end as updated_at
from notify.templates t join notify.template_versions v on v.template_id = t.id
"""
_NEWEST: Final = "v.version = (select max(version) from notify.template_versions where template_id = t.id)"


class ClientStore:
    """Clients, keys and templates, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def find(self, client_id: UUID) -> Client | None:
        """Give a client with all its keys, the revoked ones too."""
        rows = self._connection.execute(
            """
            select c.id, c.name, c.sms_sender, c.reply_to, c.guests, c.archived_at is not null as archived,
                   k.id as key_id, k.type, k.sealed, k.revoked_at is not null as revoked, k.used_at
            from notify.clients c left join notify.api_keys k on k.client_id = c.id
            where c.id = %s order by k.created_at
            """,
            [client_id],
        ).fetchall()
        return _client_from(rows) if rows else None

    def add(self, client: Client) -> None:
        """Keep a new client or new settings of a known one; its keys are added one by one."""
        self._connection.execute(
            """
            insert into notify.clients (id, name, sms_sender, reply_to, guests)
            values (%(id)s, %(name)s, %(sms_sender)s, %(reply_to)s, %(guests)s)
            on conflict (id) do update set sms_sender = excluded.sms_sender, reply_to = excluded.reply_to,
                                           guests = excluded.guests
            """,
            {**vars(client), "guests": sorted(client.guests)},
        )

    def find_named(self, name: str) -> Client | None:
        """Give the client of this name."""
        row = self._connection.execute("select id from notify.clients where name = %s", [name]).fetchone()
        return self.find(row["id"]) if row else None

    def add_key(self, key: ApiKey, *, client_id: UUID, name: str) -> None:
        """Keep a new key."""
        self._connection.execute(
            "insert into notify.api_keys (id, client_id, name, type, sealed) values (%s, %s, %s, %s, %s)",
            [key.id, client_id, name, key.type, key.sealed],
        )

    def revoke_key(self, client_id: UUID, *, name: str, now: datetime) -> bool:
        """Let a key work no more; False when there is none of that name that works."""
        revoked = self._connection.execute(
            "update notify.api_keys set revoked_at = %s where client_id = %s and name = %s and revoked_at is null",
            [now, client_id, name],
        )
        return bool(revoked.rowcount)

    def add_sender(self, client_id: UUID, *, channel: Channel, address: str) -> UUID:
        """Keep a name or an address that the client may choose to send by; give its id, the same for the same one."""
        row = self._connection.execute(
            "insert into notify.senders (id, client_id, channel, address) values (%s, %s, %s, %s) "
            "on conflict (client_id, channel, address) do update set address = excluded.address returning id",
            [new_id(), client_id, channel, address],
        ).fetchone()
        assert row is not None  # noqa: S101 it was just written
        return UUID(str(row["id"]))

    def find_sender(self, sender_id: UUID, *, client_id: UUID, channel: Channel) -> str | None:
        """Give the name or address that an id of the client stands for."""
        row = self._connection.execute(
            "select address from notify.senders where id = %s and client_id = %s and channel = %s",
            [sender_id, client_id, channel],
        ).fetchone()
        return str(row["address"]) if row else None

    def give_number(self, client_id: UUID, *, number: str) -> None:
        """Let what is texted to a number (E.164) be for this client, and for no other any more."""
        self._connection.execute(
            "insert into notify.inbound_numbers (number, client_id) values (%s, %s) "
            "on conflict (number) do update set client_id = excluded.client_id",
            [number, client_id],
        )

    def note_use(self, key_id: UUID, *, now: datetime) -> None:
        """Keep that a key was used."""
        self._connection.execute("update notify.api_keys set used_at = %s where id = %s", [now, key_id])

    def template(self, template_id: UUID, *, client_id: UUID, version: int | None = None) -> Template:
        """Give a version of a template, None: the newest. Raises UnknownTemplateError."""
        which = _NEWEST if version is None else "v.version = %(version)s"
        row = self._connection.execute(
            f"{_VERSION} where t.id = %(id)s and t.client_id = %(client_id)s and {which}",
            {"id": template_id, "client_id": client_id, "version": version},
        ).fetchone()
        if row is None:
            raise UnknownTemplateError
        return _template_from(row)

    def templates(self, *, client_id: UUID, channel: Channel | None) -> Sequence[Template]:
        """Give the newest version of each template of a client, the newest template first."""
        rows = self._connection.execute(
            f"{_VERSION} where t.client_id = %(client_id)s and {_NEWEST} "
            "and (%(channel)s::text is null or t.channel = %(channel)s) order by t.created_at desc, t.id desc",
            {"client_id": client_id, "channel": channel},
        )
        return [_template_from(row) for row in rows]

    def versions(self, template_id: UUID, *, client_id: UUID) -> Sequence[Template]:
        """Give all versions of a template, the newest first."""
        rows = self._connection.execute(
            f"{_VERSION} where t.id = %s and t.client_id = %s order by v.version desc", [template_id, client_id]
        )
        return [_template_from(row) for row in rows]

    def add_version(self, template: Template, *, client_id: UUID) -> None:
        """Keep a version of a template, the first one with the template itself."""
        self._connection.execute(
            "insert into notify.templates (id, client_id, channel, created_at) values (%s, %s, %s, %s) "
            "on conflict (id) do nothing",
            [template.id, client_id, template.channel, template.created_at],
        )
        self._connection.execute(
            """
            insert into notify.template_versions
                (template_id, version, name, subject, body, postage, created_by, created_at)
            values (%(id)s, %(version)s, %(name)s, %(subject)s, %(body)s, %(postage)s, %(created_by)s, %(at)s)
            """,
            {**vars(template), "at": template.updated_at or template.created_at},
        )


class NotificationStore:
    """What clients sent, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def add(self, notification: Notification, *, idempotency_key: str | None, request_hash: bytes) -> bool:
        """Keep a new notification; False when one with this idempotency key is there already."""
        kept = {"idempotency_key": idempotency_key, "request_hash": request_hash}
        values = {"values": Jsonb(dict(notification.values)), "address": list(notification.address)}
        return bool(self._connection.execute(_ADD, {**vars(notification), **values, **kept}).rowcount)

    def find_again(self, key: str, *, client_id: UUID, key_type: KeyType) -> tuple[Notification, bytes] | None:
        """Give what came with an idempotency key before, and the hash of that request."""
        row = self._connection.execute(
            f"select {NOTIFICATION}, request_hash from notify.notifications "
            "where client_id = %s and key_type = %s and idempotency_key = %s",
            [client_id, key_type, key],
        ).fetchone()
        if row is None:
            return None
        request_hash: bytes = row.pop("request_hash")
        return notification_from(row), request_hash

    def get(self, notification_id: UUID) -> Notification:
        """Give a notification. Raises UnknownNotificationError."""
        query = f"select {NOTIFICATION} from notify.notifications where id = %s and wiped_at is null"
        return notification_from(self._row(query, notification_id=notification_id))

    def hold(self, notification_id: UUID) -> Held:
        """Give it to hand it over; nobody else changes it in this transaction: who cancels and who sends take turns.

        Raises:
            UnknownNotificationError: it is not there, or was wiped.
        """
        row = self._row(_HOLD, notification_id=notification_id)
        more = {name: row.pop(name) for name in ("reply_to", "sms_sender", "taken", "came_back")}
        return Held(body=row.pop("text"), notification=notification_from(row), **more)

    def _row(self, query: LiteralString, *, notification_id: UUID) -> dict[str, Any]:
        row = self._connection.execute(query, [notification_id]).fetchone()
        if row is None:
            raise UnknownNotificationError
        return row

    def move(self, notification: Notification, *, to: Status, at: datetime, sha256: str | None = None) -> bool:
        """Let a notification go on to a status, unless it is beyond it; tell whether it moved."""
        moved = self._connection.execute(
            """
            update notify.notifications set status = %(to)s, sha256 = coalesce(%(sha256)s, sha256),
                sent_at = case when %(stayed)s then sent_at else coalesce(sent_at, %(at)s) end,
                completed_at = case when %(done)s then %(at)s else completed_at end
            where id = %(id)s and status = any(%(before)s)
            """,
            {
                "id": notification.id,
                "to": to,
                "at": at,
                "sha256": sha256,
                "done": to in COMPLETED,
                "stayed": to in STAYED,
                "before": [status for status in Status if may_become(status, to=to)],
            },
        )
        return bool(moved.rowcount)

    def may_have(self, notification_id: UUID) -> str | None:
        """Give the provider that was handed it last and of which nobody knows whether it took it."""
        row = self._connection.execute(
            "select provider from notify.notification_attempts where notification_id = %s and outcome is null "
            "order by began_at desc, id desc limit 1",
            [notification_id],
        ).fetchone()
        return str(row["provider"]) if row else None

    def note_malware(self, notification: Notification, *, finding: str, now: datetime) -> None:
        """Keep what the scanner found in it."""
        said = {"provider": SCANNER, "content": notification.sha256, "outcome": Outcome.REFUSED, "answer": finding}
        self._connection.execute(_ENDED, {"attempt": new_id(), "id": notification.id, "now": now, **said})

    def note_printed(self, notification: Notification, *, provider: str, content: str, now: datetime) -> None:
        """Keep that the letter lies ready for the post; `content` is the SHA-256 of its PDF."""
        said = {"provider": provider, "content": content, "outcome": Outcome.ACCEPTED, "answer": ""}
        self._connection.execute(_ENDED, {"attempt": new_id(), "id": notification.id, "now": now, **said})


def _client_from(rows: Sequence[Mapping[str, Any]]) -> Client:
    first = rows[0]
    keys = tuple(
        ApiKey(
            id=row["key_id"],
            type=KeyType(row["type"]),
            sealed=row["sealed"],
            revoked=row["revoked"],
            used_at=row["used_at"],
        )
        for row in rows
        if row["key_id"]
    )
    names = ("id", "name", "sms_sender", "reply_to", "archived")
    return Client(**{name: first[name] for name in names}, guests=frozenset(first["guests"]), keys=keys)


def _template_from(row: dict[str, Any]) -> Template:
    return Template(channel=Channel(row.pop("channel")), **row)


def notification_from(row: dict[str, Any]) -> Notification:
    """Read the columns of `NOTIFICATION`."""
    return Notification(
        key_type=KeyType(row.pop("key_type")),
        channel=Channel(row.pop("channel")),
        status=Status(row.pop("status")),
        address=tuple(row.pop("address")),
        **row,
    )


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """The secret that signs calls back and the token that the client asks of us, each under our seal."""

    secret: str
    bearer: str | None


class CallbackStore:
    """Where clients hear what became of what they sent, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def find(self, client_id: UUID, *, kind: Hears = Hears.DELIVERY) -> Mapping[str, Any] | None:
        """Give the address and the sealed secrets of a client; None when it wants to hear nothing of this kind."""
        statement = "select url, sealed_secret, sealed_bearer from notify.callbacks where client_id = %s and kind = %s"
        return self._connection.execute(statement, [client_id, kind]).fetchone()

    def hearing_of_cases(self) -> Sequence[UUID]:
        """Give the clients that want to hear of cases (the port `Subscribers`), as it was ten seconds ago at most."""
        asked, clients = _hearing.get(self._connection, (-FRESH_S, ()))
        if time.monotonic() - asked >= FRESH_S:
            rows = self._connection.execute("select client_id from notify.callbacks where kind = %s", [Hears.CASE])
            clients = [row["client_id"] for row in rows]
            _hearing[self._connection] = (time.monotonic(), clients)
        return clients

    def set(self, client_id: UUID, *, kind: Hears, url: str, sealed: Sealed, now: datetime) -> None:
        """Keep where a client hears of something, in the place of what was there."""
        self._connection.execute(
            """
            insert into notify.callbacks (client_id, kind, url, sealed_secret, sealed_bearer, set_at)
            values (%s, %s, %s, %s, %s, %s)
            on conflict (client_id, kind) do update set url = excluded.url, sealed_secret = excluded.sealed_secret,
                sealed_bearer = excluded.sealed_bearer, set_at = excluded.set_at
            """,
            [client_id, kind, url, sealed.secret, sealed.bearer, now],
        )

    def drop(self, client_id: UUID, *, kind: Hears) -> bool:
        """Let a client hear nothing of this kind any more; False when it heard nothing."""
        statement = "delete from notify.callbacks where client_id = %s and kind = %s"
        return bool(self._connection.execute(statement, [client_id, kind]).rowcount)
