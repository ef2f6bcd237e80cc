"""A review of a product's rules and questions: what each did to the applications of the past, and what without it.

Every rule that fired is taken away, and every threshold that stood in the way is lifted, one at a time; what comes out
differently is counted beside what people decided. Reviews of parts add up to that of the whole, in any order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

from services.workflow.domain.trial import PATHS, path_of, questions_reached
from shared.catalogue.carrying import carry_over
from shared.catalogue.definitions import Effect, Kind, Product, Rule
from shared.catalogue.evaluate import Evaluation, evaluate
from shared.catalogue.plan import plan_of

_READ_BY_PEOPLE: Final = frozenset({Kind.FILE, Kind.DECLARATION})

_FEW_ANSWERS: Final = frozenset({Kind.YES_NO, Kind.CHOICE})

LIGHT: Final = frozenset({Effect.NOT_NEEDED, Effect.OTHER_PRODUCT, Effect.AT_ONCE})
"""Effects that spare people a permit or the waiting for it: a threshold in such a rule can be too low."""

MOST_STEPS: Final = 200
"""Values of one threshold that are told apart in a part."""

_COMPARISON: Final = re.compile(r"\b([a-z][a-z_0-9]*) (<=|<|==) ([0-9]+(?:\.[0-9]+)?)(?![0-9.])")

Counts = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Applied:
    """An application with what became of it; `result` is None while nobody decided.

    `conditions` are those of the decision, `days` the calendar days from receipt until the decision. `objection` is
    what became of an objection to it: `founded`, `open`, or `unfounded` where the decision stood, also by an objection
    that was inadmissible or withdrawn; "" where nobody objected. `from_register` are the questions of which the answer
    stood in a register, `asked_again` those that handlers asked the applicant anew, `to_advisers` those of which an
    adviser got the answer to read.
    """

    answers: Mapping[str, Any]
    on: date
    result: str | None
    conditions: int = 0
    days: int = 0
    objection: str = ""
    from_register: frozenset[str] = frozenset()
    asked_again: frozenset[str] = frozenset()
    to_advisers: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A comparison in a rule that makes things lighter: it holds up to `limit`, or below it when not `inclusive`."""

    rule: str
    name: str
    operator: str
    limit: str

    @property
    def key(self) -> str:
        """Names it in a tally."""
        return f"{self.rule} {self.name} {self.operator} {self.limit}"

    @property
    def text(self) -> str:
        """Gives the comparison as it stands in the rule."""
        return f"{self.name} {self.operator} {self.limit}"


@dataclass(frozen=True, kw_only=True)
class Review:
    """What was counted.

    `rules` counts by rule what came of it and what without it, `questions` by question, `thresholds` by threshold and
    value: `cases` that only this threshold keeps from the lighter way, and what people decided on them.
    """

    applications: int = 0
    totals: Counts = field(default_factory=dict)
    rules: Mapping[str, Counts] = field(default_factory=dict)
    questions: Mapping[str, Counts] = field(default_factory=dict)
    thresholds: Mapping[str, Mapping[str, Counts]] = field(default_factory=dict)


@lru_cache(maxsize=64)
def thresholds_of(product: Product) -> tuple[Threshold, ...]:
    """Give the thresholds that could be raised: a number that an answer or a calculated value may not pass."""
    names = {each.id for each in product.questions} | {each.id for each in product.computed}
    return tuple(
        Threshold(rule=rule.id, name=name, operator=operator, limit=limit)
        for rule in product.rules
        if rule.effect in LIGHT
        for name, operator, limit in _COMPARISON.findall(rule.when)
        if name in names
    )


