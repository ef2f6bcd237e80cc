"""What was published when and by whom; which version of each product serves at a moment follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from shared.access import Person
from shared.catalogue.definitions import Product
from shared.catalogue.versions import remember
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


class InThePastError(Exception):
    """Nothing can serve from a moment that is over: what residents read then has been read."""


class AlreadyServesError(Exception):
    """It serves by now, so it can only be followed by another version."""


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


def publish(
    connection: Connection,
    product: Product,
    /,
    *,
    signed: Signature,
    serves_from: datetime,
    examples: Mapping[str, str] | None = None,
) -> None:
    """Keep this version and offer it from a moment on, in the caller's transaction.

    Raises:
        InThePastError: that moment is before it was signed.
    """
    if serves_from < signed.at:
        raise InThePastError
    remember(connection, product)
    _add(
        connection,
        {
            "product": product.id,
            "version": product.version,
            "published_at": signed.at,
            "serves_from": serves_from,
            "subject": signed.by.subject,
            "signed_by": signed.by.name,
            "because": signed.because,
            "examples": None if examples is None else Jsonb(dict(examples)),
        },
    )


def call_off(connection: Connection, *, publication_id: int, by: Person, at: datetime) -> None:
    """Call off a publication that does not serve yet.

    Raises:
        AlreadyServesError: it serves by now, was called off before, or never was.
    """
    done = connection.execute(
        """
        insert into catalogue.calling_off (publication, at, subject, signed_by)
        select id, %(at)s, %(subject)s, %(name)s from catalogue.publication where id = %(id)s and serves_from > %(at)s
        on conflict do nothing
        """,
        {"id": publication_id, "at": at, "subject": by.subject, "name": by.name},
    )
    if done.rowcount == 0:
        raise AlreadyServesError


def publish_from_folder(
    connection: Connection, product: Product, /, *, examples: Mapping[str, str], at: datetime
) -> bool:
    """Offer the version of the folder when it is new there, in the caller's transaction; False when it waits.

    It waits, kept and to be seen, where somebody published another version by hand: what a person signed is not undone
    by an update of the software.
    """
    remember(connection, product)
    rows = publications_of(connection, product_id=product.id)
    told = next((row.version for row in sorted(rows, key=lambda row: -row.id) if row.signed_by is None), None)
    if told == product.version:
        return True
    own = {row.version for row in rows if row.signed_by is None}
    counting = [row for row in rows if row.called_off_at is None]
    if any(row.version not in own for row in counting[:1]):
        return False
    values = {"product": product.id, "version": product.version, "published_at": at, "serves_from": at}
    _add(connection, {**values, "examples": Jsonb(dict(examples))})
    return True


def _add(connection: Connection, values: Mapping[str, Any]) -> None:
    names = ", ".join(values)
    places = ", ".join(f"%({name})s" for name in values)
    connection.execute(f"insert into catalogue.publication ({names}) values ({places})", values)
