"""Reads the counts of filled-in forms: SQL in, plain rows out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.forms.domain.figures import Counts
from shared.database import Connection

_FORMS = """
select product, what, sum(count)::int as count from forms.measure
where subject = 'form' and day >= %s group by product, what
"""
_PRODUCT = """
select subject, id, what, sum(count)::int as count from forms.measure
where product = %s and day >= %s group by subject, id, what
"""


def count_forms(connection: Connection, *, since: date) -> Mapping[str, Counts]:
    """What was counted of whole forms from this day on, by product."""
    found: dict[str, dict[tuple[str, str, str], int]] = {}
    for row in connection.execute(_FORMS, [since]):
        found.setdefault(row["product"], {})["form", "", row["what"]] = row["count"]
    return found


def count_product(connection: Connection, *, product_id: str, since: date) -> Counts:
    """All that was counted of a product from this day on, over its versions."""
    rows = connection.execute(_PRODUCT, [product_id, since])
    return {(row["subject"], row["id"], row["what"]): row["count"] for row in rows}
