"""With which team of the municipality a case lies."""

from __future__ import annotations

from collections.abc import Iterable

from shared.catalogue.definitions import Effect, Product
from shared.events import RuleOutcome


def team_of(rules: Iterable[RuleOutcome], *, product: Product) -> str:
    """Give the team to which a rule sends this application, else that of the product; "" where it names none."""
    fired = {outcome.rule for outcome in rules if outcome.outcome == "fired"}
    routes = (rule.value for rule in product.rules if rule.effect is Effect.ROUTE and rule.id in fired)
    return next((team for team in routes if team), product.process.team or "")
