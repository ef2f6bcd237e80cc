"""What could go: rules, questions and thresholds that cost people time and brought nothing, each with its evidence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import NormalDist
from typing import Final

from services.workflow.domain.effect import share
from services.workflow.domain.review import Counts, Review, Threshold, thresholds_of, unread_questions
from shared.catalogue.definitions import Effect, Product, Question
from shared.catalogue.plan import sensitive_names

FEWEST: Final = 100
"""On fewer applications nothing is proposed."""

FEWEST_FREED: Final = 20
"""A threshold is worth a proposal when it keeps so many from the lighter way; a question, when so many left it open."""

CONFIDENCE: Final = 0.95
_BURDENS: Final = frozenset({Effect.ASK_ALSO, Effect.TASK, Effect.ADVICE})
_HEEDED: Final = frozenset({Effect.NOT_NEEDED, Effect.OTHER_PRODUCT, Effect.LIKELY_REFUSAL, Effect.WARN})
"""Whoever reads what such a rule says acts on it, so that applications say nothing of how often it fires."""
_TELLS: Final = frozenset({Effect.WARN, Effect.LIKELY_REFUSAL})
"""What such a rule says is what it is for: it changes nothing else."""
_ORDER: Final = (
    *("threshold", "to_report", "burden", "unread", "skipped", "same_answer", "optional", "no_difference", "never"),
)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Something that could go.

    `kind` is one of: `threshold` (could be higher), `to_report` (a report instead of a permit), `burden` (asks for
    something and never led to a refusal), `unread`, `skipped` or `same_answer` (a question that nothing reads, that
    nearly nobody answers, or all in the same way), `optional` (a question that need not be answered: who left it open
    was granted all the same), `no_difference` and `never` (a rule that changed or did nothing).
    `cases` are the applications that it rests on, `touched` those that it would help. `at_most` bounds the share that
    would have gone otherwise, with 95 % confidence. `facts` are further numbers.
    """

    kind: str
    subject: str
    cases: int
    touched: int
    at_most: float
    limit: str = ""
    threshold: Threshold | None = None
    facts: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Names it among those of its product."""
        return self.threshold.key if self.threshold else f"{self.kind} {self.subject}"


def ranked(proposals: Iterable[tuple[str, Proposal]]) -> list[tuple[str, Proposal]]:
    """Order proposals of several products: the weightiest kinds first, and of one kind what helps most."""
    return sorted(proposals, key=lambda one: (_ORDER.index(one[1].kind), -one[1].touched, one[0], one[1].subject))


def propose(review: Review, *, product: Product) -> list[Proposal]:
    """Give what could go, ranked."""
    found = [*_thresholds(review, product=product), *_report(review), *_rules(review, product=product)]
    found += _questions(review, product=product)
    return [one for _, one in ranked((product.id, one) for one in found)]


def highest_share(seen: int, *, of: int) -> float:
    """Bound the share of what was seen so often in so many independent cases, from above with 95 % confidence.

    The one-sided score interval of Wilson (1927); exact (Clopper and Pearson) for what was never seen.
    """
    if not of or seen >= of:
        return 1.0
    if not seen:
        return 1.0 - math.pow(1.0 - CONFIDENCE, 1.0 / of)
    share, z = seen / of, NormalDist().inv_cdf(CONFIDENCE)
    middle = share + z**2 / (2 * of)
    return (middle + z * math.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))) / (1 + z**2 / of)


def slower(counts: Counts, *, totals: Counts) -> dict[str, float]:
    """How many days longer decisions took where the rule fired than where not, with the half width of its interval.

    A difference between groups, which the rule need not have caused; the interval is that of Welch, for large groups.
    """
    with_rule = _spread(counts, prefix="fired.")
    without = _spread({name: totals.get(name, 0) - counts.get(f"fired.{name}", 0) for name in _DAYS}, prefix="")
    if with_rule is None or without is None:
        return {}
    half = 1.96 * (with_rule[1] + without[1]) ** 0.5
    return {"days_longer": with_rule[0] - without[0], "give_or_take": half}


def _thresholds(review: Review, *, product: Product) -> Iterator[Proposal]:
    """A threshold may go up as far as nobody above it was refused."""
    for threshold in thresholds_of(product):
        values = review.thresholds.get(threshold.key, {})
        freed, limit, bare = 0, "", 0
        for value in sorted(values, key=Decimal):
            counts = values[value]
            if counts.get("decided", 0) - _granted(counts):
                break
            freed, bare, limit = freed + counts.get("decided", 0), bare + counts.get("bare", 0), value
        if freed >= FEWEST_FREED and review.applications >= FEWEST:
            yield Proposal(
                kind="threshold",
                subject=threshold.rule,
                cases=sum(counts.get("decided", 0) for counts in values.values()),
                touched=freed,
                at_most=highest_share(0, of=freed),
                limit=limit,
                threshold=threshold,
                facts={"bare": bare},
            )


def _report(review: Review) -> Iterator[Proposal]:
    """A permit that is never refused and hardly ever has a condition could be a report."""
    decided, bare = review.totals.get("decided", 0), review.totals.get("bare", 0)
    judged = decided - review.totals.get("result.not_processed", 0)
    if judged >= FEWEST and judged == _granted(review.totals) and bare >= CONFIDENCE * judged:
        yield Proposal(kind="to_report", subject="", cases=judged, touched=judged, at_most=highest_share(0, of=judged))


def _rules(review: Review, *, product: Product) -> Iterator[Proposal]:
    for rule in product.rules:
        counts = review.rules.get(rule.id, {})
        evaluated, fired = counts.get("evaluated", 0), counts.get("fired", 0)
        if evaluated < FEWEST:
            continue
        if not fired and not counts.get("unknown", 0) and rule.effect not in _HEEDED:
            yield Proposal(
                kind="never", subject=rule.id, cases=evaluated, touched=0, at_most=highest_share(0, of=evaluated)
            )
        elif fired >= FEWEST and _idle(counts, review=review) and rule.effect not in _TELLS:
            yield Proposal(
                kind="no_difference", subject=rule.id, cases=fired, touched=0, at_most=highest_share(0, of=fired)
            )
        elif rule.effect in _BURDENS and _brought_nothing(counts, totals=review.totals):
            decided = counts.get("fired.decided", 0)
            yield Proposal(
                kind="burden",
                subject=rule.id,
                cases=decided,
                touched=fired,
                at_most=highest_share(0, of=decided),
                facts={
                    **_asked(counts),
                    "compared": float(_more_conditions(counts, totals=review.totals) is not None),
                    **slower(counts, totals=review.totals),
                },
            )


def _questions(review: Review, *, product: Product) -> Iterator[Proposal]:
    """A question that no rule or letter reads, and nearly nobody answers, or nearly everybody in the same way.

    Or one that has to be answered, and that people who decided could do without. Sensitive answers lie sealed: nobody
    can say how often they were given.
    """
    unread, sealed = unread_questions(product), sensitive_names(product)
    for question in product.questions:
        counts = review.questions.get(question.id, {})
        asked, answered = counts.get("asked", 0), counts.get("answered", 0)
        if question.id not in unread or question.id in sealed or asked < FEWEST:
            continue
        same = max((number for name, number in counts.items() if name.startswith("answer.")), default=0)
        kind, bound, touched = "", 0.0, asked
        left_open = counts.get("open.decided", 0)
        if _is_needed(counts):
            continue
        if not question.seen:
            kind = "unread"
        elif answered <= (1 - CONFIDENCE) * asked:
            kind, bound = "skipped", highest_share(answered, of=asked)
        elif same >= CONFIDENCE * answered:
            kind, bound = "same_answer", highest_share(answered - same, of=answered)
        elif _is_needless(question, counts=counts):
            kind, bound, touched = "optional", highest_share(0, of=left_open), answered
        if kind:
            facts = {"answered": float(answered), "same": float(same), "open": float(left_open)}
            yield Proposal(kind=kind, subject=question.id, cases=asked, touched=touched, at_most=bound, facts=facts)


def _is_needed(counts: Counts) -> bool:
    """Whether people do something with it, more than now and then: handlers ask for it anew, or advisers get it."""
    most = (1 - CONFIDENCE) * counts.get("asked", 0)
    return counts.get("asked_again", 0) > most or counts.get("to_advisers", 0) > most


def _is_needless(question: Question, *, counts: Counts) -> bool:
    """Whether it has to be answered, and enough applications that left it open were all granted."""
    without = {name.removeprefix("open."): number for name, number in counts.items() if name.startswith("open.")}
    decided = without.get("decided", 0)
    return not question.optional and not question.must and decided >= FEWEST_FREED and _granted(without) == decided


def _idle(counts: Counts, *, review: Review) -> bool:
    """Whether it never made a difference, and what hides it does by itself: two that hide one another both stay."""
    behind = [name.removeprefix("behind.") for name, n in counts.items() if name.startswith("behind.") and n]
    alone = (review.rules.get(name, {}).get("changed", 0) for name in behind)
    return not counts.get("changed", 0) and all(alone)


def _brought_nothing(counts: Counts, *, totals: Counts) -> bool:
    """Whether nothing was refused where it fired, and no more conditions were set there than elsewhere.

    Of a rule that nearly always fires nobody knows what is set elsewhere: it is named without that.
    """
    if counts.get("fired.decided", 0) < FEWEST or counts.get("fired.result.refused", 0):
        return False
    more = _more_conditions(counts, totals=totals)
    return more is None or more <= 0


def _more_conditions(counts: Counts, *, totals: Counts) -> float | None:
    """How much more often conditions were set where it fired, at least; None where that cannot be compared."""
    elsewhere = {name: totals.get(name, 0) - counts.get(f"fired.{name}", 0) for name in ("result.granted", "bare")}
    here = {name: counts.get(f"fired.{name}", 0) for name in elsewhere}
    more = share(_bound(elsewhere), after=_bound(here))
    return more.low if more else None


def _bound(counts: Counts) -> tuple[int, int]:
    """Of what was granted, how much with conditions."""
    granted = counts["result.granted"]
    return granted - counts["bare"], granted


def _asked(counts: Counts) -> dict[str, float]:
    return {name: float(counts.get(name, 0)) for name in ("questions", "work")}


_DAYS: Final[Sequence[str]] = ("decided", "days", "days_squared")


def _spread(counts: Counts, *, prefix: str) -> tuple[float, float] | None:
    """Mean and squared standard error of the days until a decision; None for fewer than 30."""
    number, days, squared = (counts.get(f"{prefix}{name}", 0) for name in _DAYS)
    if number < 30:
        return None
    mean = days / number
    return mean, max(0.0, (squared - number * mean**2) / (number - 1)) / number


def _granted(counts: Counts) -> int:
    return sum(counts.get(f"result.{result}", 0) for result in ("granted", "not_needed"))
