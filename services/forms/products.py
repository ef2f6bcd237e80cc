"""The products of the municipality: today's from the catalogue, those of before from the database."""

from __future__ import annotations

from collections.abc import Mapping

from shared.catalogue.definitions import Catalogue, Product
from shared.catalogue.versions import recall
from shared.database import Pool


class KeptProducts:
    """Today's products in memory; an older version is read from the database once."""

    def __init__(self, catalogue: Catalogue, *, pool: Pool) -> None:
        """Serve the products of this catalogue."""
        self._catalogue = catalogue
        self._pool = pool

    @property
    def current(self) -> Mapping[str, Product]:
        """Every product that can be asked for now, by id."""
        return self._catalogue.products

    def version(self, product_id: str, *, version: str) -> Product:
        """A product as it was published under this version.

        Raises:
            UnknownVersionError: it was never kept.
        """
        current = self.current.get(product_id)
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
