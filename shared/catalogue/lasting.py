"""How long what was granted lasts: its first and last day, by the product's own definition and the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from shared.catalogue.definitions import PermitLife, Product
from shared.catalogue.evaluate import evaluate

LifeState = Literal["not_yet", "valid", "expired"]
NUMBER = "permit_number"
"""The fact of a decision that is the number of what it gives."""


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """From the first up to and including the last day; None: until further notice.

    `renew_from` is the day on which its holder is reminded and from which it can be renewed, None where it cannot.
    """

    first: date
    last: date | None
    renew_from: date | None

    def state(self, *, on: date) -> LifeState:
        """Where it stands on this day."""
        if on < self.first:
            return "not_yet"
        return "expired" if self.last is not None and on > self.last else "valid"

    def renewable(self, *, on: date) -> bool:
        """Whether its holder can ask for a new one on this day; also after it expired."""
        return self.renew_from is not None and on >= self.renew_from


def lasting_of(
    product: Product, *, answers: Mapping[str, Any], received_on: date, granted_on: date, until: date | None
) -> Lasting | None:
    """Work out how long it lasts; None where the product does not say, or the answers do not.

    Nothing begins before it was granted. What is indefinite ends on the last day that its answers give, if they do.
    `until` is the last day in the decision, which counts where that says it.
    """
    life = product.process.permit
    if life == PermitLife():
        return None
    evaluation = evaluate(product, answers, on=received_on)
    values = {**evaluation.computed, **evaluation.answers}
    begins = _day(values.get(life.valid_from or ""), part="first")
    last = until if life.at_most_years else _day(values.get(life.valid_until or ""), part="last")
    if last is None and (not life.indefinite or life.valid_until in evaluation.visible):
        return None
    ahead = life.renew_before_days
    return Lasting(
        first=max(begins or granted_on, granted_on),
        last=last,
        renew_from=last - timedelta(days=ahead) if last and ahead is not None else None,
    )


def _day(value: Any, *, part: str) -> date | None:
    """Read an answer as a day, of a period its first or last; None when it is none."""
    value = value.get(part) if isinstance(value, Mapping) else value
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