def review(applications: Iterable[Applied], *, product: Product) -> Review:
    """Count what the rules and questions of a product did in these applications."""
    totals, number = Counter[str](), 0
    rules: dict[str, Counter[str]] = {}
    questions: dict[str, Counter[str]] = {}
    thresholds: dict[str, dict[str, Counter[str]]] = {}
    for applied in applications:
        number += 1
        answers = carry_over(applied.answers, into=product).answers
        said = evaluate(product, answers, on=applied.on)
        outcome = _decided(applied)
        totals.update(outcome)
        totals[f"path.{path_of(said)}"] += 1
        for name, counts in _of_rules(said, answers=answers, applied=applied, product=product):
            rules.setdefault(name, Counter()).update({**counts, **_when_fired(counts, outcome)})
        for name, counts in _of_questions(said, applied=applied, product=product, outcome=outcome):
            questions.setdefault(name, Counter()).update(counts)
        for threshold, value in _in_the_way(said, answers=answers, on=applied.on, product=product):
            seen = thresholds.setdefault(threshold.key, {})
            if value in seen or len(seen) < MOST_STEPS:
                seen.setdefault(value, Counter()).update({"cases": 1, **outcome})
    return Review(applications=number, totals=totals, rules=rules, questions=questions, thresholds=thresholds)


def add(one: Review, other: Review, /) -> Review:
    """Count both together."""
    return Review(
        applications=one.applications + other.applications,
        totals=Counter(one.totals) + Counter(other.totals),
        rules=_together(one.rules, other.rules),
        questions=_together(one.questions, other.questions),
        thresholds={
            key: _together(one.thresholds.get(key, {}), other.thresholds.get(key, {}))
            for key in {*one.thresholds, *other.thresholds}
        },
    )


def to_plain(counted: Review) -> dict[str, Any]:
    """Write it as JSON has it."""
    return {
        "applications": counted.applications,
        "totals": dict(counted.totals),
        "rules": {name: dict(counts) for name, counts in counted.rules.items()},
        "questions": {name: dict(counts) for name, counts in counted.questions.items()},
        "thresholds": {
            key: {value: dict(counts) for value, counts in values.items()} for key, values in counted.thresholds.items()
        },
    }


def from_plain(plain: Mapping[str, Any]) -> Review:
    """Read back what `to_plain` wrote."""
    return Review(**plain)


def loosened(product: Product, *, threshold: Threshold, limit: str) -> str:
    """Give the condition of the threshold's rule with another limit, as it would stand in the text."""
    operator = "<=" if threshold.operator == "==" else threshold.operator
    return product.rule(threshold.rule).when.replace(threshold.text, f"{threshold.name} {operator} {limit}", 1)


def unread_questions(product: Product) -> frozenset[str]:
    """Give the questions that nothing reads: no rule, condition, calculation, letter or text of a decision.

    Who applies, where and when is read by the case itself. Handlers may look at it: no machine knows.
    """
    named = [*vars(product.roles).values(), *(vars(product.cosign).values() if product.cosign else ())]
    read = plan_of(product).read | {name for name in named if isinstance(name, str)} | set(product.roles.facts)
    asked = (each for each in product.questions if each.asks and each.kind not in _READ_BY_PEOPLE)
    return frozenset(each.id for each in asked if each.id not in read and not each.prefill)


def _of_rules(
    said: Evaluation, *, answers: Mapping[str, Any], applied: Applied, product: Product
) -> Iterator[tuple[str, dict[str, int]]]:
    """Give by rule what came of it; of one that fired also whether anything is different without it, and what."""
    fired = [each.rule for each in said.outcomes if each.outcome == "fired"]
    spared = {rule: evaluate(_without(product, rule=rule), answers, on=applied.on) for rule in fired}
    for outcome in said.outcomes:
        counts = {"evaluated": 1, outcome.outcome: 1}
        if outcome.outcome == "fired":
            counts |= _difference(said, spared[outcome.rule], product=product)
            if not counts["changed"] and outcome.effect != Effect.WARN.value:
                counts |= _behind(spared, rule=outcome.rule, answers=answers, on=applied.on, product=product)
        yield outcome.rule, counts


