"""Keeps the views on notices, and how they were weighed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from services.workflow.domain.case import Case
from services.workflow.domain.view import View, Weighed
from shared.database import Connection
from shared.events import Party, SentFile
from shared.wire import read_value, to_wire

_PLAIN: Final = (
    "id", "number", "given_at", "received_on", "late", "channel", "clerk", "language", "on_behalf", "words", "link"
)  # fmt: skip
_COLUMNS: Final = f"{', '.join(_PLAIN)}, view, party, file, summary, answer, changes, weighed_by, weighed_at"
_ADD: Final = f"""
insert into workflow.views (case_id, view, party, file, {", ".join(_PLAIN)})
values (%(case)s, %(reference)s, %(party)s, %(file)s, {", ".join(f"%({name})s" for name in _PLAIN)})
on conflict do nothing
"""
_WEIGH: Final = """
update workflow.views set summary = %(summary)s, answer = %(answer)s, changes = %(changes)s, weighed_by = %(by)s,
                          weighed_at = %(at)s
where id = %(id)s
"""


class ViewRows:
    """The views on cases, within one transaction (a part of the port `Cases`)."""

    _connection: Connection

    def add_view(self, case: Case, *, view: View) -> bool:
        """Keep a view; False when it is known already."""
        file = Jsonb(to_wire(view.file)) if view.file else None
        row = {**vars(view), "case": case.id, "party": Jsonb(to_wire(view.party)), "file": file}
        return bool(self._connection.execute(_ADD, row).rowcount)

    def views_of(self, case: Case) -> Sequence[View]:
        """Give all views on a case, the first in front."""
        return views_of(self._connection, case_id=case.id)

    def weigh_view(self, view_id: UUID, *, weighed: Weighed) -> None:
        """Keep how a view was weighed, over what was kept before."""
        self._connection.execute(_WEIGH, {**vars(weighed), "id": view_id})

    def case_of_view(self, reference: str) -> str | None:
        """Give the reference of the case that a view is about."""
        row = self._connection.execute(
            "select c.reference from workflow.views v join workflow.cases c on c.id = v.case_id where v.view = %s",
            [reference],
        ).fetchone()
        return row["reference"] if row else None


def views_of(connection: Connection, *, case_id: UUID) -> Sequence[View]:
    """Give all views on a case that the person was found to see, the first in front."""
    rows = connection.execute(
        f"select {_COLUMNS} from workflow.views where case_id = %s order by given_at, id", [case_id]
    )
    return [_view(row) for row in rows]


def _view(row: Mapping[str, Any]) -> View:
    weighed = (
        Weighed(
            summary=row["summary"],
            answer=row["answer"],
            changes=row["changes"],
            by=row["weighed_by"],
            at=row["weighed_at"],
        )
        if row["weighed_at"]
        else None
    )
    return View(
        **{name: row[name] for name in _PLAIN},
        reference=row["view"],
        party=read_value(Party, row["party"]),
        file=read_value(SentFile, row["file"]) if row["file"] else None,
        weighed=weighed,
    )
