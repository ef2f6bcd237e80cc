"""Takes all of one case out of a service's tables: found by how they hang together, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from psycopg import sql

from shared.database import Connection

_ABOUT_A_CASE = """
select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
where c.table_schema = %s and c.column_name = 'reference' and t.table_type = 'BASE TABLE' order by c.table_name
"""
_TIES = """
select child.relname as child, parent.relname as parent,
       array(select a.attname::text from unnest(f.conkey) with ordinality k (number, place)
             join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.number order by k.place) as columns,
       array(select a.attname::text from unnest(f.confkey) with ordinality k (number, place)
             join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.number order by k.place) as keys
from pg_constraint f
join pg_class child on child.oid = f.conrelid join pg_class parent on parent.oid = f.confrelid
join pg_namespace n on n.oid = child.relnamespace
where f.contype = 'f' and n.nspname = %s and f.confdeltype <> 'n' order by child.relname, f.conname
"""
"""What is only set to null when the other row goes, stays."""


@dataclass(frozen=True, kw_only=True)
class _Tie:
    child: str
    parent: str
    columns: list[str]
    keys: list[str]


def destroy_rows(connection: Connection, *, schema: str, reference: str, but: Collection[str] = ()) -> int:
    """Delete each row of this schema that bears the reference, and before it whatever hangs on it; tell how many.

    `but` are tables that stay. A second time there is nothing left, and nothing happens.
    """
    tables = [row["table_name"] for row in connection.execute(_ABOUT_A_CASE, [schema]) if row["table_name"] not in but]
    work = _Destruction(connection, schema=schema, reference=reference)
    return sum(work.destroy(table, where=sql.SQL("reference = %s"), above=()) for table in tables)


class _Destruction:
    """The statements for one case, children before what they hang on."""

    def __init__(self, connection: Connection, *, schema: str, reference: str) -> None:
        self._connection = connection
        self._schema = schema
        self._reference = reference
        self._ties = [_Tie(**row) for row in connection.execute(_TIES, [schema])]

    def destroy(self, table: str, *, where: sql.Composable, above: Sequence[str]) -> int:
        path = (*above, table)
        children = (tie for tie in self._ties if tie.parent == table and tie.child not in path)
        gone = sum(self.destroy(tie.child, where=self._hangs_on(tie, where=where), above=path) for tie in children)
        statement = sql.SQL("delete from {} where {}").format(sql.Identifier(self._schema, table), where)
        return gone + self._connection.execute(statement, [self._reference]).rowcount

    def _hangs_on(self, tie: _Tie, *, where: sql.Composable) -> sql.Composable:
        return sql.SQL("({}) in (select {} from {} where {})").format(
            _names(tie.columns), _names(tie.keys), sql.Identifier(self._schema, tie.parent), where
        )


def _names(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
