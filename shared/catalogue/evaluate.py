"""What follows from answers: which questions count, calculated values, what each rule says, and the fee."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from shared.catalogue.definitions import Computed, Effect, Fee, Product, Rule
from shared.catalogue.facts import is_answered, known_value
from shared.catalogue.plan import Plan, in_force, plan_of
from shared.events import RuleOutcome
from shared.rules import Expression, Facts, Value

_DIGITS_KEPT = 9  # 0.1 m taken three times is 0.3 m, also at a threshold


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """All that follows from the answers on one day.

    `answers` leaves out every hidden question. `invalid` names visible questions whose own condition is false.
    `computed` holds a list, one per row, for a value with a table; None is unknown. `fee` is None while unknown.
    `suggested` names the building blocks of a decision whose condition is true.
    """

    answers: Mapping[str, Any]
    visible: frozenset[str]
    invalid: tuple[str, ...]
    computed: Mapping[str, Any]
    outcomes: tuple[RuleOutcome, ...]
    not_needed: RuleOutcome | None
    at_once: bool
    warnings: tuple[RuleOutcome, ...]
    advice: tuple[RuleOutcome, ...]
    fee: Fee | None
    suggested: frozenset[str]


def evaluate(product: Product, answers: Mapping[str, Any], /, *, on: date) -> Evaluation:
    """Work out a product for these stored answers on the day of receipt; answers of a wrong shape are unknown."""
    plan = plan_of(product)
    facts = Facts({}, today=on)
    counted, computed = _settle(plan, answers, facts=facts)
    inputs = counted | computed
    outcomes = tuple(
        _outcome(rule, when, facts=facts, inputs=inputs) for rule, when in plan.rules if in_force(rule, on=on)
    )
    fired = [outcome for outcome in outcomes if outcome.outcome == "fired"]
    given = {name: value for name, value in counted.items() if value is not None}
    return Evaluation(
        answers={name: given[name] for name in plan.questions if name in given},
        visible=frozenset(counted),
        invalid=tuple(each.id for each, valid in plan.valid if each.id in given and valid.given(facts) is False),
        computed=computed,
        outcomes=outcomes,
        not_needed=next(iter(_with(Effect.NOT_NEEDED, fired)), None),
        at_once=bool(_with(Effect.AT_ONCE, fired)),
        warnings=_with(Effect.WARN, fired),
        advice=_with(Effect.ADVICE, fired),
        fee=_fee(product, _with(Effect.FEE, fired), on=on),
        suggested=frozenset(block.id for block, when in plan.blocks if when.given(facts) is True),
    )


def _settle(plan: Plan, answers: Mapping[str, Any], *, facts: Facts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the answers of visible questions (None while unanswered) and the calculated values."""
    counted: dict[str, Any] = {}
    computed: dict[str, Any] = {}
    for thing, expression in plan.order:
        if isinstance(thing, Computed):
            computed[thing.id] = _compute(thing, expression, facts=facts, plan=plan) if expression else None
            facts.know(thing.id, value=computed[thing.id])
        elif expression is None or expression.given(facts) is True:
            value = answers.get(thing.id)
            counted[thing.id] = value if is_answered(value) else None
            if thing.id in plan.read and counted[thing.id] is not None:
                facts.know(thing.id, value=known_value(value, question=thing))
    return counted, {name: _as_json(value) for name, value in computed.items()}


def _compute(computed: Computed, formula: Expression, *, facts: Facts, plan: Plan) -> Value:
    if computed.table is None:
        return _rounded(formula.given(facts))
    rows = facts.values.get(computed.table)
    if rows is None:
        return None
    around = {name: facts.values[name] for name in formula.names - plan.columns[computed.table] if name in facts.values}
    return [_rounded(formula.given(Facts(around | row, today=facts.today))) for row in rows]


def _rounded(value: Value) -> Value:
    return round(value, _DIGITS_KEPT) if isinstance(value, float) else value


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_as_json(each) for each in value] if isinstance(value, list) else value


def _outcome(rule: Rule, when: Expression, *, facts: Facts, inputs: Mapping[str, Any]) -> RuleOutcome:
    answer = when.given(facts)
    outcome: Literal["fired", "silent", "unknown"] = "unknown"
    if isinstance(answer, bool):
        outcome = "fired" if answer else "silent"
    return RuleOutcome(
        rule=rule.id,
        effect=rule.effect.value,
        outcome=outcome,
        because=rule.because,
        source=rule.source,
        inputs={name: inputs[name] for name in sorted(when.names) if inputs.get(name) is not None},
    )


def _with(effect: Effect, outcomes: Iterable[RuleOutcome]) -> tuple[RuleOutcome, ...]:
    return tuple(each for each in outcomes if each.effect == effect)


def _fee(product: Product, fired: Iterable[RuleOutcome], *, on: date) -> Fee | None:
    """Find the price; should two fee rules fire, the resident pays the lower one."""
    classes = {product.rule(outcome.rule).value for outcome in fired}
    fees = [fee for fee in product.fees if fee.fee_class in classes and in_force(fee, on=on)]
    return min(fees, key=lambda fee: fee.cents, default=None)
