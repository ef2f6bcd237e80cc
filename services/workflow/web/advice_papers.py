"""The files of a case that an adviser may get to see."""

from __future__ import annotations

from collections.abc import Sequence

from services.workflow.domain.advice import may_show_file
from services.workflow.domain.case import Case
from services.workflow.queries import Row, files_of
from shared.catalogue.definitions import Product
from shared.database import Connection


def papers_of(connection: Connection, *, case: Case, product: Product) -> Sequence[Row]:
    """Give the files that open and hold nothing sensitive."""
    rows = files_of(connection, case_id=case.id)
    return [row for row in rows if may_show_file(row["question"], scan=row["scan"], product=product)]
