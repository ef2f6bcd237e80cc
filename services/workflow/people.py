"""The people who signed in: what they chose, their tokens for other systems, and what they typed when time ran out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from shared.access import Permission, Person, may
from shared.crypto import new_token, token_hash
from shared.database import Connection
from shared.events import Language
from shared.ids import new_id

TOKEN_PREFIX = "balie_"  # noqa: S105 the part of a token that is no secret: it lets scanners of secrets find one


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What someone chose for the screens."""

    language: Language
    shortcuts: bool


@dataclass(frozen=True, kw_only=True)
class KeptForm:
    """The fields of a form that could not be handled since the session had ended."""

    fields: Mapping[str, Sequence[str]]
    kept_at: datetime


def remember_person(connection: Connection, *, person: Person, now: datetime) -> Choices:
    """Keep who signed in, with the groups of this moment, and give what they chose earlier."""
    row = connection.execute(
        """
        insert into workflow.people (subject, name, email, groups, seen_at) values (%s, %s, %s, %s, %s)
        on conflict (subject) do update set name = excluded.name, email = excluded.email, groups = excluded.groups,
            seen_at = excluded.seen_at
        returning language, shortcuts
        """,
        [person.subject, person.name, person.email, sorted(person.groups), now],
    ).fetchone()
    return Choices(**row) if row else Choices(language="nl", shortcuts=True)


def choose(connection: Connection, *, person: Person, choices: Choices) -> None:
    """Keep what someone chose for the screens."""
    connection.execute(
        "update workflow.people set language = %s, shortcuts = %s where subject = %s",
        [choices.language, choices.shortcuts, person.subject],
    )


def find_colleagues(connection: Connection, *, permission: Permission = Permission.WORK_CASES) -> Sequence[Person]:
    """Give who may do this, by name; usually: who can have a case."""
    rows = connection.execute("select subject, name, email, groups from workflow.people order by name, subject")
    everyone = (_person(row) for row in rows)
    return [person for person in everyone if may(person, permission=permission)]


def make_token(connection: Connection, *, person: Person, label: str, now: datetime) -> str:
    """Make a token for another system that acts as this person; only its hash is kept, so it is shown once."""
    token = TOKEN_PREFIX + new_token()
    connection.execute(
        "insert into workflow.tokens (id, subject, hash, label, made_at) values (%s, %s, %s, %s, %s)",
        [new_id(), person.subject, token_hash(token), label, now],
    )
    return token


def list_tokens(connection: Connection, *, person: Person) -> Sequence[Mapping[str, Any]]:
    """Give someone's own tokens, newest first, without the tokens themselves."""
    return connection.execute(
        "select id, label, made_at from workflow.tokens where subject = %s order by made_at desc", [person.subject]
    ).fetchall()


def revoke_token(connection: Connection, *, person: Person, token_id: UUID) -> bool:
    """Make an own token useless at once; False when this person has no such token."""
    return bool(
        connection.execute(
            "delete from workflow.tokens where id = %s and subject = %s", [token_id, person.subject]
        ).rowcount
    )


def find_person(connection: Connection, *, subject: str) -> Person | None:
    """Give who signed in before under this id."""
    row = connection.execute(
        "select subject, name, email, groups from workflow.people where subject = %s", [subject]
    ).fetchone()
    return _person(row) if row else None


def find_by_token(connection: Connection, *, token: str) -> Person | None:
    """Give the person for whom a token acts, with the groups they last signed in with."""
    row = connection.execute(
        """
        select p.subject, p.name, p.email, p.groups
        from workflow.tokens t join workflow.people p on p.subject = t.subject where t.hash = %s
        """,
        [token_hash(token)],
    ).fetchone()
    return _person(row) if row else None


def keep_form(
    connection: Connection, *, subject: str, path: str, fields: Mapping[str, Sequence[str]], now: datetime
) -> None:
    """Keep what was typed until the same person signs in again; for a stranger nothing is kept."""
    connection.execute(
        """
        insert into workflow.kept_forms (subject, path, fields, kept_at)
        select subject, %s, %s, %s from workflow.people where subject = %s
        on conflict (subject, path) do update set fields = excluded.fields, kept_at = excluded.kept_at
        """,
        [path, Jsonb({name: list(values) for name, values in fields.items()}), now, subject],
    )


def find_kept_form(connection: Connection, *, person: Person, path: str) -> KeptForm | None:
    """Give what this person typed on this page when the session had ended."""
    row = connection.execute(
        "select fields, kept_at from workflow.kept_forms where subject = %s and path = %s", [person.subject, path]
    ).fetchone()
    return KeptForm(**row) if row else None


def drop_kept_form(connection: Connection, *, person: Person, path: str) -> None:
    """Forget it, once it was handled."""
    connection.execute("delete from workflow.kept_forms where subject = %s and path = %s", [person.subject, path])


def forget_old_forms(connection: Connection, *, before: datetime) -> None:
    """Forget what nobody came back for."""
    connection.execute("delete from workflow.kept_forms where kept_at < %s", [before])


def _person(row: Mapping[str, Any]) -> Person:
    return Person(subject=row["subject"], name=row["name"], email=row["email"], groups=frozenset(row["groups"]))
