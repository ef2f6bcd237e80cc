"""What follows from answers: which questions count, calculated values, what each rule says, and the fee."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from shared.catalogue.definitions import Effect, Fee, Product, Rule
from shared.catalogue.plan import Plan, in_force, plan_of
from shared.catalogue.settle import Settled, settle, wrong_answers
from shared.events import RuleOutcome
from shared.rules import Expression, Facts


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Another product is the right one, for each of these reasons; `answers` are by its question ids."""

    outcomes: tuple[RuleOutcome, ...]
    product: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """All that follows from the answers on one day.

    `answers` leaves out every hidden question and hidden cell. `missing` names visible questions that lack their answer
    though it is not optional, and cells by path ("objects.0.length"); `must` those of them that keep the form from
    being handed in. `hidden` are the paths of cells that do not count. `invalid` names visible questions, and cells by
    path, whose own condition is false.
    `computed` holds a list, one per row, for a value with a table; None is unknown. `fee` is None while unknown; its
    `cents` are what is due. `ask_also` says why a question by rule is asked. `team` is whose queue the case goes to,
    `tasks` what is to be done for it and `advisers` who gives advice. `cosign`: the second signatory must agree.
    `suggested` names the building blocks of a decision whose condition is true.
    """

    answers: Mapping[str, Any]
    visible: frozenset[str]
    missing: tuple[str, ...]
    hidden: frozenset[str]
    must: tuple[str, ...]
    invalid: tuple[str, ...]
    computed: Mapping[str, Any]
    outcomes: tuple[RuleOutcome, ...]
    not_needed: RuleOutcome | None
    other_product: Elsewhere | None
    at_once: bool
    likely_refusal: tuple[RuleOutcome, ...]
    warnings: tuple[RuleOutcome, ...]
    ask_also: Mapping[str, RuleOutcome]
    advice: tuple[RuleOutcome, ...]
    advisers: tuple[str, ...]
    tasks: tuple[str, ...]
    team: str | None
    cosign: bool
    fee: Fee | None
    suggested: frozenset[str]


def evaluate(product: Product, answers: Mapping[str, Any], /, *, on: date) -> Evaluation:
    """Work out a product for these stored answers on the day of receipt; answers of a wrong shape are unknown."""
    plan = plan_of(product)
    facts = Facts({}, today=on)
    settled = settle(plan, answers, facts=facts)
    outcomes = _outcomes(plan, settled, facts=facts)
    fired = _Fired(outcomes, product=product)
    given = {name: value for name, value in settled.answers.items() if value is not None}
    missing = tuple(_missing(plan, settled))
    advice, likely_refusal = fired.of(Effect.ADVICE), fired.of(Effect.LIKELY_REFUSAL)
    return Evaluation(
        answers={each.id: given[each.id] for each in plan.questions if each.id in given},
        visible=frozenset(settled.answers),
        missing=missing,
        hidden=frozenset(settled.hidden),
        must=tuple(each.id for each in plan.questions if each.must and each.id in missing),
        invalid=tuple(wrong_answers(plan, settled, facts=facts)),
        computed=settled.computed,
        outcomes=outcomes,
        not_needed=next(iter(fired.of(Effect.NOT_NEEDED)), None),
        other_product=_elsewhere(fired, given=given, computed=settled.computed),
        at_once=bool(fired.of(Effect.AT_ONCE)) and not advice and not likely_refusal,
        likely_refusal=likely_refusal,
        warnings=fired.of(Effect.WARN),
        ask_also={name: fired.by_rule[rule.id] for name, rule in settled.asked_by.items()},
        advice=advice,
        advisers=tuple(dict.fromkeys(fired.values(Effect.ADVICE))),
        tasks=tuple(_tasks(plan, fired, facts=facts)),
        team=next(fired.values(Effect.ROUTE), product.process.team),
        cosign=product.cosign is not None and (plan.cosign is None or plan.cosign.given(facts) is True),
        fee=_fee(product, set(fired.values(Effect.FEE)), computed=settled.computed, on=on),
        suggested=frozenset(block.id for block, when in plan.blocks if when.given(facts) is True),
    )


class _Fired:
    """The rules that fired, in the order of the text."""

    def __init__(self, outcomes: Iterable[RuleOutcome], *, product: Product) -> None:
        self.by_rule = {each.rule: each for each in outcomes if each.outcome == "fired"}
        self.rules = tuple(rule for rule in product.rules if rule.id in self.by_rule)

    def of(self, effect: Effect) -> tuple[RuleOutcome, ...]:
        return tuple(self.by_rule[rule.id] for rule in self.rules if rule.effect is effect)

    def values(self, effect: Effect) -> Iterator[str]:
        return (rule.value for rule in self.rules if rule.effect is effect and rule.value)


def _outcomes(plan: Plan, settled: Settled, *, facts: Facts) -> tuple[RuleOutcome, ...]:
    inputs = settled.answers | settled.computed
    return tuple(
        _outcome(rule, when, facts=facts, inputs={name: inputs.get(name) for name in plan.inputs[rule.id]})
        for rule, when in plan.rules
        if in_force(rule, on=facts.today)
    )


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
        inputs={name: value for name, value in inputs.items() if value is not None},
    )


def _missing(plan: Plan, settled: Settled) -> Iterator[str]:
    for question in plan.questions:
        if question.id not in settled.answers or not question.asks:
            continue
        if settled.answers[question.id] is not None:
            yield from settled.missing.get(question.id, ())
        elif not question.optional:
            yield question.id


def _elsewhere(fired: _Fired, *, given: Mapping[str, Any], computed: Mapping[str, Any]) -> Elsewhere | None:
    """The product that the first such rule names; every rule that names it adds its reason and its answers; of two the
    first counts."""
    leading = [rule for rule in fired.rules if rule.effect is Effect.OTHER_PRODUCT and rule.value]
    rules = [rule for rule in leading if rule.value == leading[0].value]
    if not rules or rules[0].value is None:
        return None
    ours = {**given, **{name: value for name, value in computed.items() if value is not None}}
    carried = {theirs: ours[name] for rule in reversed(rules) for theirs, name in rule.carry.items() if name in ours}
    outcomes = tuple(fired.by_rule[rule.id] for rule in rules)
    return Elsewhere(outcomes=outcomes, product=rules[0].value, answers={**given, **carried})


def _tasks(plan: Plan, fired: _Fired, *, facts: Facts) -> Iterator[str]:
    added = set(fired.values(Effect.TASK))
    for task, when in plan.tasks:
        usual = not task.by_rule and (when is None or when.given(facts) is True)
        if usual or task.id in added:
            yield task.id


def _fee(product: Product, classes: set[str], *, computed: Mapping[str, Any], on: date) -> Fee | None:
    """Find the price; should two fee rules fire, the resident pays the lower one."""
    fees = (fee for fee in product.fees if fee.fee_class in classes and in_force(fee, on=on))
    due = [known for fee in fees if (known := _due(fee, computed=computed))]
    return min(due, key=lambda fee: fee.cents, default=None)


def _due(fee: Fee, *, computed: Mapping[str, Any]) -> Fee | None:
    """Work out a price per piece: whole cents, half a cent up."""
    if fee.per is None:
        return fee
    number = computed.get(fee.per)
    if isinstance(number, bool) or not isinstance(number, int | float) or number < 0:
        return None
    cents = (Decimal(str(number)) * fee.cents).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return replace(fee, cents=fee.fixed_cents + int(cents))
