"""Hears what keeps the house in order: a new day, counts of forms, and cases of which nothing may be left."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions import hearing
from services.workflow.actions.records import order_again
from services.workflow.desk import open_desk
from services.workflow.destroying import destroy_case
from services.workflow.housekeeping import forget_typed, keep_measures
from services.workflow.nightly import work_out_night
from services.workflow.records_store import RecordsStore
from shared.bus import Courier, Inbox
from shared.database import Connection
from shared.events import DayBegan, FormsMeasured
from shared.record_events import CaseDestroyed, CaseDestructionOrdered


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
        work_out_night(connection, today=happened.on)

    @inbox.hears(CaseDestructionOrdered)
    def hear_order(connection: Connection, happened: CaseDestructionOrdered, /, *, now: datetime) -> None:
        rows = destroy_case(connection, reference=happened.reference, now=now)
        told = CaseDestroyed(reference=happened.reference, service="workflow", at=now, rows=rows, files=0)
        Courier(connection, now=now).tell(told)

    @inbox.hears(CaseDestroyed)
    def hear_report(connection: Connection, happened: CaseDestroyed, /, *, now: datetime) -> None:  # noqa: ARG001 it says itself when
        RecordsStore(connection).report(happened)
