"""Keeps what other services told of cases, in PostgreSQL: the pages of a case follow from it."""

from __future__ import annotations

from psycopg.types.json import Jsonb

from services.forms.domain.cases import CaseFact
from shared.database import Connection
from shared.events import NoticeSent
from shared.wire import name_of, to_wire


def keep_fact(connection: Connection, *, fact: CaseFact) -> None:
    """Keep what the workflow told of a case; told again it changes nothing."""
    name, version = name_of(fact)
    connection.execute(
        """
        insert into forms.case_fact (reference, sequence, name, version, payload) values (%s, %s, %s, %s, %s)
        on conflict do nothing
        """,
        [fact.reference, fact.sequence, name, version, Jsonb(to_wire(fact))],
    )


def keep_notice(connection: Connection, *, notice: NoticeSent) -> None:
    """Keep that a message was sent."""
    connection.execute(
        "insert into forms.notice (message_id, reference, payload) values (%s, %s, %s) on conflict do nothing",
        [notice.message_id, notice.reference, Jsonb(to_wire(notice))],
    )
