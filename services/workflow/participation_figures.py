"""Works out the indicators of taking part: talks before the start and what they led to, and citizens' initiatives."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from services.workflow.domain.onward import ways_on
from shared.catalogue.definitions import Product
from shared.database import Connection
from shared.events import Nature

_CAME: Final = """
select count(*) as cases, count(*) filter (where exists (
    select from workflow.cases n where n.parent = c.reference and n.kind = 'talk')) as led_on
from workflow.cases c
where c.product = any(%(products)s) and c.received_at >= %(first)s and c.received_at < %(beyond)s
"""
_DECIDED: Final = """
select count(*) as cases, count(*) filter (where d.decision ->> 'result' in ('granted', 'granted_partly')) as agreed
from workflow.decisions d join workflow.cases c on c.id = d.case_id
where c.product = any(%(products)s) and d.decided_at >= %(first)s and d.decided_at < %(beyond)s
"""


def participation_of(
    connection: Connection, *, products: Sequence[Product], first: str, beyond: str
) -> dict[str, tuple[Decimal, int]]:
    """Give the value of each indicator with how many cases are behind it; one without cases is left out.

    A talk is a request whose rules lead to other products. An initiative is what its nature says.
    """
    talks = [each.id for each in products if each.nature is Nature.REQUEST and ways_on(each)]
    initiatives = [each.id for each in products if each.nature is Nature.INITIATIVE]
    within = {"first": first, "beyond": beyond}
    talked = _count(connection, _CAME, {**within, "products": talks}, part="led_on")
    began = _count(connection, _CAME, {**within, "products": initiatives}, part="led_on")
    decided = _count(connection, _DECIDED, {**within, "products": initiatives}, part="agreed")
    found = {
        "talks": (Decimal(talked[0]), talked[0]),
        "talks_on": (_percent(talked), talked[0]),
        "initiatives": (Decimal(began[0]), began[0]),
        "initiatives_agreed": (_percent(decided), decided[0]),
    }
    return {name: (value, cases) for name, (value, cases) in found.items() if cases}


def _count(connection: Connection, statement: str, asked: dict[str, object], *, part: str) -> tuple[int, int]:
    row = connection.execute(statement.encode(), asked).fetchone() or {"cases": 0, part: 0}
    return row["cases"], row[part]


def _percent(counted: tuple[int, int]) -> Decimal:
    cases, part = counted
    return Decimal(100 * part) / cases if cases else Decimal(0)
