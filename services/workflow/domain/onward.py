"""From a talk about a plan to an application: which products it can lead to, and what was laid ready."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.catalogue.definitions import Effect, Product
from shared.events import Words


class NoWayOnError(Exception):
    """The rules of this product lead to no such other product."""


@dataclass(frozen=True, kw_only=True)
class Invite:
    """An application that was laid ready; the case that it becomes belongs to that of the talk (`Link`)."""

    id: UUID
    product: str
    title: Words
    invited_at: datetime


def ways_on(product: Product) -> tuple[str, ...]:
    """Give the products to which the rules of this one can lead, each once, as the rules name them."""
    named = (rule.value for rule in product.rules if rule.effect is Effect.OTHER_PRODUCT and rule.value)
    return tuple(dict.fromkeys(named))