def _behind(
    spared: Mapping[str, Evaluation], *, rule: str, answers: Mapping[str, Any], on: date, product: Product
) -> dict[str, int]:
    """Say behind which other rules that fired this one is hidden: without such a one it would make a difference.

    `spared` is what follows from the answers without each rule that fired.
    """
    found = {}
    for other in sorted(spared.keys() - {rule}):
        both = _without(_without(product, rule=other), rule=rule)
        if _effects(spared[other]) != _effects(evaluate(both, answers, on=on)):
            found[f"behind.{other}"] = 1
    return found


def _difference(said: Evaluation, without: Evaluation, *, product: Product) -> dict[str, int]:
    """What a rule brings about: another way, fee, team, question, task or advice."""
    asked, spared = (sum(each.asks for each in questions_reached(product, one)) for one in (said, without))
    work, spared_work = (len(one.tasks) + len(one.advisers) for one in (said, without))
    return {
        "changed": int(_effects(said) != _effects(without)),
        "questions": max(0, asked - spared),
        "work": max(0, work - spared_work),
    }


def _effects(said: Evaluation) -> tuple[Any, ...]:
    return (path_of(said), said.fee, said.team, said.visible, said.tasks, said.advisers, said.cosign, said.suggested)


def _of_questions(
    said: Evaluation, *, applied: Applied, product: Product, outcome: Counts
) -> Iterator[tuple[str, dict[str, int]]]:
    """Give by question what came of it; of one that stayed open also what people decided all the same."""
    for question in questions_reached(product, said):
        if question.asks and question.id in said.visible:
            answer = said.answers.get(question.id)
            told = {f"answer.{answer}": 1} if question.kind in _FEW_ANSWERS and answer is not None else {}
            people = {
                "known": int(question.id in applied.from_register),
                "asked_again": int(question.id in applied.asked_again),
                "to_advisers": int(question.id in applied.to_advisers),
            }
            left = {f"open.{name}": number for name, number in outcome.items()} if answer is None else {}
            yield question.id, {"asked": 1, "answered": int(answer is not None), **people, **told, **left}


def _in_the_way(
    said: Evaluation, *, answers: Mapping[str, Any], on: date, product: Product
) -> Iterator[tuple[Threshold, str]]:
    """Give the thresholds without which this application would have gone a lighter way, each with its value here."""
    for threshold in thresholds_of(product):
        value = said.computed.get(threshold.name, said.answers.get(threshold.name))
        number = _number(value)
        if number is None or number < Decimal(threshold.limit):
            continue
        lifted = evaluate(_lifted(product, threshold=threshold), answers, on=on)
        if PATHS.index(path_of(lifted)) < PATHS.index(path_of(said)):
            yield threshold, f"{number.normalize():f}"


def _decided(applied: Applied) -> dict[str, int]:
    if applied.result is None:
        return {}
    return {
        "decided": 1,
        f"result.{applied.result}": 1,
        "bare": int(applied.result == "granted" and not applied.conditions),
        "days": applied.days,
        "days_squared": applied.days**2,
        **({f"objection.{applied.objection}": 1} if applied.objection and applied.result == "refused" else {}),
    }


def _when_fired(counts: Counts, outcome: Counts) -> dict[str, int]:
    return {f"fired.{name}": number for name, number in outcome.items()} if counts.get("fired") else {}


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _together(one: Mapping[str, Counts], other: Mapping[str, Counts]) -> dict[str, Counts]:
    return {name: Counter(one.get(name, {})) + Counter(other.get(name, {})) for name in {*one, *other}}


@lru_cache(maxsize=2048)
def _without(product: Product, *, rule: str) -> Product:
    return replace(product, rules=tuple(each for each in product.rules if each.id != rule))


@lru_cache(maxsize=128)
def _lifted(product: Product, *, threshold: Threshold) -> Product:
    def lift(rule: Rule) -> Rule:
        if rule.id != threshold.rule:
            return rule
        return replace(rule, when=rule.when.replace(threshold.text, "true", 1))

    return replace(product, rules=tuple(map(lift, product.rules)))
