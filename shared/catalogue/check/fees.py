"""Whether every fee class that a rule leads to has exactly one price on every day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from shared.catalogue.definitions import Effect, Fee, Product, Rule
from shared.catalogue.faults import Fault, Place, nearest_name
from shared.catalogue.origins import Origins


def check_fees(product: Product, *, origins: Origins) -> Iterator[Fault]:
    """Check fees against the rules that lead to them, and against one another."""
    classes: dict[str, list[Fee]] = {}
    for fee in sorted(product.fees, key=lambda each: each.valid_from):
        classes.setdefault(fee.fee_class, []).append(fee)
    rules = [rule for rule in product.rules if rule.effect == Effect.FEE and rule.value]
    for rule in rules:
        place = origins.places["value", rule.id]
        if rule.value not in classes:
            nearest = nearest_name(rule.value or "", among=classes)
            yield Fault(place=place, sentence=f"The fee class '{rule.value}' does not exist.", nearest=nearest)
        else:
            yield from (Fault(place=place, sentence=said) for said in _uncovered(rule, classes[rule.value]))
    for fee_class, fees in classes.items():
        for earlier, later in pairwise(fees):
            yield from _check_joint(earlier, later, place=_place(later, origins))
        if fee_class not in {rule.value for rule in rules}:
            yield Fault(place=_place(fees[0], origins), sentence=f"No rule leads to the fee class '{fee_class}'.")


def _uncovered(rule: Rule, fees: list[Fee]) -> Iterator[str]:
    first, last = fees[0], fees[-1]
    if first.valid_from > rule.valid_from:
        yield f"From {rule.valid_from} there is no fee for class '{rule.value}' until {first.valid_from}."
    if last.valid_until is not None and (rule.valid_until or date.max) > last.valid_until:
        yield f"After {last.valid_until} there is no fee for class '{rule.value}'."


def _check_joint(earlier: Fee, later: Fee, *, place: Place) -> Iterator[Fault]:
    if earlier.valid_until is None or earlier.valid_until >= later.valid_from:
        yield Fault(place=place, sentence=f"Two fees of class '{later.fee_class}' count on {later.valid_from}.")
    elif earlier.valid_until + timedelta(days=1) < later.valid_from:
        sentence = f"After {earlier.valid_until} there is no fee of class '{later.fee_class}' until {later.valid_from}."
        yield Fault(place=place, sentence=sentence)


def _place(fee: Fee, origins: Origins) -> Place:
    return origins.places["fee", f"{fee.fee_class} {fee.valid_from}"]
