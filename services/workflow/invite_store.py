"""Keeps the applications that were laid ready after a talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from services.workflow.domain.case import Case
from services.workflow.domain.onward import Invite
from shared.database import Connection
from shared.events import Words

_COLUMNS: Final = "i.id, i.product, i.title_nl, i.title_en, i.invited_at"


class InviteRows:
    """The applications that were laid ready, within one transaction (a part of the port `Cases`)."""

    _connection: Connection

    def add_invite(self, case: Case, *, invite: Invite, by: str) -> bool:
        """Keep what was laid ready; False when it lies there already."""
        kept = self._connection.execute(
            "insert into workflow.invites (id, case_id, product, title_nl, title_en, invited_by, invited_at) "
            "values (%s, %s, %s, %s, %s, %s, %s) on conflict (id) do nothing",
            [invite.id, case.id, invite.product, invite.title.nl, invite.title.en, by, invite.invited_at],
        )
        return kept.rowcount == 1


def invites_of(connection: Connection, *, case_id: UUID) -> Sequence[Invite]:
    """Give what was laid ready in a case that the person was found to see, the newest first."""
    rows = connection.execute(
        f"select {_COLUMNS} from workflow.invites i where i.case_id = %s order by i.invited_at desc", [case_id]
    )
    return [_invite(row) for row in rows]


def _invite(row: Mapping[str, Any]) -> Invite:
    title = Words(nl=row["title_nl"], en=row["title_en"])
    named = ("id", "product", "invited_at")
    return Invite(title=title, **{name: row[name] for name in named})
