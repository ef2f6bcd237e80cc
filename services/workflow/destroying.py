"""Destroys what this service holds of one case, but what staff did and figures that lead to nobody."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.workflow.housekeeping import keep_figures
from services.workflow.times_store import forget
from shared.bus import Courier
from shared.database import Connection
from shared.destroying import destroy_rows
from shared.record_events import CaseDestructionOrdered

STAYS: Final = frozenset({"audit", "destructions"})
"""What staff did, and that the case was destroyed: neither says anything of its applicant."""

_WORDS = """
select array_agg(word) as words from workflow.cases c join workflow.search s on s.case_id = c.id,
       workflow.words_in(s.document) word
where c.reference = %s
"""
_FORGET_WORDS = """
delete from workflow.words w where w.word = any(%s)
and not exists (select from workflow.search s where s.document @@ to_tsquery('simple', quote_literal(w.word)))
"""
"""A word that stood in this case alone, such as a name, would be offered to who searches."""

_FORGET_RUNS = """
delete from workflow.bulk_runs r where r.started_at is not null
and not exists (select from workflow.bulk_cases c where c.run_id = r.id)
"""
"""What was asked or decided in many cases at once goes with the last of them."""


def destroy_case(connection: Connection, *, reference: str, now: datetime) -> int:
    """Leave nothing of a case, and have its views go as well; give how many rows went."""
    _order_views(connection, reference=reference, now=now)
    keep_figures(connection, reference=reference)
    forget(connection, reference=reference)
    return _destroy(connection, reference=reference)


def _order_views(connection: Connection, *, reference: str, now: datetime) -> None:
    """Have what was mailed and sent under the reference of a view go with its case."""
    tell = Courier(connection, now=now).tell
    found = "select v.view from workflow.views v join workflow.cases c on c.id = v.case_id where c.reference = %s"
    for row in connection.execute(found, [reference]).fetchall():
        tell(CaseDestructionOrdered(reference=row["view"], at=now))


def _destroy(connection: Connection, *, reference: str) -> int:
    found = connection.execute(_WORDS, [reference]).fetchone()
    typed = connection.execute("delete from workflow.kept_forms where path like %s", [f"%/{reference}/%"]).rowcount
    rows = destroy_rows(connection, schema="workflow", reference=reference, but=STAYS)
    connection.execute(_FORGET_WORDS, [(found or {}).get("words") or []])
    connection.execute(_FORGET_RUNS)
    return typed + rows
