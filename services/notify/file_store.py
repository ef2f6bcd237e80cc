"""Files that clients share by a link, kept in PostgreSQL; their content lies in the vault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from services.notify.domain.notifications import Notification
from services.notify.domain.uploads import Upload
from services.notify.ports import Vault
from shared.crypto import token_hash
from shared.database import Connection
from shared.ids import new_id
from shared.law.calendar import local_date

_ADD: Final = """
insert into notify.shared_files
    (id, notification_id, client_id, token_hash, sha256, name, type, bytes, confirm, made_at, expires_on)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_EXPIRED: Final = "delete from notify.shared_files where expires_on < %s returning sha256"
_STILL: Final = """
select from notify.shared_files where sha256 = %(sha256)s
union all select from notify.notifications where sha256 = %(sha256)s
union all select from notify.pressings where %(sha256)s in (sha256, card_sha256) limit 1
"""


@dataclass(frozen=True, kw_only=True)
class SharedFile:
    """A file behind a link; `confirm` is the address that opens it, None: the link alone does.

    `notification_id` is what it went with; None: that was not kept yet.
    """

    id: UUID
    notification_id: UUID | None
    sha256: str
    name: str
    type: str
    bytes: int
    confirm: str | None
    expires_on: date


class SharedFiles:
    """The files, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def add(self, upload: Upload, *, token: str, sent: Notification, sha256: str) -> None:
        """Keep a file whose content lies in the vault, behind the link with this token that was sent."""
        confirm, now = sent.recipient.casefold() if upload.confirm else None, sent.created_at
        values = [new_id(), sent.id, sent.client_id, token_hash(token), sha256, upload.name, upload.type]
        more = [len(upload.content), confirm, now, upload.expires_on(local_date(now))]
        self._connection.execute(_ADD, [*values, *more])

    def find(self, token: str, *, today: date) -> SharedFile | None:
        """Give the file behind a link, until it expires."""
        row = self._connection.execute(
            "select id, notification_id, sha256, name, type, bytes, confirm, expires_on from notify.shared_files "
            "where token_hash = %s and expires_on >= %s",
            [token_hash(token), today],
        ).fetchone()
        return SharedFile(**row) if row else None

    def note_opened(self, file: SharedFile, *, now: datetime) -> None:
        """Keep when it was opened first; each time stays with what it went with, also once the file is gone."""
        self._connection.execute(
            "update notify.shared_files set opened_at = coalesce(opened_at, %s) where id = %s", [now, file.id]
        )
        if file.notification_id:
            self._connection.execute(
                "insert into notify.file_openings (notification_id, at) values (%s, %s) on conflict do nothing",
                [file.notification_id, now],
            )

    def throw_away_expired(self, *, today: date, vault: Vault) -> int:
        """Throw away what expired, and its content where nothing else has the same; give how many."""
        gone = [row["sha256"] for row in self._connection.execute(_EXPIRED, [today])]
        throw_away(gone, connection=self._connection, vault=vault)
        return len(gone)


def throw_away(contents: Iterable[str], *, connection: Connection, vault: Vault) -> None:
    """Throw content away, by its SHA-256, where nothing else has the same."""
    for sha256 in set(contents):
        if connection.execute(_STILL, {"sha256": sha256}).fetchone() is None:
            vault.delete(sha256)
