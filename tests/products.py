"""The products of the house, read once for all tests of a process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from shared import catalogue
from shared.catalogue.definitions import Catalogue, Product
from shared.catalogue.faults import FaultyProductError
from shared.catalogue.reader import examine, read_catalogue

CATALOGUE: Final[Catalogue] = read_catalogue(Path(catalogue.__file__).parent)


def read_product(files: Mapping[str, str], *, product_id: str) -> Product:
    """Read one product from its texts by relative path.

    Raises:
        FaultyProductError: with every fault found.
    """
    read = examine(files, product_id=product_id)
    if read.product is None or not read.sound:
        raise FaultyProductError([fault for fault in read.faults if fault.kind == "fault"])
    return read.product
