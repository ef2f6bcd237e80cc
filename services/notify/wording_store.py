"""The texts that administrators write, what was published, and which text each message had, kept in PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from services.notify.domain.drafting import ChangedByColleagueError, Draft, Published
from services.notify.domain.messages import Message
from services.notify.domain.wording import CLOSING, Wording
from services.notify.wordings import wording_of
from shared.catalogue.faults import FaultyCatalogueError
from shared.catalogue.publications import Signature
from shared.database import Connection
from shared.log import logger

_NUMBERED: Final = """
select p.name, row_number() over (partition by p.name order by p.id) as number, p.sha256, w.content, p.published_at,
       p.publisher, p.written_by, p.because
from notify.wording_publications p join notify.wordings w using (name, sha256)
"""
_SERVING: Final = """
select distinct on (p.name) p.name, w.content
from notify.wording_publications p join notify.wordings w using (name, sha256)
where p.name = any(%s) order by p.name, p.id desc
"""
_HAD: Final = """
select said.content, closing.content as closing
from notify.message_wordings m join notify.wordings said using (name, sha256)
join notify.wordings closing on closing.name = %s and closing.sha256 = m.closing
where m.message_id = %s order by m.id desc limit 1
"""
_USE: Final = """
with folder (name, sha256, content) as (
    values (%(name)s, %(sha256)s, %(content)s), (%(closing_name)s, %(closing)s, %(closing_content)s)
), kept as (
    insert into notify.wordings (name, sha256, content) select * from folder on conflict do nothing
), used as (
    select folder.name, coalesce(p.sha256, folder.sha256) as sha256, coalesce(p.content, folder.content) as content
    from folder left join lateral (
        select w.sha256, w.content from notify.wording_publications p join notify.wordings w using (name, sha256)
        where p.name = folder.name and p.name <> all(%(faulty)s) order by p.id desc limit 1
    ) p on true
), had as (
    insert into notify.message_wordings (message_id, name, sha256, closing)
    select %(message_id)s, said.name, said.sha256, ends.sha256 from used said, used ends
    where said.name = %(name)s and ends.name = %(closing_name)s
)
select name, content from used
"""
"""Keeps that a message has the texts that serve, and gives them: the newest published one, else the folder's."""
_DRAFT: Final = "name, content, revision, writers, written_by, changed_by, changed_at"
_sound_of: Final = lru_cache(maxsize=256)(wording_of)


