"""Hears what keeps the house in order: a new day, counts of forms, and cases of which nothing may be left."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.workflow.actions import hearing
from services.workflow.actions.records import order_again
from services.workflow.desk import open_desk
from services.workflow.housekeeping import forget_typed, keep_figures, keep_measures
from services.workflow.indicator_figures import work_out_last
from services.workflow.records_store import RecordsStore
from shared.bus import Courier, Inbox
from shared.database import Connection
from shared.destroying import destroy_rows
from shared.events import DayBegan, FormsMeasured
from shared.record_events import CaseDestroyed, CaseDestructionOrdered

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


def hear_chores(inbox: Inbox) -> None:
    """Enter the handlers."""

    @inbox.hears(FormsMeasured)
    def hear_measures(connection: Connection, happened: FormsMeasured, /, *, now: datetime) -> None:  # noqa: ARG001 counts of a day
        keep_measures(connection, measured=happened)

    @inbox.hears(DayBegan)
    def hear_day(connection: Connection, happened: DayBegan, /, *, now: datetime) -> None:
        forget_typed(connection, now=now)
        order_again(now=now, archive=RecordsStore(connection), tell=Courier(connection, now=now).tell)
        hearing.renew_deadlines(happened.on, now=now, desk=open_desk(connection, now=now))
        work_out_last(connection, today=happened.on)

    @inbox.hears(CaseDestructionOrdered)
    def hear_order(connection: Connection, happened: CaseDestructionOrdered, /, *, now: datetime) -> None:
        _order_views(connection, reference=happened.reference, now=now)
        keep_figures(connection, reference=happened.reference)
        rows = _destroy(connection, reference=happened.reference)
        told = CaseDestroyed(reference=happened.reference, service="workflow", at=now, rows=rows, files=0)
        Courier(connection, now=now).tell(told)

    @inbox.hears(CaseDestroyed)
    def hear_report(connection: Connection, happened: CaseDestroyed, /, *, now: datetime) -> None:  # noqa: ARG001 it says itself when
        RecordsStore(connection).report(happened)


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
    return typed + rows
