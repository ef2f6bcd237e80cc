"""Reads for the pages of the functional administrator: SQL in, plain rows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.database import Connection

_OVERVIEW = """
with publication as (
    select p.* from catalogue.publication p
    where not exists (select from catalogue.calling_off c where c.publication = p.id)
), serving as (
    select distinct on (product) product, version, serves_from, signed_by from publication
    where serves_from <= %(at)s order by product, serves_from desc, id desc
), waiting as (
    select product, min(serves_from) as waits_until from publication where serves_from > %(at)s group by product
), numbered as (
    select product, version, row_number() over (partition by product order by first_seen, version)::int as number
    from catalogue.version
)
select product, number, serves_from, serving.signed_by, waits_until, changed_at, changed_by
from serving
join numbered using (product, version)
full join waiting using (product)
full join forms.working_copy using (product)
order by product
"""


@dataclass(frozen=True, kw_only=True)
class ProductRow:
    """A product in the list: what serves since when by whom (None: the folder), what waits, and who works on it."""

    product: str
    number: int | None
    serves_from: datetime | None
    signed_by: str | None
    waits_until: datetime | None
    changed_at: datetime | None
    changed_by: str | None


def list_products(connection: Connection, *, at: datetime) -> Sequence[ProductRow]:
    """Every product that serves, waits or is worked on."""
    return [ProductRow(**row) for row in connection.execute(_OVERVIEW, {"at": at})]
