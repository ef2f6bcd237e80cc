"""Which questions a computed value or a rule rests on in the end."""

from __future__ import annotations

from collections.abc import Iterable

from shared.catalogue.definitions import Product
from shared.rules import compile_expression


def questions_behind(names: Iterable[str], *, product: Product) -> frozenset[str]:
    """The ids of the questions behind these names of questions and computed values."""
    computed = {one.id: one for one in product.computed}
    found: set[str] = set()
    for name in names:
        one = computed.get(name)
        if one is None:
            found.add(name)
        elif one.table:
            found.add(one.table)
        else:
            found |= questions_behind(compile_expression(one.formula).names, product=product)
    return frozenset(found)
