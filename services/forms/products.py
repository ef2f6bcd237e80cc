"""The products of the municipality: those that serve now, and those of before from the database."""

from __future__ import annotations

import time
from collections.abc import Mapping
from threading import Lock
from typing import Final

from services.forms.standing import standing_products
from shared.catalogue.definitions import Catalogue, Product
from shared.catalogue.versions import recall
from shared.clock import utc_now
from shared.database import Pool

FRESH_S: Final = 1.0
"""Seconds that a process serves on without asking which versions serve now."""


class KeptProducts:
    """The products of one catalogue in memory; an older version is read from the database once."""

    def __init__(self, catalogue: Catalogue, *, pool: Pool) -> None:
        """Serve the products of this catalogue."""
        self._products: Mapping[str, Product] = catalogue.products
        self._pool = pool

    @property
    def current(self) -> Mapping[str, Product]:
        """Every product that can be asked for now, by id."""
        return self._products

    def version(self, product_id: str, *, version: str) -> Product:
        """A product as it was published under this version.

        Raises:
            UnknownVersionError: it was never kept.
        """
        current = self._products.get(product_id)
        if current is not None and current.version == version:
            return current
        with self._pool.reading() as connection:
            return recall(connection, product_id=product_id, version=version)

    def all_kept(self) -> bool:
        """Whether the database knows each of today's versions, so that a draft can always go on with its own."""
        wanted = {(product.id, product.version) for product in self.current.values()}
        with self._pool.reading() as connection:
            rows = connection.execute("select product, version from catalogue.version").fetchall()
        return wanted <= {(row["product"], row["version"]) for row in rows}


class ServingProducts(KeptProducts):
    """The products as they are published: each process asks the database once a second which versions serve."""

    def __init__(self, catalogue: Catalogue, *, pool: Pool) -> None:
        """Begin with what served at the start."""
        super().__init__(catalogue, pool=pool)
        self._folder = catalogue.in_folder
        self._asked = time.monotonic()
        self._asking = Lock()

    @property
    def current(self) -> Mapping[str, Product]:
        """Every product that can be asked for now, by id."""
        if time.monotonic() - self._asked >= FRESH_S and self._asking.acquire(blocking=False):
            try:
                self.refresh()
            finally:
                self._asking.release()
        return self._products

    def refresh(self) -> None:
        """Ask now; without the database nothing can be asked for either, so its error goes on to the page."""
        with self._pool.reading() as connection:
            self._products = standing_products(connection, known=self._products, folder=self._folder, at=utc_now())
        self._asked = time.monotonic()
