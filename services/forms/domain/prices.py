"""What a product costs on a day, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from services.forms.domain.showing import show_amount
from shared.catalogue.definitions import Fee, Product
from shared.catalogue.plan import in_force
from shared.events import Words


def prices_of(product: Product, *, on: date) -> Sequence[tuple[Fee, Words]]:
    """Give each fee that counts on this day, with what people pay."""
    return [(fee, _price(fee, product=product)) for fee in product.fees if in_force(fee, on=on)]


def _price(fee: Fee, *, product: Product) -> Words:
    """An amount, or so much for each one with or without a fixed amount."""
    each = show_amount(Decimal(fee.cents) / 100)
    unit = next((one.unit for one in product.computed if one.id == fee.per), None)
    if unit is None:
        return each
    fixed = show_amount(Decimal(fee.fixed_cents) / 100)
    start = Words(nl=f"{fixed.nl} en ", en=f"{fixed.en} and ") if fee.fixed_cents else Words(nl="", en="")
    return Words(nl=f"{start.nl}{each.nl} per {unit}", en=f"{start.en}{each.en} per {unit}")
