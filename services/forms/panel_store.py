"""Keeps questionnaires for the residents' panel, in PostgreSQL: who is asked, what was answered, what was counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from psycopg.types.json import Jsonb

from shared.database import Connection

_PANELS: Final = "id, text, made_by, changed_at, version, sent_by, sent_at, closes_on, invited, counts"
_ASK: Final = """
insert into forms.panel_invite (token_hash, panel, address_seal) select %(token_hash)s, %(panel)s, %(seal)s
where not exists (select from forms.panel_stop where address_seal = %(seal)s) on conflict do nothing
"""
_SENT: Final = """
update forms.panel set version = %(version)s, sent_by = %(by)s, sent_at = %(now)s, closes_on = %(closes_on)s
where id = %(id)s and sent_at is null and text = %(text)s
"""
_NEXT: Final = """
delete from forms.panel_waiting where panel = %(panel)s and address in (
    select address from forms.panel_waiting where panel = %(panel)s order by address limit %(most)s
    for update skip locked
) returning address
"""
WAY_OUT: Final = timedelta(days=365)
"""How long after the last day a link still serves to ask for no more questions."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A questionnaire as it is kept; what follows `changed_at` is None until it was sent, `counts` until it closed."""

    id: str
    text: str
    made_by: str
    changed_at: datetime
    version: str | None
    sent_by: str | None
    sent_at: datetime | None
    closes_on: date | None
    invited: int
    counts: Mapping[str, Mapping[str, int]] | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One person who is asked, by a seal of their address; `panel` is None once it is over."""

    panel: str | None
    address_seal: str
    answered: bool


def list_panels(connection: Connection) -> Sequence[Panel]:
    """Give all, the newest first."""
    rows = connection.execute(f"select {_PANELS} from forms.panel order by coalesce(sent_at, changed_at) desc")
    return [Panel(**row) for row in rows]


def find_panel(connection: Connection, *, panel_id: str) -> Panel | None:
    """Give one; None when there is none."""
    row = connection.execute(f"select {_PANELS} from forms.panel where id = %s", [panel_id]).fetchone()
    return Panel(**row) if row else None


def keep_text(connection: Connection, *, panel_id: str, text: str, by: str, now: datetime) -> bool:
    """Keep what somebody wrote; False when it was sent already, for then it stays as it is."""
    statement = """
        insert into forms.panel as p (id, text, made_by, changed_at) values (%s, %s, %s, %s)
        on conflict (id) do update set text = excluded.text, made_by = excluded.made_by,
            changed_at = excluded.changed_at where p.sent_at is null
    """
    return bool(connection.execute(statement, [panel_id, text, by, now]).rowcount)


def ask(connection: Connection, *, panel_id: str, token_hash: bytes, seal: str) -> bool:
    """Keep that somebody is asked; False for who wants no questions, or is asked already."""
    return bool(connection.execute(_ASK, {"token_hash": token_hash, "panel": panel_id, "seal": seal}).rowcount)


def keep_sent(connection: Connection, *, panel_id: str, **values: Any) -> bool:
    """Keep that this text was sent; False when it was before, or when the text changed meanwhile."""
    return bool(connection.execute(_SENT, {"id": panel_id, **values}).rowcount)


def keep_waiting(connection: Connection, *, panel_id: str, addresses: Sequence[str]) -> None:
    """Keep the list until each of it is asked."""
    statement = "insert into forms.panel_waiting select %s, unnest(%s::text[]) on conflict do nothing"
    connection.execute(statement, [panel_id, list(addresses)])


def take_waiting(connection: Connection, *, panel_id: str, most: int) -> Sequence[str]:
    """Take the next addresses off the list."""
    return [row["address"] for row in connection.execute(_NEXT, {"panel": panel_id, "most": most})]


def add_invited(connection: Connection, *, panel_id: str, count: int) -> None:
    """Keep that so many more were asked."""
    connection.execute("update forms.panel set invited = invited + %s where id = %s", [count, panel_id])


def find_asked(connection: Connection, *, token_hash: bytes) -> Asked | None:
    """Give who has this link; None when nobody has, or they want no more."""
    statement = "select panel, address_seal, answered from forms.panel_invite where token_hash = %s"
    row = connection.execute(statement, [token_hash]).fetchone()
    return Asked(**row) if row else None


def keep_answers(connection: Connection, *, token_hash: bytes, answers: Mapping[str, Any]) -> bool:
    """Keep what was answered, apart from who did; False when this link was used already."""
    statement = """
        update forms.panel_invite set answered = true where token_hash = %s and not answered returning panel
    """
    row = connection.execute(statement, [token_hash]).fetchone()
    if row is None:
        return False
    values = [row["panel"], Jsonb(dict(answers))]
    connection.execute("insert into forms.panel_answer (panel, answers) values (%s, %s)", values)
    return True


def stop_asking(connection: Connection, *, seal: str, today: date) -> None:
    """Never ask this person again; links that they have stop working."""
    connection.execute("insert into forms.panel_stop values (%s, %s) on conflict do nothing", [seal, today])
    connection.execute("delete from forms.panel_invite where address_seal = %s", [seal])


def answers_to(connection: Connection, *, panel_id: str) -> Sequence[Mapping[str, Any]]:
    """Give what was answered."""
    rows = connection.execute("select answers from forms.panel_answer where panel = %s", [panel_id])
    return [row["answers"] for row in rows]


def count_answers(connection: Connection, *, panel_id: str) -> int:
    """Give how many people answered."""
    row = connection.execute("select count(*) as n from forms.panel_answer where panel = %s", [panel_id]).fetchone()
    return int(row["n"]) if row else 0


def closed_panels(connection: Connection, *, today: date) -> Sequence[Panel]:
    """Give those whose last day is over and that were not counted yet."""
    statement = f"select {_PANELS} from forms.panel where closes_on < %s and counts is null for update"
    return [Panel(**row) for row in connection.execute(statement, [today])]


def keep_counts(connection: Connection, *, panel_id: str, counts: Mapping[str, Mapping[str, int]]) -> None:
    """Keep what may be seen of the counts, and destroy the answers, who was asked for it, and what waits of the list.

    A seal stays with its link, so that who was asked can still ask for no more.
    """
    connection.execute("update forms.panel set counts = %s where id = %s", [Jsonb(dict(counts)), panel_id])
    connection.execute("delete from forms.panel_answer where panel = %s", [panel_id])
    connection.execute("delete from forms.panel_waiting where panel = %s", [panel_id])
    statement = """
        update forms.panel_invite i set panel = null, answered = false, until = p.closes_on + %s
        from forms.panel p where p.id = i.panel and p.id = %s
    """
    connection.execute(statement, [WAY_OUT.days, panel_id])


def forget_ways_out(connection: Connection, *, today: date) -> None:
    """Forget the links of questionnaires that closed long ago."""
    connection.execute("delete from forms.panel_invite where until < %s", [today])
