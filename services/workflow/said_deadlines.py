"""The last days to decide as they were known on a morning in the past: from the lines that the ledger had then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from services.workflow.domain.clock import read_clock
from services.workflow.law_choices import terms_for
from services.workflow.products import KeptProducts
from services.workflow.queries import Row, ledgers_of
from services.workflow.span_queries import dawn_of
from shared.database import Connection


def deadlines_on(connection: Connection, *, rows: Sequence[Row], on: date) -> Mapping[UUID, date]:
    """Give by case the day to steer on, as these cases (of a `product` and `version`) stood on this morning."""
    products, dawn = KeptProducts(connection), dawn_of(on)
    ledgers = ledgers_of(connection, case_ids=[row["case_id"] for row in rows])
    return {
        row["case_id"]: read_clock(
            [entry for entry in ledgers[row["case_id"]] if entry.at < dawn],
            terms=terms_for(products.product(row["product"], version=row["version"]).process),
            today=on,
        ).decide_by
        for row in rows
    }