class WordingStore:
    """The texts, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def drafts(self) -> Mapping[str, Draft]:
        """Give all drafts by name."""
        rows = self._connection.execute(f"select {_DRAFT} from notify.wording_drafts")
        return {row["name"]: Draft(**row) for row in rows}

    def draft(self, name: str) -> Draft | None:
        """Give the draft of a text, for this transaction alone."""
        statement = f"select {_DRAFT} from notify.wording_drafts where name = %s for update"
        row = self._connection.execute(statement, [name]).fetchone()
        return Draft(**row) if row else None

    def keep(self, draft: Draft) -> None:
        """Keep the draft as it is after a change. Raises ChangedByColleagueError when another was kept meanwhile."""
        kept = self._connection.execute(
            f"""
            insert into notify.wording_drafts ({_DRAFT})
            values (%(name)s, %(content)s, %(revision)s, %(writers)s, %(written_by)s, %(changed_by)s, %(changed_at)s)
            on conflict (name) do update set
                content = excluded.content, revision = excluded.revision, writers = excluded.writers,
                written_by = excluded.written_by, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            where wording_drafts.revision = excluded.revision - 1
            """,
            {**vars(draft), "writers": list(draft.writers), "written_by": list(draft.written_by)},
        )
        if kept.rowcount == 0:
            raise ChangedByColleagueError

    def drop(self, name: str) -> None:
        """Throw the draft away."""
        self._connection.execute("delete from notify.wording_drafts where name = %s", [name])

    def publications(self, name: str | None = None) -> list[Published]:
        """Give what was published of a text, None: of all, the newest first."""
        statement = (
            f"select * from ({_NUMBERED}) n where %(name)s::text is null or name = %(name)s order by number desc"
        )
        return [Published(**row) for row in self._connection.execute(statement, {"name": name})]

    def publish(self, draft: Draft, *, signed: Signature) -> None:
        """Let the draft be what is said from now on; it is a draft no more."""
        sha256 = _sha256(draft.content)
        self._connection.execute(
            "insert into notify.wordings (name, sha256, content) values (%s, %s, %s) on conflict do nothing",
            [draft.name, sha256, draft.content],
        )
        self._connection.execute(
            """
            insert into notify.wording_publications
                (name, sha256, published_at, published_by, publisher, writers, written_by, because)
            values (%s, %s, %s, %s, %s, %s, %s, %s)
            """,
            [
                draft.name,
                sha256,
                signed.at,
                signed.by.subject,
                signed.by.name,
                list(draft.writers),
                list(draft.written_by),
                signed.because,
            ],
        )
        self.drop(draft.name)


class StandingWordings:
    """The texts as they stand now: the newest published, else that of the catalogue (the port `Wordings`)."""

    def __init__(self, folder: Mapping[str, str], *, connect: Callable[[], Connection]) -> None:
        """Take texts that nobody published from `folder`; note over a connection in autocommit what was used."""
        self._folder = folder
        self._connect = connect

    def of(self, message: Message) -> tuple[Wording, Wording]:
        """Give the text of this message and the one that closes it, and keep that it had them."""
        used = self._use(message)
        faulty = [name for name, content in used.items() if not _is_sound(content, name=name)]
        if faulty:
            used = self._use(message, faulty=faulty)
        said, ends = (_sound_of(used[name], name=name) for name in (str(message.kind), CLOSING))
        return said, ends

    def _use(self, message: Message, *, faulty: Sequence[str] = ()) -> Mapping[str, str]:
        """Note the texts that serve and give them; where what was published is `faulty`, that of the catalogue."""
        name = str(message.kind)
        text, end = self._folder[name], self._folder[CLOSING]
        said = {"name": name, "sha256": _sha256(text), "content": text}
        ends = {"closing_name": CLOSING, "closing": _sha256(end), "closing_content": end}
        asked = {"message_id": message.id, "faulty": list(faulty), **said, **ends}
        return {row["name"]: row["content"] for row in self._connect().execute(_USE, asked)}


class KeptWordings:
    """The text that a message had when it was last written, else as it stands now (the port `Wordings`)."""

    def __init__(self, connection: Connection, *, folder: Mapping[str, str]) -> None:
        """Read over this connection; take texts that nobody published from `folder`."""
        self._connection = connection
        self._folder = folder

    def of(self, message: Message) -> tuple[Wording, Wording]:
        """Give the text of this message and the one that closes it.

        Raises:
            FaultyCatalogueError: it was right under rules of before.
        """
        name = str(message.kind)
        kept = self._connection.execute(_HAD, [CLOSING, message.id]).fetchone()
        if kept is None:
            serving = serving_contents(self._connection, folder=self._folder)
            kept = {"content": serving[name], "closing": serving[CLOSING]}
        return _sound_of(kept["content"], name=name), _sound_of(kept["closing"], name=CLOSING)


def serving_contents(connection: Connection, *, folder: Mapping[str, str]) -> Mapping[str, str]:
    """Give each text as it is said now."""
    rows: list[dict[str, Any]] = connection.execute(_SERVING, [list(folder)]).fetchall()
    return {**folder, **{row["name"]: row["content"] for row in rows}}


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _is_sound(content: str, *, name: str) -> bool:
    """What was published under rules of before may be wrong by now."""
    try:
        _sound_of(content, name=name)
    except FaultyCatalogueError as error:
        logger.error("text_with_faults", name=name, faults=str(error))
        return False
    return True
