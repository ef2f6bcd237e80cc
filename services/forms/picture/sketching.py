"""What belongs in the picture of a form: boxes for questions, calculated values and rules, and what reads what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from shared.catalogue.definitions import Computed, Effect, Kind, Product, Question, Rule
from shared.catalogue.plan import rules_asking
from shared.events import Words
from shared.rules import compile_expression

Column = Literal["question", "computed", "rule"]
LinkKind = Literal["decides", "feeds", "asks"]

EFFECTS: Mapping[Effect, Words] = {
    Effect.NOT_NEEDED: Words(nl="Niet nodig", en="Not needed"),
    Effect.OTHER_PRODUCT: Words(nl="Ander formulier", en="Other form"),
    Effect.AT_ONCE: Words(nl="Kan meteen", en="Can be at once"),
    Effect.LIKELY_REFUSAL: Words(nl="Waarschijnlijk nee", en="Likely refused"),
    Effect.WARN: Words(nl="Waarschuwt", en="Warns"),
    Effect.ASK_ALSO: Words(nl="Vraagt ook", en="Asks also"),
    Effect.FEE: Words(nl="Kosten", en="Fee"),
    Effect.ROUTE: Words(nl="Naar team", en="To team"),
    Effect.TASK: Words(nl="Taak", en="Task"),
    Effect.ADVICE: Words(nl="Vraagt advies", en="Asks advice"),
}
_CALCULATED = Words(nl="Berekend", en="Calculated")
_BY_RULE = Words(nl="Alleen als een regel erom vraagt", en="Only when a rule asks for it")
_ONLY_IF = Words(nl="Alleen als", en="Only if")


@dataclass(frozen=True, kw_only=True)
class Box:
    """One thing in the picture. `conditions` are expressions, each with the words that come before it.

    `mark` says what sort of thing it is; `step` is the place of its step, for a question.
    """

    id: str
    column: Column
    title: Words
    mark: Words | None = None
    conditions: tuple[tuple[Words | None, str], ...] = ()
    step: int | None = None
    because: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Link:
    """One thing reads another. `decides`: whether a question counts; `asks`: a rule brings a question up."""

    source: str
    target: str
    kind: LinkKind


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """All that belongs in the picture; boxes stand in the order of the text."""

    title: Words
    steps: tuple[Words, ...]
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]

    def read_by(self, name: str) -> tuple[Box, ...]:
        """Give the boxes that this one reads."""
        sources = {link.source for link in self.links if link.target == name}
        return tuple(box for box in self.boxes if box.id in sources)

    def in_step(self, number: int) -> tuple[Box, ...]:
        """Give the questions of a step."""
        return tuple(box for box in self.boxes if box.step == number)

    def of(self, column: Column) -> tuple[Box, ...]:
        """Give all boxes of a column."""
        return tuple(box for box in self.boxes if box.column == column)


def sketch(product: Product) -> Sketch:
    """Find what belongs in the picture of this product."""
    boxes = (
        *(_question(each, step=at) for at, step in enumerate(product.steps) for each in step.questions),
        *(_computed(each) for each in product.computed),
        *(_rule(each) for each in product.rules),
    )
    known = {box.id for box in boxes}
    links = dict.fromkeys(link for link in _links(product) if {link.source, link.target} <= known)
    return Sketch(
        title=product.title, steps=tuple(step.title for step in product.steps), boxes=boxes, links=tuple(links)
    )


def _question(question: Question, *, step: int) -> Box:
    columns = ((column.label, column.when) for column in question.all_columns if column.when)
    own = [(_ONLY_IF, question.when)] if question.when else []
    heading = question.label if question.label.nl else Words(nl="Uitleg", en="Explanation")
    return Box(
        id=question.id,
        column="question",
        title=heading,
        mark=_BY_RULE if question.by_rule else None,
        conditions=(*own, *((_of_column(label), when) for label, when in columns)),
        step=step,
        because=question.why,
    )


def _of_column(label: Words) -> Words:
    return Words(nl=f"{label.nl} – alleen als", en=f"{label.en} – only if")


def _computed(computed: Computed) -> Box:
    title = computed.label or Words(nl=computed.id, en=computed.id)
    return Box(id=computed.id, column="computed", title=title, mark=_CALCULATED, conditions=((None, computed.formula),))


def _rule(rule: Rule) -> Box:
    mark = EFFECTS[rule.effect]
    if rule.value:
        mark = Words(nl=f"{mark.nl}: {rule.value}", en=f"{mark.en}: {rule.value}")
    title = Words(nl=rule.id, en=rule.id)
    return Box(
        id=f"rule {rule.id}",
        column="rule",
        title=title,
        mark=mark,
        conditions=((None, rule.when),),
        because=rule.because,
    )


def _links(product: Product) -> Iterator[Link]:
    for question in product.questions:
        own = {column.id for column in question.all_columns}
        texts = [question.when, *(column.when for column in question.all_columns)]
        for name in _names(texts) - own:
            yield Link(source=name, target=question.id, kind="decides")
        for rule in rules_asking(product, question=question):
            yield Link(source=f"rule {rule.id}", target=question.id, kind="asks")
        if question.kind is Kind.CALCULATED and question.shows:
            yield Link(source=question.shows, target=question.id, kind="asks")
    for computed in product.computed:
        table = [computed.table] if computed.table else []
        for name in sorted({*_names([computed.formula]), *table}):
            yield Link(source=name, target=computed.id, kind="feeds")
    for rule in product.rules:
        for name in sorted(_names([rule.when])):
            yield Link(source=name, target=f"rule {rule.id}", kind="feeds")


def _names(texts: Iterable[str | None]) -> set[str]:
    return {name for text in texts if text for name in compile_expression(text).names}
