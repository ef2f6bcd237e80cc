"""The products as cases started with them, and how this municipality reads the law of their terms."""

from __future__ import annotations

from services.workflow.law_choices import choices
from shared.catalogue.definitions import Product
from shared.catalogue.versions import recall
from shared.database import Connection
from shared.law.terms import Policy


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
