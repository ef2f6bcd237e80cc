"""What was published when and by whom; which version of each product serves at a moment follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.access import Person
from shared.database import Connection

_COLUMNS = """
    publication.id, product, version, published_at, serves_from, publication.subject, publication.signed_by, because,
    examples, calling_off.at as called_off_at, calling_off.signed_by as called_off_by
"""
_ALL = "catalogue.publication left join catalogue.calling_off on calling_off.publication = publication.id"
_SERVING = f"""
select distinct on (product) {_COLUMNS} from {_ALL}
where serves_from <= %(at)s and calling_off.at is null
order by product, serves_from desc, publication.id desc
"""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who does something, at which instant, and why."""

    by: Person
    at: datetime
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Publication:
    """One act of publishing: this version serves from `serves_from` on, until the next one does.

    `signed_by` is the name of whoever did it; None is the folder that came with the software. `examples` are the texts
    of the example cases that held then, by file name within the product. One that was called off never served.
    """

    id: int
    product: str
    version: str
    published_at: datetime
    serves_from: datetime
    subject: str | None
    signed_by: str | None
    because: str
    examples: Mapping[str, str] | None
    called_off_at: datetime | None
    called_off_by: str | None


def serving_at(connection: Connection, *, at: datetime) -> dict[str, Publication]:
    """What serves at this moment, by product."""
    return {row["product"]: Publication(**row) for row in connection.execute(_SERVING, {"at": at})}


def publications_of(connection: Connection, *, product_id: str) -> Sequence[Publication]:
    """Every publication of a product, the latest first."""
    statement = f"select {_COLUMNS} from {_ALL} where product = %s order by serves_from desc, publication.id desc"
    return [Publication(**row) for row in connection.execute(statement, [product_id])]
