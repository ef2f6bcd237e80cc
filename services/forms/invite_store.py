"""Keeps the forms that lie ready after a talk, in PostgreSQL."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from services.forms.ports.cosigns import Invite
from shared.database import Connection

_COLUMNS: Final = "id, reference, product, draft_id"


class InviteShelf:
    """The invitations, as one transaction sees and changes them (the port `Invites`)."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def find(self, token_hash: bytes) -> Invite | None:
        """The invitation behind a link, for this transaction alone."""
        row = self._connection.execute(
            f"select {_COLUMNS} from forms.invite where token_hash = %s for update", [token_hash]
        ).fetchone()
        return Invite(**row) if row else None

    def begin(self, invite: Invite, *, draft_id: UUID) -> None:
        """Keep which form was begun from it."""
        self._connection.execute("update forms.invite set draft_id = %s where id = %s", [draft_id, invite.id])


def keep_invite(connection: Connection, *, invite: Invite, token_hash: bytes, at: datetime) -> bool:
    """Keep an invitation; False when it is known already."""
    return bool(
        connection.execute(
            "insert into forms.invite (id, token_hash, reference, product, at) values (%s, %s, %s, %s, %s) "
            "on conflict do nothing",
            [invite.id, token_hash, invite.reference, invite.product, at],
        ).rowcount
    )
