"""Draft decisions and their open pages: what was saved, who writes on which page, and what each page knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from psycopg.types.json import Jsonb

from services.workflow.domain.case import Case
from services.workflow.domain.decision import Draft
from services.workflow.ports import SavedDraft
from services.workflow.rows import draft_from_content, draft_from_row, draft_to_row
from shared.access import Person
from shared.database import Connection

SEEN_LATELY: Final = timedelta(minutes=2)
"""So long after its last sign somebody counts as writing; a page with scripts gives one every 20 seconds."""

_KNOW = """
insert into workflow.draft_pages (editor, case_id, subject, content, seen_at)
values (%(editor)s, %(case)s, %(subject)s, %(content)s, %(at)s)
on conflict (editor) do update set content = excluded.content, seen_at = excluded.seen_at
where draft_pages.case_id = excluded.case_id
"""


_KEEP_DRAFT = """
insert into workflow.drafts (case_id, version, content, saved_by, saved_at, editor, prepared_by)
values (%(case)s, %(version)s, %(content)s, %(by)s, %(at)s, %(editor)s, %(prepared_by)s)
on conflict (case_id) do update set version = excluded.version, content = excluded.content,
    saved_by = excluded.saved_by, saved_at = excluded.saved_at, editor = excluded.editor,
    prepared_by = excluded.prepared_by
"""


class Drafts:
    """Drafts and their open pages, within one transaction (a part of the port `Cases`)."""

    _connection: Connection

    def draft(self, case: Case) -> SavedDraft | None:
        """Give the draft decision as it was saved last."""
        return draft_of(self._connection, case_id=case.id)

    def keep_draft(self, case: Case, *, saved: SavedDraft) -> None:
        """Keep a draft over the former one."""
        self._connection.execute(
            _KEEP_DRAFT,
            {
                "case": case.id,
                "version": saved.version,
                "content": Jsonb(draft_to_row(saved.draft)),
                "by": saved.saved_by,
                "at": saved.saved_at,
                "editor": saved.editor,
                "prepared_by": sorted(saved.prepared_by),
            },
        )

    def page(self, case: Case, *, editor: str) -> Draft | None:
        """Give what an open page of this case knows of the draft."""
        return page_of(self._connection, case_id=case.id, editor=editor)

    def know(self, case: Case, *, editor: str, draft: Draft, by: str, at: datetime) -> None:
        """Keep what an open page knows of the draft from now on."""
        know(self._connection, case_id=case.id, editor=editor, draft=draft, by=by, at=at)


def draft_of(connection: Connection, *, case_id: UUID) -> SavedDraft | None:
    """Give the draft decision in a case that the person was found to see."""
    row = connection.execute(
        """
        select d.version, d.content, d.saved_by, p.name as saved_by_name, d.saved_at, d.editor, d.prepared_by
        from workflow.drafts d join workflow.people p on p.subject = d.saved_by where d.case_id = %s
        """,
        [case_id],
    ).fetchone()
    return draft_from_row(row) if row else None


def know(connection: Connection, *, case_id: UUID, editor: str, draft: Draft, by: str, at: datetime) -> None:
    """Keep what an open page knows of the draft from now on; its person was seen there."""
    content = Jsonb(draft_to_row(draft))
    connection.execute(_KNOW, {"editor": editor, "case": case_id, "subject": by, "content": content, "at": at})


def page_of(connection: Connection, *, case_id: UUID, editor: str) -> Draft | None:
    """Give what an open page of this case knows of the draft."""
    row = connection.execute(
        "select content from workflow.draft_pages where editor = %s and case_id = %s", [editor, case_id]
    ).fetchone()
    return draft_from_content(row["content"]) if row else None


def see_page(connection: Connection, *, editor: str, person: Person, at: datetime) -> None:
    """Keep that somebody is still at an open page."""
    connection.execute(
        "update workflow.draft_pages set seen_at = %s where editor = %s and subject = %s", [at, editor, person.subject]
    )


def others_at(connection: Connection, *, case_id: UUID, person: Person, at: datetime) -> Sequence[str]:
    """Give the names of who else is at the draft of this case now."""
    rows = connection.execute(
        "select distinct p.name from workflow.draft_pages d join workflow.people p using (subject) "
        "where d.case_id = %s and d.subject <> %s and d.seen_at > %s order by p.name",
        [case_id, person.subject, at - SEEN_LATELY],
    )
    return [row["name"] for row in rows]


def forget_pages(connection: Connection, *, before: datetime) -> None:
    """Forget the pages that nobody came back to."""
    connection.execute("delete from workflow.draft_pages where seen_at < %s", [before])
