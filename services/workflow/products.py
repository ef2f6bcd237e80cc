"""The products as cases started with them, and how this municipality reads the law of their terms."""

from __future__ import annotations

from typing import Final

from services.workflow.domain.case import Case
from services.workflow.domain.given import to_decide_on
from services.workflow.law_choices import choices
from shared.catalogue.definitions import Product
from shared.catalogue.versions import recall
from shared.database import Connection
from shared.law.terms import Policy

_FIRST: Final = "select product, version, submission -> 'answers' as answers from workflow.cases where reference = %s"


class KeptProducts:
    """Products as they were when the application came in (the port `Products`)."""

    def __init__(self, connection: Connection) -> None:
        """Read over this connection; what was read once stays in memory."""
        self._connection = connection

    @property
    def policy(self) -> Policy:
        """How the law is read where it is open."""
        return choices()

    def product(self, product_id: str, *, version: str) -> Product:
        """Give the product. Raises UnknownVersionError."""
        return recall(self._connection, product_id=product_id, version=version)

    def to_decide_on(self, case: Case) -> Product:
        """Give the product of a case with the end and number that a decision gives: of an objection the first case's.

        Raises UnknownVersionError.
        """
        said = case.submission
        own = self.product(said.product, version=said.version)
        link = said.link if case.is_objection else None
        row = self._connection.execute(_FIRST, [link.reference]).fetchone() if link else None
        if row is None:
            return to_decide_on(own, answers=said.answers)
        first = self.product(row["product"], version=row["version"])
        return to_decide_on(own, answers=row["answers"], first=first)
