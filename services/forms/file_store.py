"""Keeps what is known of the files of residents in PostgreSQL, within one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from services.forms.domain.files import Scan, StoredFile
from services.forms.ports.files import Scanned
from shared.database import Connection
from shared.values import ADVICE_FILE

COLUMNS = "id, place, product, question, name, type, bytes, sha256, scan, finding, at"
_ATTACH = """
with held as (
    update forms.draft set
        answers = jsonb_set(answers, array[%(question)s], coalesce(answers -> %(question)s, '[]') || %(answer)s),
        revision = revision + 1
    where id = %(draft)s and reference is null
      and jsonb_array_length(coalesce(answers -> %(question)s, '[]')) < %(most)s
    returning id
)
update forms.file f set draft_id = held.id from held where f.id = %(id)s
"""
_TAKE_OUT = """
update forms.draft set
    answers = jsonb_set(answers, array[%(question)s], (
        select coalesce(jsonb_agg(one order by place), '[]')
        from jsonb_array_elements(answers -> %(question)s) with ordinality as each (one, place)
        where one ->> 'id' <> %(id)s::text
    )),
    revision = revision + 1
where id = %(draft)s and reference is null and jsonb_typeof(answers -> %(question)s) = 'array'
"""
_LET_GO = """
update forms.file set draft_id = null
where id = %(id)s and draft_id = %(draft)s and not exists (
    select from forms.draft where id = %(draft)s
    and jsonb_path_exists(answers, '$.*[*].id ? (@ == $id)', jsonb_build_object('id', %(id)s::text))
)
"""
_SET_ASIDE = "id = %s and scan in ('infected', 'unjudged') and destroyed_at is null"
_LOOSE = """
select id, place from forms.file
where draft_id is null and reference is null and view is null and scan <> 'infected' and at < %s
limit 1000 for update skip locked
"""


class FileShelf:
    """The files, as one transaction sees and changes them (the port `Files`)."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def add(self, file: StoredFile, *, key_hash: bytes | None = None) -> StoredFile:
        """Keep a file that belongs to nothing yet but this key; give the one that was kept under this number first."""
        self._connection.execute(
            f"""
            insert into forms.file ({COLUMNS}, key_hash)
            values (%(id)s, %(place)s, %(product)s, %(question)s, %(name)s, %(type)s, %(bytes)s, %(sha256)s, %(scan)s,
                    %(finding)s, %(at)s, %(key_hash)s)
            on conflict (id) do nothing
            """,
            {**vars(file), "key_hash": key_hash},
        )
        return self.find(file.id) or file

    def attach(self, file: StoredFile, *, question: str, draft_id: UUID, most: int) -> bool:
        """Add the file to the answer, in the database: what another tab added meanwhile stays."""
        values = {
            "id": file.id,
            "answer": Jsonb(file.answer),
            "question": question,
            "draft": draft_id,
            "most": most,
        }
        return self._connection.execute(_ATTACH, values).rowcount == 1

    def detach(self, file_id: UUID, *, question: str, draft_id: UUID) -> None:
        """Take the file out of the answer; it belongs to nothing when no other answer has it."""
        values = {"id": file_id, "question": question, "draft": draft_id}
        self._connection.execute(_TAKE_OUT, values)
        self._connection.execute(_LET_GO, values)

    def move(self, draft_id: UUID, *, to: UUID) -> None:
        """Give all files of a draft to another one."""
        self._connection.execute("update forms.file set draft_id = %s where draft_id = %s", [to, draft_id])

    def of_key(self, key_hash: bytes) -> Sequence[StoredFile]:
        """The files that a program sent with this key; they stay as they are while this transaction lasts."""
        return self._all("key_hash = %s and reference is null order by at, id for update", key_hash)

    def send(self, ids: Sequence[UUID], *, reference: str, adviser: str = "") -> Sequence[StoredFile]:
        """Let these files go with the form; the scanner's verdict comes before this or after it."""
        rows = self._connection.execute(
            f"""
            update forms.file set reference = %s, draft_id = null, adviser = nullif(%s, '')
            where id = any(%s) and reference is null and scan <> 'infected' returning {COLUMNS}
            """,
            [reference, adviser, list(ids)],
        )
        return [stored(row) for row in rows]

    def of_draft(self, draft_id: UUID) -> Sequence[StoredFile]:
        """The files of a draft and of what it corrects, in the order they came, with those that the scanner refused."""
        condition = "draft_id = %s or reference = (select corrects from forms.draft where id = %s) order by at, id"
        return self._all(condition, draft_id, draft_id)

    def of_form(self, reference: str) -> Sequence[StoredFile]:
        """The files that went with this form or came after it, in the order they came; none of an adviser."""
        return self._all(f"reference = %s and question <> '{ADVICE_FILE}' order by at, id", reference)

    def of_adviser(self, adviser: str, *, reference: str) -> Sequence[StoredFile]:
        """The files that this adviser outside added to a case, in the order they came."""
        condition = f"reference = %s and adviser = %s and question = '{ADVICE_FILE}' order by at, id"
        return self._all(condition, reference, adviser)

    def find(self, file_id: UUID) -> StoredFile | None:
        """One file."""
        return next(iter(self._all("id = %s", file_id)), None)

    def judge(self, file_id: UUID, *, scanned: Scanned) -> str | None:
        """Keep the verdict on a file that waited; the draft is locked before the file, as when it is handed in.

        A form that waits to be paid is told with the verdict once it is: whoever releases it now waits for us.
        """
        draft = self._connection.execute(
            "select id, answers from forms.draft where id = (select draft_id from forms.file where id = %s) for update",
            [file_id],
        ).fetchone()
        judged = self._connection.execute(
            "update forms.file set scan = %s, finding = %s where id = %s and scan = 'waiting' returning reference",
            [scanned.scan, scanned.finding, file_id],
        ).fetchone()
        if judged and draft and scanned.scan is Scan.INFECTED:
            for question in _questions_with(file_id, answers=draft["answers"]):
                values = {"id": file_id, "question": question, "draft": draft["id"]}
                self._connection.execute(_TAKE_OUT, values)
        reference = judged["reference"] if judged else None
        held = self._connection.execute("select from forms.held where reference = %s for update", [reference])
        return reference if held.fetchone() is None else None

    def wait_again(self, file_id: UUID) -> bool:
        """Let a file that was set aside wait for the scanner again."""
        statement = "update forms.file set scan = 'waiting', finding = '' where " + _SET_ASIDE
        return self._connection.execute(statement, [file_id]).rowcount == 1

    def mark_destroyed(self, file_id: UUID, *, by: str, at: datetime) -> str | None:
        """Note that the content of a file that was set aside is destroyed; give its place."""
        statement = f"update forms.file set destroyed_at = %s, destroyed_by = %s where {_SET_ASIDE} returning place"
        row = self._connection.execute(statement, [at, by, file_id]).fetchone()
        return row["place"] if row else None

    def _all(self, condition: str, *values: object) -> list[StoredFile]:
        return [stored(row) for row in self._connection.execute(_SELECT + condition, values)]


_SELECT = f"select {COLUMNS} from forms.file where "


def stored(row: dict[str, Any]) -> StoredFile:
    """A row as a file."""
    return StoredFile(**{**row, "scan": Scan(row["scan"])})


def loose_files(connection: Connection, *, before: datetime) -> Sequence[tuple[UUID, str]]:
    """Number and place of files that belong to nothing and came before this instant; at most a thousand."""
    return [(row["id"], row["place"]) for row in connection.execute(_LOOSE, [before])]


def forget_file(connection: Connection, *, file_id: UUID) -> None:
    """Forget a file whose content is gone."""
    connection.execute("delete from forms.file where id = %s", [file_id])


def waiting_files(connection: Connection, *, before: datetime) -> Sequence[UUID]:
    """Files that came before this instant and still wait for the scanner."""
    rows = connection.execute("select id from forms.file where scan = 'waiting' and at < %s", [before])
    return [row["id"] for row in rows]


def _questions_with(file_id: UUID, *, answers: dict[str, Any]) -> list[str]:
    return [
        name
        for name, value in answers.items()
        if isinstance(value, list) and any(isinstance(one, dict) and one.get("id") == str(file_id) for one in value)
    ]
