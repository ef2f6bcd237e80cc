"""Checks over a whole product: every name exists, is known in time, fits and is used, and fees leave no gap."""

from __future__ import annotations

from shared.catalogue.check.expressions import check_expressions
from shared.catalogue.check.fees import check_fees
from shared.catalogue.check.order import check_order
from shared.catalogue.check.references import check_references
from shared.catalogue.check.used import check_used
from shared.catalogue.definitions import Product
from shared.catalogue.faults import Fault
from shared.catalogue.origins import Origins


def check_product(product: Product, *, origins: Origins) -> list[Fault]:
    """Find what only shows when all texts of a product lie side by side."""
    checks = (check_expressions, check_order, check_references, check_fees)
    return [fault for check in checks for fault in check(product, origins=origins)]


def check_sense(product: Product, *, origins: Origins) -> list[Fault]:
    """Find what makes no sense; it shows only in a product that has no other faults."""
    return [*check_used(product, origins=origins)]
