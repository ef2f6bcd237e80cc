"""Checks over a whole product: all that only shows when its texts lie side by side."""

from __future__ import annotations

from shared.catalogue.check.expressions import check_expressions
from shared.catalogue.check.fees import check_fees
from shared.catalogue.check.order import check_order
from shared.catalogue.check.plain import check_plain
from shared.catalogue.check.references import check_references
from shared.catalogue.check.retention import check_retention
from shared.catalogue.definitions import Product
from shared.catalogue.faults import Fault
from shared.catalogue.origins import Origins


def check_product(product: Product, *, origins: Origins) -> list[Fault]:
    """Find wrong names and kinds, circles, gaps in fees, wrong terms of retention, and Dutch that is not plain."""
    checks = (check_expressions, check_order, check_references, check_fees, check_retention, check_plain)
    return [fault for check in checks for fault in check(product, origins=origins)]
