"""What is known of each rule and question, and of the product as a whole, with how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.workflow.domain.effect import wilson
from services.workflow.domain.indicators import FEWEST
from services.workflow.domain.proposals import slower
from services.workflow.domain.review import Counts, Review, unread_questions
from shared.catalogue.check.order import questions_behind
from shared.catalogue.definitions import Kind, Product, Question, Rule
from shared.catalogue.plan import plan_of

Heard = Mapping[str, Counts]
"""What the form service measured, by `question.ID` and `step.ID`, and what residents said, by `said.ID`."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many; `low` and `high` bound the share with 95 %. Under five there is nothing to show."""

    seen: int
    of: int

    @property
    def shown(self) -> bool:
        """Whether enough are behind it."""
        return self.of >= FEWEST

    @property
    def between(self) -> tuple[float, float]:
        """Give the bounds of the share, 0 to 1."""
        _, low, high = wilson(self.seen, self.of)
        return max(0.0, low), min(1.0, high)


@dataclass(frozen=True, kw_only=True)
class RuleEvidence:
    """What a rule did; `behind` are the rules that hide it, with how often, `objections` what became of those.

    `longer` is how many days longer decisions took where it fired than where not, with the half width of the interval.
    """

    rule: Rule
    counts: Counts
    refused: Share
    behind: Sequence[tuple[Rule, int]]
    objections: Counts
    longer: tuple[float, float] | None
    heard: Counts

    @property
    def always(self) -> bool:
        """Whether it fired in every application."""
        return bool(self.counts.get("evaluated")) and self.counts.get("fired") == self.counts.get("evaluated")


@dataclass(frozen=True, kw_only=True)
class QuestionEvidence:
    """What happened with a question; `used_by` are the rules that read it, `read` whether rule or text does.

    `errors` counts refused answers by kind. Half of the people answered it within `seconds`, and were done within
    `step_seconds` with the step it stands on. Handlers asked for it anew `asked_again` times; `to_advisers` says how
    often an adviser got it to read.
    """

    question: Question
    asked: int
    skipped: Share
    known: int
    asked_again: int
    to_advisers: int
    errors: Counts
    heard: Counts
    step: Counts
    used_by: Sequence[Rule]
    read: bool
    seconds: int | None
    step_seconds: int | None

    @property
    def sealed(self) -> bool:
        """Whether its answer is sensitive, so that nobody can count how often it was given."""
        return any(part.sensitive for part in (self.question, *self.question.all_columns))


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything; `bare` is the share of decisions that granted without any condition, `refused` that refused."""

    rules: Sequence[RuleEvidence]
    questions: Sequence[QuestionEvidence]
    bare: Share
    refused: Share
    attachments: Sequence[QuestionEvidence] = field(default_factory=tuple)


def evidence_of(review: Review, *, product: Product, heard: Heard) -> Evidence:
    """Put together what is known."""
    readers, unread = _rules_by_question(product), unread_questions(product)
    asked = [
        _of_question(
            each,
            review=review,
            heard=heard,
            step=step.id,
            used_by=readers.get(each.id, ()),
            read=each.id not in unread,
        )
        for step in product.steps
        for each in step.questions
        if each.asks
    ]
    decided, totals = review.totals.get("decided", 0), review.totals
    return Evidence(
        rules=[_of_rule(rule, review=review, product=product, heard=heard) for rule in product.rules],
        questions=[each for each in asked if each.question.kind is not Kind.FILE],
        attachments=[each for each in asked if each.question.kind is Kind.FILE],
        bare=Share(seen=totals.get("bare", 0), of=decided),
        refused=Share(seen=totals.get("result.refused", 0), of=decided),
    )


def half_done(counts: Counts) -> int | None:
    """Give within how many seconds half of the people were done with it: a bound of a class, None when unknown.

    0 stands for the class that has no bound.
    """
    times = {what.removeprefix("seconds."): n for what, n in counts.items() if what.startswith("seconds.")}
    half, passed = sum(times.values()) / 2, 0
    for bound in sorted(int(each) for each in times if each != "longer"):
        passed += times[str(bound)]
        if passed >= half:
            return bound
    return 0 if times else None


def _of_rule(rule: Rule, *, review: Review, product: Product, heard: Heard) -> RuleEvidence:
    counts = review.rules.get(rule.id, {})
    found = slower(counts, totals=review.totals)
    behind = [(product.rule(name), n) for name, n in _under(counts, prefix="behind.").items()]
    return RuleEvidence(
        rule=rule,
        counts=counts,
        refused=Share(seen=counts.get("fired.result.refused", 0), of=counts.get("fired.decided", 0)),
        behind=sorted(behind, key=lambda each: -each[1]),
        objections=_under(counts, prefix="fired.objection."),
        longer=(found["days_longer"], found["give_or_take"]) if found else None,
        heard=heard.get(f"said.{rule.id}", {}),
    )


def _of_question(
    question: Question, *, review: Review, heard: Heard, step: str, used_by: Sequence[Rule], read: bool
) -> QuestionEvidence:
    counts, told = review.questions.get(question.id, {}), heard.get(f"question.{question.id}", {})
    said = heard.get(f"said.{question.id}", {})
    asked = counts.get("asked", 0)
    on_step = heard.get(f"step.{step}", {})
    return QuestionEvidence(
        question=question,
        asked=asked,
        skipped=Share(seen=asked - counts.get("answered", 0), of=asked),
        known=counts.get("known", 0),
        asked_again=counts.get("asked_again", 0),
        to_advisers=counts.get("to_advisers", 0),
        errors=_under(told, prefix="error."),
        heard={**told, **said},
        step=on_step,
        used_by=used_by,
        read=read,
        seconds=half_done(told),
        step_seconds=half_done(on_step),
    )


def _rules_by_question(product: Product) -> Mapping[str, Sequence[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in product.rules:
        for question in questions_behind(plan_of(product).inputs[rule.id], product=product):
            found.setdefault(question, []).append(rule)
    return found


def _under(counts: Counts, *, prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): n for name, n in counts.items() if name.startswith(prefix) and n}
