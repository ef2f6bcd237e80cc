"""A rule trial: what two versions of a product say of the same applications, counted side by side."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

from shared.catalogue.carrying import carry_over
from shared.catalogue.check.order import questions_behind
from shared.catalogue.definitions import Effect, Kind, Product, Question
from shared.catalogue.evaluate import Evaluation, evaluate
from shared.catalogue.examples import outcome_of
from shared.catalogue.plan import in_force, plan_of

SAMPLES: Final = 5
"""Applications of each kind of change that are kept to look at."""

PATHS: Final = ("not_needed", "other_product", "at_once", "permit", "likely_refusal")
"""Where an application goes, the lightest way first; `permit` is judged by a person."""

_STEERING: Final = frozenset(
    {Effect.NOT_NEEDED, Effect.OTHER_PRODUCT, Effect.AT_ONCE, Effect.LIKELY_REFUSAL, Effect.FEE}
)
_NO_CASE: Final = frozenset({"not_needed", "other_product"})


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one version says of one application.

    `unsure` are rules that would decide its way or its fee, and cannot: the application does not say what they ask.
    `lost` are answers that this version has no place for. `questions` and `attachments` are those that a resident comes
    to before the form ends. `fee_cents` is None when the fee is not known. `work` counts
    the tasks and the advice that come with it.
    """

    path: str
    fee_cents: int | None
    questions: int
    attachments: int
    work: int
    fired: tuple[str, ...]
    unsure: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One application under both versions."""

    case: str
    before: Said
    after: Said

    @property
    def kinds(self) -> tuple[str, ...]:
        """What changed for it: `before>after` of its way, else its `fee`; `unsure` when a person must look."""
        moved = () if self.before.path == self.after.path else (f"{self.before.path}>{self.after.path}",)
        fee = () if moved or self.before.fee_cents == self.after.fee_cents else ("fee",)
        unsure = ("unsure",) if set(self.after.unsure) - set(self.before.unsure) else ()
        return (*moved, *fee, *unsure)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts of applications under both versions; tallies of parts add up to that of the whole, in any order.

    `paths` counts by way before and after. Fees are in cents and counted only where both versions know theirs.
    `samples` holds by kind of change the applications with the lowest lots, which the seed draws.
    """

    applications: int = 0
    changed: int = 0
    unsure: int = 0
    fees_compared: int = 0
    fees_before: int = 0
    fees_after: int = 0
    questions_before: int = 0
    questions_after: int = 0
    attachments_before: int = 0
    attachments_after: int = 0
    work_before: int = 0
    work_after: int = 0
    paths: Mapping[tuple[str, str], int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    samples: Mapping[str, Sequence[tuple[str, Pair]]] = field(default_factory=dict)

    @property
    def freed(self) -> int:
        """Applications for which nothing needs to be asked any more."""
        return sum(
            count for (before, after), count in self.paths.items() if after == "not_needed" and before != "not_needed"
        )

    @property
    def lighter(self) -> int:
        """Applications that go a lighter way, those for which nothing needs to be asked included."""
        return self._moved(towards=-1)

    @property
    def heavier(self) -> int:
        """Applications that go a heavier way."""
        return self._moved(towards=1)

    def _moved(self, *, towards: int) -> int:
        return sum(
            count
            for (before, after), count in self.paths.items()
            if (PATHS.index(after) - PATHS.index(before)) * towards > 0
        )


def as_of(product: Product, *, day: date) -> Product:
    """The product with the rules and fees that are in force on one day, which then count on every day."""
    rules = [replace(rule, valid_from=date.min, valid_until=None) for rule in product.rules if in_force(rule, on=day)]
    fees = [replace(fee, valid_from=date.min, valid_until=None) for fee in product.fees if in_force(fee, on=day)]
    return replace(product, rules=tuple(rules), fees=tuple(fees))


def say(product: Product, answers: Mapping[str, Any], /, *, on: date) -> Said:
    """Work out one application, received on this day, under this version."""
    carried = carry_over(answers, into=product)
    evaluation = evaluate(product, carried.answers, on=on)
    path = path_of(evaluation)
    asked = [each for each in questions_reached(product, evaluation) if each.id in evaluation.visible and each.asks]
    return Said(
        path=path,
        fee_cents=_fee_of(evaluation, product=product),
        questions=len(asked),
        attachments=sum(each.kind is Kind.FILE for each in asked),
        work=0 if path in _NO_CASE else len(evaluation.tasks) + len(evaluation.advisers),
        fired=tuple(each.rule for each in evaluation.outcomes if each.outcome == "fired"),
        unsure=_unsure_of(evaluation),
        lost=carried.lost,
    )


def path_of(evaluation: Evaluation, /) -> str:
    """Name the way of an application: one of PATHS."""
    outcome = outcome_of(evaluation)
    return "likely_refusal" if outcome == "permit" and evaluation.likely_refusal else outcome


def questions_reached(product: Product, evaluation: Evaluation, /) -> Iterator[Question]:
    """Give the questions that a resident comes to: the form ends after the step that shows that it is not needed."""
    elsewhere = evaluation.other_product.outcomes if evaluation.other_product else ()
    ending = (evaluation.not_needed,) if evaluation.not_needed else elsewhere
    last = min((_known_after(product, rule=each.rule) for each in ending), default=len(product.steps))
    for step in product.steps[: last + 1]:
        yield from step.questions


def count(pairs: Iterable[Pair], *, seed: int) -> Tally:
    """Count applications."""
    counts, paths, kinds = Counter[str](), Counter[tuple[str, str]](), Counter[str]()
    samples: dict[str, list[tuple[str, Pair]]] = {}
    for pair in pairs:
        counts.update(_counts_of(pair))
        paths[pair.before.path, pair.after.path] += 1
        kinds.update(pair.kinds)
        for kind in pair.kinds:
            samples.setdefault(kind, []).append((lot(pair.case, seed=seed), pair))
    drawn = {kind: _lowest(found) for kind, found in samples.items()}
    return Tally(**counts, paths=paths, kinds=kinds, samples=drawn)


def add(one: Tally, other: Tally, /) -> Tally:
    """Count both together."""
    numbers = {name: value + getattr(other, name) for name, value in vars(one).items() if isinstance(value, int)}
    kinds = {*one.samples, *other.samples}
    return Tally(
        **numbers,
        paths=Counter(one.paths) + Counter(other.paths),
        kinds=Counter(one.kinds) + Counter(other.kinds),
        samples={kind: _lowest([*one.samples.get(kind, ()), *other.samples.get(kind, ())]) for kind in kinds},
    )


def lot(case: str, *, seed: int) -> str:
    """The lot of an application: always the same for a seed, whoever draws it and in whatever order."""
    return hashlib.sha256(f"{seed} {case}".encode()).hexdigest()[:16]


def to_plain(tally: Tally) -> dict[str, Any]:
    """Write it as JSON has it, always in the same order."""
    numbers = {name: value for name, value in vars(tally).items() if isinstance(value, int)}
    return {
        **numbers,
        "paths": [[*key, number] for key, number in sorted(tally.paths.items())],
        "kinds": dict(sorted(tally.kinds.items())),
        "samples": {
            kind: [[drawn, _pair_to_plain(pair)] for drawn, pair in found]
            for kind, found in sorted(tally.samples.items())
        },
    }


def from_plain(plain: Mapping[str, Any]) -> Tally:
    """Read back what `to_plain` wrote."""
    return Tally(
        **{
            **plain,
            "paths": {(before, after): number for before, after, number in plain["paths"]},
            "samples": {
                kind: [(drawn, _pair_from_plain(pair)) for drawn, pair in found]
                for kind, found in plain["samples"].items()
            },
        }
    )


def fingerprint(tally: Tally) -> str:
    """Give the hash of all that was counted: the same trial over the same applications has the same."""
    return hashlib.sha256(json.dumps(to_plain(tally), sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=512)
def _known_after(product: Product, *, rule: str) -> int:
    """Give the place of the step after which it is known whether the rule fires."""
    needed = questions_behind(plan_of(product).inputs[rule], product=product)
    places = (place for place, step in enumerate(product.steps) if any(each.id in needed for each in step.questions))
    return max(places, default=len(product.steps))


def _fee_of(evaluation: Evaluation, *, product: Product) -> int | None:
    if not product.fees or path_of(evaluation) in _NO_CASE:
        return 0
    return evaluation.fee.cents if evaluation.fee else None


def _unsure_of(evaluation: Evaluation) -> tuple[str, ...]:
    steering = {effect.value for effect in _STEERING}
    return tuple(each.rule for each in evaluation.outcomes if each.outcome == "unknown" and each.effect in steering)


def _counts_of(pair: Pair) -> dict[str, int]:
    before, after = pair.before, pair.after
    comparable = before.fee_cents is not None and after.fee_cents is not None
    return {
        "applications": 1,
        "changed": int(bool(pair.kinds)),
        "unsure": int("unsure" in pair.kinds),
        "fees_compared": int(comparable),
        "fees_before": (before.fee_cents or 0) if comparable else 0,
        "fees_after": (after.fee_cents or 0) if comparable else 0,
        "questions_before": before.questions,
        "questions_after": after.questions,
        "attachments_before": before.attachments,
        "attachments_after": after.attachments,
        "work_before": before.work,
        "work_after": after.work,
    }


def _lowest(found: Iterable[tuple[str, Pair]]) -> list[tuple[str, Pair]]:
    return heapq.nsmallest(SAMPLES, found, key=lambda each: each[0])


def _pair_to_plain(pair: Pair) -> dict[str, Any]:
    return {"case": pair.case, "before": dict(vars(pair.before)), "after": dict(vars(pair.after))}


def _pair_from_plain(plain: Mapping[str, Any]) -> Pair:
    return Pair(case=plain["case"], before=_said(plain["before"]), after=_said(plain["after"]))


def _said(plain: Mapping[str, Any]) -> Said:
    lists = {name: tuple(value) for name, value in plain.items() if isinstance(value, list)}
    return Said(**{**dict(plain), **lists})
