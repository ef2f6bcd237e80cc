"""Keeps in PostgreSQL who signs along with initiatives that are not handed in yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from psycopg.types.json import Jsonb

from services.forms.domain.drafts import Gathering
from services.forms.draft_store import GATHERING, read_gathering
from services.forms.ports.cosigns import Put, Signed
from shared.database import Connection

_PUT_UP: Final = """
insert into forms.gathering (draft_id, token_hash, text, last_day) values (%s, %s, %s, %s)
on conflict (draft_id) do update set text = excluded.text, last_day = excluded.last_day
    where forms.gathering.text <> excluded.text
"""
_SIGN: Final = """
insert into forms.supporter as s (token_hash, draft_id, sealed, keep_until, person)
values (%(token_hash)s, %(draft_id)s, %(sealed)s, %(keep_until)s, %(person)s)
on conflict (token_hash) do update set
    mails = s.mails + 1,
    sealed = case when s.confirmed_at is null then excluded.sealed else s.sealed end,
    person = case when s.confirmed_at is null then excluded.person else s.person end,
    keep_until = excluded.keep_until
where s.mails < %(most)s
"""
_SIGNED: Final = "token_hash, draft_id, sealed, keep_until, confirmed_at"
_TAKE: Final = f"""
select * from (
    select distinct on (person) {_SIGNED} from forms.supporter
    where draft_id = %s and confirmed_at is not null order by person, confirmed_at
) once order by confirmed_at
"""
_LOCK: Final = """
select from forms.gathering where draft_id = (select draft_id from forms.supporter where token_hash = %s) for share
"""
"""Waits for a form that is being handed in: who was counted is who is told."""


class SupportShelf:
    """Who signs along with initiatives, as one transaction sees and changes it (the port `Supports`)."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def find(self, token_hash: bytes) -> Put | None:
        """What can be signed behind a public link; it stays as it is meanwhile."""
        self._connection.execute("select from forms.gathering where token_hash = %s for share", [token_hash])
        return find_put(self._connection, token_hash=token_hash)

    def put_up(self, draft_id: UUID, *, gathering: Gathering, token_hash: bytes, draft_until: date) -> bool:
        """Put up a text, and keep the draft as long; False when it is up already, or was handed in meanwhile."""
        unsent = "select from forms.draft where id = %s and reference is null for update"
        if self._connection.execute(unsent, [draft_id]).fetchone() is None:
            return False
        values = [draft_id, token_hash, Jsonb(dict(gathering.text)), gathering.last_day]
        if not self._connection.execute(_PUT_UP, values).rowcount:
            return False
        self._connection.execute("delete from forms.supporter where draft_id = %s", [draft_id])
        statement = "update forms.draft set keep_until = greatest(keep_until, %s) where id = %s"
        self._connection.execute(statement, [draft_until, draft_id])
        return True

    def sign(self, signed: Signed, *, person: str, most: int) -> bool:
        """Keep who signs; what was confirmed stays as it is."""
        values = {**vars(signed), "person": person, "most": most}
        return bool(self._connection.execute(_SIGN, values).rowcount)

    def confirm(self, token_hash: bytes, *, today: date, at: datetime) -> None:
        """Let a signature count, if its link still works."""
        self._connection.execute(_LOCK, [token_hash])
        statement = """
            update forms.supporter set confirmed_at = %s
            where token_hash = %s and confirmed_at is null and keep_until >= %s
        """
        self._connection.execute(statement, [at, token_hash, today])

    def withdraw(self, token_hash: bytes) -> None:
        """Forget who signed."""
        self._connection.execute(_LOCK, [token_hash])
        self._connection.execute("delete from forms.supporter where token_hash = %s", [token_hash])

    def take(self, reference: str) -> Sequence[Signed]:
        """Give who signed for what was handed in, each person once, the first in front, and forget all of it."""
        found = self._connection.execute(
            "select g.draft_id from forms.gathering g join forms.draft d on d.id = g.draft_id "
            "where d.reference = %s for update of g",
            [reference],
        ).fetchone()
        if found is None:
            return []
        taken = [Signed(**row) for row in self._connection.execute(_TAKE, [found["draft_id"]])]
        self._connection.execute("delete from forms.gathering where draft_id = %s", [found["draft_id"]])
        return taken


def find_put(connection: Connection, *, token_hash: bytes) -> Put | None:
    """What can be signed behind a public link."""
    return _put(connection, where="g.token_hash = %s", value=token_hash)


def find_put_of(connection: Connection, *, draft_id: UUID) -> Put | None:
    """What can be signed in this draft."""
    return _put(connection, where="g.draft_id = %s", value=draft_id)


def find_signed(connection: Connection, *, token_hash: bytes, today: date) -> Signed | None:
    """Who has this link; None when nobody has, or it was not followed in time."""
    statement = f"""
        select {_SIGNED} from forms.supporter where token_hash = %s and (confirmed_at is not null or keep_until >= %s)
    """
    row = connection.execute(statement, [token_hash, today]).fetchone()
    return Signed(**row) if row else None


def forget_unconfirmed(connection: Connection, *, today: date) -> None:
    """Erase who signed and did not follow the link in time."""
    connection.execute("delete from forms.supporter where confirmed_at is null and keep_until < %s", [today])


def _put(connection: Connection, *, where: str, value: object) -> Put | None:
    row = connection.execute(
        f"select d.id as draft_id, d.product, d.version, {GATHERING} as gathering "
        f"from forms.gathering g join forms.draft d on d.id = g.draft_id where {where}",
        [value],
    ).fetchone()
    gathering = read_gathering(row["gathering"]) if row else None
    return Put(**{**row, "gathering": gathering}) if row and gathering else None
