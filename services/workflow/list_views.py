"""The lists that there are, what they can be narrowed to and sorted by: conditions and orders of `workflow.cases c`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.workflow.absences import HANDS, RANKS_OF_OTHERS
from services.workflow.advice_store import LATE
from services.workflow.mentions import UNREAD
from services.workflow.rows import IN_COURT
from services.workflow.watches import FOLLOWED, STIRRED

OPEN: Final = "c.status in ('received', 'in_progress', 'awaiting_supplement')"
_RUNNING = "c.status in ('received', 'in_progress')"
DONE: Final = "c.status in ('decided', 'announced', 'withdrawn')"
_TOLD_RECENTLY = """
select t.case_id from workflow.timers t
where t.what = 'escalate' and t.state = 'fired' and t.fired_at >= %(since)s and split_part(t.key, ':', 3) =
"""
_TOLD_RANKS = f"%(ranks)s || {RANKS_OF_OTHERS}"
_TOLD = f"""
c.id = any(array({_TOLD_RECENTLY} any(array['handler'] || {_TOLD_RANKS})))
and (c.handler = any({HANDS}) or c.handler is null and %(leads)s or c.id in ({_TOLD_RECENTLY} any({_TOLD_RANKS})))
"""
"""The few steps that went off lately come as an array, so that PostgreSQL looks these cases up: of a list beside others
it thinks that many cases are in it, and reads all."""
_ANSWERED = """
(select l.kind from workflow.timeline l where l.case_id = c.id and l.kind not in ('sent', 'escalated', 'note')
 order by l.id desc limit 1) in ('answered', 'lapsed')
"""

VIEWS: Final[Mapping[str, str]] = {
    "open": OPEN,
    "mine": f"{OPEN} and c.handler = any({HANDS})",
    "late": f"{_RUNNING} and c.deadline < %(today)s",
    "week": f"{_RUNNING} and c.deadline between %(today)s and %(sunday)s",
    "free": f"{OPEN} and c.handler is null",
    "waiting": "c.status = 'awaiting_supplement'",
    "decided": DONE,
}
"""The kept lists that stand above the work list, each a condition."""

MORE_VIEWS: Final[Mapping[str, str]] = {
    "all": "true",
    "escalated": f"({OPEN} or c.status = 'decided' or {IN_COURT}) and {_TOLD}",
    "appeals": IN_COURT,
    "answered": f"{OPEN} and c.handler = any({HANDS}) and {_ANSWERED}",
    "mentioned": f"c.id in ({UNREAD})",
    "followed": f"c.id in ({FOLLOWED})",
    "stirred": f"c.id in ({STIRRED})",
    "advice_late": f"{OPEN} and c.handler = any({HANDS}) and c.id in ({LATE})",
    "rules": "c.id in (select o.case_id from workflow.at_once o where not o.sampled)",
    "sample": "c.id in (select o.case_id from workflow.at_once o where o.sampled)",
}
"""Lists that a search, a morning mail or the foot of the list leads to."""

TERMS: Final[Mapping[str, str]] = {
    "late": f"{_RUNNING} and c.deadline < %(today)s",
    "today": f"{_RUNNING} and c.deadline = %(today)s",
    "rest": f"{_RUNNING} and c.deadline > %(today)s and c.deadline <= %(sunday)s",
    "soon": f"{_RUNNING} and c.deadline between %(today)s and %(soon)s",
    "later": f"{_RUNNING} and c.deadline > %(soon)s",
    "paused": "c.status = 'awaiting_supplement'",
}

SORTS: Final[Mapping[str, str]] = {
    "deadline": "(c.status = 'awaiting_supplement'), c.deadline, c.received_at, c.reference",
    "-deadline": "(c.status = 'awaiting_supplement') desc, c.deadline desc, c.received_at desc, c.reference desc",
    "applicant": "lower(c.applicant), c.reference",
    "-applicant": "lower(c.applicant) desc, c.reference desc",
    "status": "c.status, c.deadline, c.reference",
    "-status": "c.status desc, c.deadline desc, c.reference desc",
    "handler": "p.name nulls first, c.deadline, c.reference",
    "-handler": "p.name desc nulls last, c.deadline desc, c.reference desc",
    "received": "c.received_at, c.reference",
    "-received": "c.received_at desc, c.reference desc",
}

_BY_INDEX = {sort: SORTS[sort] for sort in ("applicant", "-applicant", "received", "-received")}
LONG: Final[Mapping[str, Mapping[str, str]]] = {
    "all": _BY_INDEX,
    "rules": _BY_INDEX,
    "decided": {
        **_BY_INDEX,
        "deadline": "c.deadline, c.received_at, c.reference",
        "-deadline": "c.deadline desc, c.received_at desc, c.reference desc",
    },
}
"""The lists of what is over, with the orders they can be in; any other order is newest first."""

LOOKED_UP: Final = frozenset({"escalated"})
"""Lists of cases that something else leads to: they are looked up once, for the page and for how many there are."""

STATUSES: Final = ("received", "in_progress", "awaiting_supplement", "decided", "announced", "withdrawn")
