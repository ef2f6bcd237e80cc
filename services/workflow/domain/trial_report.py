"""What the counts of a rule trial come to: sentences, minutes and euros for who decides about the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.workflow.domain.trial import PATHS, Tally
from shared.catalogue.definitions import Product, Rule
from shared.events import Words

ASSUMED_SECONDS: Final = 20.0
"""What a question takes when nothing was measured; an assumption, and told as one."""

ENOUGH_FORMS: Final = 20
_LONGEST: Final = 1280.0
_LIMIT: Final = re.compile(r"(?P<name>[a-z][a-z_0-9]*) (?P<operator><=|<|==|>=|>) (?P<limit>[0-9]+(?:\.[0-9]+)?)")


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Seconds that a resident takes for a question; `forms` is how many were measured, 0: it is assumed."""

    seconds: float
    forms: int


@dataclass(frozen=True, kw_only=True)
class Change:
    """What the new text has otherwise: a `rule` that is `new`, `gone` or `other`, with its condition or effect.

    Or a `question` that is `new` or `gone`, that must be answered now (`asked`) or no more (`optional`). Of a condition
    `was` and `now` are the parts that differ; where that is one limit, of what is `measured`, as in "<= 5".
    """

    what: str
    how: str
    words: Words
    was: str = ""
    now: str = ""
    measured: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Move:
    """How many applications went one way and now go another; `lighter` and `heavier` compare the two."""

    before: str
    after: str
    count: int

    @property
    def step(self) -> int:
        """Below 0 for a lighter way, above 0 for a heavier one."""
        return PATHS.index(self.after) - PATHS.index(self.before)


def changes_between(base: Product, draft: Product, /) -> list[Change]:
    """Give what the draft has otherwise of what a trial works out: rules and questions."""
    return [*_rule_changes(base, draft), *_question_changes(base, draft)]


def moves_of(tally: Tally) -> list[Move]:
    """Give what moved, the most frequent first; what stayed is not among them."""
    found = [Move(before=one, after=other, count=n) for (one, other), n in tally.paths.items() if one != other]
    return sorted(found, key=lambda move: (-move.count, move.before, move.after))


def pace_of(counts: Mapping[str, int], *, tally: Tally) -> Pace:
    """Work out what a question takes from how long steps took: each time counts as the middle of its bounds.

    `counts` is by what was counted: `seconds.40` for steps that took over 20 and at most 40 seconds, `sent.web` for
    forms that were sent. With fewer than `ENOUGH_FORMS` forms the assumption stands.
    """
    forms = sum(n for what, n in counts.items() if what.startswith("sent."))
    if forms < ENOUGH_FORMS or not tally.questions_before:
        return Pace(seconds=ASSUMED_SECONDS, forms=0)
    spent = sum(_middle(what.removeprefix("seconds.")) * n for what, n in counts.items() if what.startswith("seconds."))
    questions = tally.questions_before / tally.applications
    return Pace(seconds=spent / forms / questions, forms=forms) if spent else Pace(seconds=ASSUMED_SECONDS, forms=0)


def minutes_saved(tally: Tally, *, pace: Pace) -> float:
    """Give the minutes of all residents together; below 0 they spend more."""
    return (tally.questions_before - tally.questions_after) * pace.seconds / 60


def _rule_changes(base: Product, draft: Product) -> Iterator[Change]:
    old, new = ({rule.id: rule for rule in product.rules} for product in (base, draft))
    for name, rule in new.items():
        if name not in old:
            yield Change(what="rule", how="new", words=rule.because, now=rule.when)
        elif old[name].when != rule.when:
            yield _other_condition(old[name], rule, product=draft)
        elif _effect_of(old[name]) != _effect_of(rule):
            yield Change(what="rule", how="other", words=rule.because, was=_effect_of(old[name]), now=_effect_of(rule))
    for name, rule in old.items():
        if name not in new:
            yield Change(what="rule", how="gone", words=rule.because, was=rule.when)


def _other_condition(was: Rule, now: Rule, /, *, product: Product) -> Change:
    """Say which part of a condition differs."""
    old, new = _differing(was.when.split(" && "), now.when.split(" && "))
    limits = [_LIMIT.fullmatch(each) for each in (old, new)]
    names = {found["name"] for found in limits if found}
    if all(limits) and len(names) == 1:
        labels = {each.id: each.label for each in product.questions}
        labels |= {each.id: each.label for each in product.computed if each.label}
        old, new = (f"{found['operator']} {found['limit']}" for found in limits if found)
        return Change(what="rule", how="other", words=now.because, was=old, now=new, measured=labels.get(names.pop()))
    return Change(what="rule", how="other", words=now.because, was=old, now=new)


def _differing(old: Sequence[str], new: Sequence[str], /) -> tuple[str, str]:
    """Leave out what both begin and end with."""
    shortest = min(len(old), len(new))
    first = next((place for place in range(shortest) if old[place] != new[place]), shortest)
    most = shortest - first
    last = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    return " && ".join(old[first : len(old) - last]), " && ".join(new[first : len(new) - last])


def _question_changes(base: Product, draft: Product) -> Iterator[Change]:
    old, new = ({each.id: each for each in product.questions if each.asks} for product in (base, draft))
    for name, question in new.items():
        if name not in old:
            yield Change(what="question", how="new", words=question.label)
        elif question.optional and not old[name].optional:
            yield Change(what="question", how="optional", words=question.label)
        elif old[name].optional and not question.optional:
            yield Change(what="question", how="asked", words=question.label)
    for name, question in old.items():
        if name not in new:
            yield Change(what="question", how="gone", words=question.label)


def _effect_of(rule: Rule) -> str:
    return f"{rule.effect.value} {rule.value or ''}".rstrip()


def _middle(bound: str) -> float:
    """Give the middle between a bound and the one before it, which is half of it."""
    return _LONGEST if bound == "longer" else 0.75 * float(bound)
