"""What makes no sense though every name is right."""

from __future__ import annotations

from shared.catalogue.check.proofs import check_proofs
from shared.catalogue.check.used import check_used
from shared.catalogue.definitions import Product
from shared.catalogue.faults import Fault
from shared.catalogue.origins import Origins


def check_sense(product: Product, *, origins: Origins) -> list[Fault]:
    """Find what nobody uses and what can never be; a wrong name elsewhere would make a question look unused."""
    return [*check_used(product, origins=origins), *check_proofs(product, origins=origins)]
