"""Lists of cases that somebody gave a name: the filter of the address, found again above the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.access import Person
from shared.database import Connection
from shared.ids import new_id

LONGEST_NAME: Final = 40
MOST: Final = 20

_SAVE = """
insert into workflow.saved_lists (id, subject, name, query, saved_at)
select %(id)s, %(me)s, %(name)s, %(query)s, %(now)s
where (select count(*) from workflow.saved_lists where subject = %(me)s and name <> %(name)s) < %(most)s
on conflict (subject, name) do update set query = excluded.query, saved_at = excluded.saved_at
"""


def save_list(connection: Connection, *, person: Person, name: str, query: str, now: datetime) -> bool:
    """Keep this filter under this name, over a former one of that name; False when there are too many."""
    about = {"id": new_id(), "me": person.subject, "name": name, "query": query, "now": now, "most": MOST}
    return bool(connection.execute(_SAVE, about).rowcount)


def saved_lists(connection: Connection, *, person: Person) -> Sequence[Mapping[str, Any]]:
    """Give the lists that this person named, by name."""
    return connection.execute(
        "select id, name, query from workflow.saved_lists where subject = %s order by lower(name), name",
        [person.subject],
    ).fetchall()


def drop_list(connection: Connection, *, person: Person, list_id: UUID) -> bool:
    """Forget a list; False when this person has no such list."""
    return bool(
        connection.execute(
            "delete from workflow.saved_lists where id = %s and subject = %s", [list_id, person.subject]
        ).rowcount
    )
