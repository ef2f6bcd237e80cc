"""What follows from answers: calculated values, rules with their effects, and fees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from shared.events import Words


class Effect(StrEnum):
    """What a rule does when it fires."""

    NOT_NEEDED = "not_needed"
    OTHER_PRODUCT = "other_product"
    AT_ONCE = "at_once"
    LIKELY_REFUSAL = "likely_refusal"
    WARN = "warn"
    ASK_ALSO = "ask_also"
    FEE = "fee"
    ROUTE = "route"
    TASK = "task"
    ADVICE = "advice"


@dataclass(frozen=True, kw_only=True)
class Computed:
    """A value derived from answers by a CEL expression; `label` None means never shown.

    With `table` the formula is worked out for each row of that table, and the value is a list. `digits` is the number
    of decimals to show.
    """

    id: str
    formula: str
    table: str | None = None
    label: Words | None = None
    unit: str | None = None
    digits: int = 2


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of law or policy in force from `valid_from` up to and including `valid_until`.

    `value` carries what the effect needs: another product, a question, a fee class, a team, a task or an adviser.
    `carry` says which of our questions or calculated values answers which question of the other product, besides those
    of the same name. An `assumed` rule awaits the confirmation of the municipality.
    """

    id: str
    when: str
    effect: Effect
    because: Words
    source: str
    valid_from: date
    valid_until: date | None = None
    value: str | None = None
    carry: Mapping[str, str] = field(default_factory=dict)
    assumed: bool = False


@dataclass(frozen=True, kw_only=True)
class Fee:
    """What one fee class costs from a date on, in euro cents.

    With `per` it is `cents` for each one of that calculated value, and `fixed_cents` besides.
    """

    fee_class: str
    cents: int
    valid_from: date
    valid_until: date | None
    source: str
    label: Words
    per: str | None = None
    fixed_cents: int = 0
    assumed: bool = False
