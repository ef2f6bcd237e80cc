"""What is kept and forgotten beside the cases: counts of filling in forms, for management; text that staff typed."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.workflow.bulk_store import forget_unstarted
from services.workflow.draft_store import forget_pages
from services.workflow.people import forget_old_forms
from shared.database import Connection
from shared.events import FormsMeasured

KEPT_FORMS_LIVE = timedelta(days=30)
CHOSEN_LIVE = timedelta(days=1)

_ADD = """
insert into workflow.measures (day, product, version, subject, id, what, count)
values (%s, %s, %s, %s, %s, %s, %s)
on conflict (day, product, version, subject, id, what) do update set count = measures.count + excluded.count
"""

_KEEP_FIGURES = """
insert into workflow.marks_kept (product, day, mark, steps)
select c.product, (m.at at time zone 'Europe/Amsterdam')::date, m.mark, m.steps
from workflow.marks m join workflow.cases c on c.id = m.case_id where c.reference = %s
"""


def keep_measures(connection: Connection, *, measured: FormsMeasured) -> None:
    """Add these counts to those of the day."""
    about = [measured.on, measured.product, measured.version]
    connection.cursor().executemany(
        _ADD, [[*about, one.subject, one.id, one.what, one.count] for one in measured.counts]
    )


def forget_typed(connection: Connection, *, now: datetime) -> None:
    """Forget text that staff typed and cases that they chose, when nobody came back for it."""
    forget_unstarted(connection, before=now - CHOSEN_LIVE)
    forget_old_forms(connection, before=now - KEPT_FORMS_LIVE)
    forget_pages(connection, before=now - KEPT_FORMS_LIVE)


def keep_figures(connection: Connection, *, reference: str) -> None:
    """Keep the figures of a mark, without its words, before its case is destroyed: nobody can tell whose they are."""
    connection.execute(_KEEP_FIGURES, [reference])
