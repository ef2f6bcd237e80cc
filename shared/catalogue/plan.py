"""In which order the questions and calculated values of a product are worked out, prepared once per product."""

from __future__ import annotations

import graphlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from shared.catalogue.definitions import Block, Computed, Effect, Fee, Kind, Product, Question, Rule, Sensitive, Task
from shared.catalogue.facts import plain_reader
from shared.rules import Expression, columns_read, compile_expression


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A column made ready: `read` makes plain values of its answers, `rows` are those of a table within the row."""

    name: str
    optional: bool
    when: Expression | None
    valid: Expression | None
    read: Callable[[Any], Any]
    rows: Rows | None


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The columns of a table made ready: `order` lists each after those that its condition reads.

    `read` are the columns that some condition reads; `valid` says whether some column has one on its answer.
    """

    order: tuple[Cell, ...]
    read: frozenset[str]
    valid: bool


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question made ready; `rules` are those that ask for it, which one by rule waits for.

    `read` makes plain values of its answers; None where no expression reads them.
    """

    question: Question
    read: Callable[[Any], Any] | None
    when: Expression | None
    rules: tuple[tuple[Rule, Expression], ...]
    rows: Rows | None


@dataclass(frozen=True, kw_only=True)
class Worked:
    """A calculated value made ready; `own` are the columns of its table that it reads."""

    computed: Computed
    formula: Expression
    own: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A product made ready for evaluation: `order` lists each thing after all that it depends on.

    `read` are the names that some expression reads; an answer outside it need not be made ready for expressions.
    `columns` are those that some expression reads of a table from outside its rows; all where a table is not listed.
    `inputs` are the names that each rule reads, sorted; what is sensitive, or rests on it, is never recorded.
    """

    questions: tuple[Question, ...]
    read: frozenset[str]
    columns: dict[str, frozenset[str]]
    order: tuple[Asked | Worked, ...]
    valid: tuple[tuple[Question, Expression], ...]
    rows: tuple[tuple[Question, Rows], ...]
    rules: tuple[tuple[Rule, Expression], ...]
    inputs: dict[str, tuple[str, ...]]
    blocks: tuple[tuple[Block, Expression], ...]
    tasks: tuple[tuple[Task, Expression | None], ...]
    cosign: Expression | None


@lru_cache(maxsize=256)
def plan_of(product: Product) -> Plan:
    """Prepare a product.

    Raises:
        graphlib.CycleError: things depend on one another in a circle; the reader lets no such product through.
    """
    read = _read(product)
    things: dict[str, Asked | Worked] = {
        each.id: _asked(each, product=product, read=read) for each in product.questions
    }
    things.update({each.id: _worked(each, product=product) for each in product.computed})
    rules = tuple((rule, compile_expression(rule.when)) for rule in product.rules)
    blocks = tuple((block, compile_expression(block.when)) for block in product.process.blocks if block.when)
    hidden = sensitive_names(product).keys()
    tables = ((each.id, rows_of(each.columns)) for each in product.questions if each.kind is Kind.TABLE)
    return Plan(
        questions=product.questions,
        read=read,
        columns=_columns_read(product),
        order=tuple(things[name] for name in in_order(product)),
        valid=tuple((each, compile_expression(each.valid)) for each in product.questions if each.valid),
        rows=tuple((product.question(name), rows) for name, rows in tables if rows.valid),
        rules=rules,
        inputs={rule.id: tuple(sorted(when.names - hidden)) for rule, when in rules},
        blocks=blocks,
        tasks=tuple((task, _compiled(task.when)) for task in product.process.tasks),
        cosign=_compiled(product.cosign.when) if product.cosign else None,
    )


def in_order(product: Product) -> tuple[str, ...]:
    """Give all questions and calculated values, each after what it depends on.

    Raises:
        graphlib.CycleError: its second argument names the circle.
    """
    known = {each.id for each in product.questions} | {each.id for each in product.computed}
    sorter: graphlib.TopologicalSorter[str] = graphlib.TopologicalSorter()
    for question in product.questions:
        sorter.add(question.id, *sorted(_needs(question, product=product) & known))
    for computed in product.computed:
        needs = _names(computed.formula) | ({computed.table} if computed.table else set())
        sorter.add(computed.id, *sorted((needs - _own_columns(computed, product.questions)) & known))
    return tuple(sorter.static_order())


def in_force(dated: Rule | Fee, *, on: date) -> bool:
    """Whether a rule or fee counts on this day."""
    return dated.valid_from <= on and (dated.valid_until is None or on <= dated.valid_until)


def rows_of(columns: Sequence[Question]) -> Rows:
    """Make the columns of a table ready.

    Raises:
        graphlib.CycleError: columns wait for one another in a circle.
    """
    cells = {each.id: _cell(each) for each in columns}
    sorter: graphlib.TopologicalSorter[str] = graphlib.TopologicalSorter()
    read: set[str] = set()
    for column in columns:
        inner = [column, *column.all_columns]
        needs = {name for each in inner for name in _names(each.when)} & (cells.keys() - {column.id})
        needs |= _names(column.when) & {column.id}
        sorter.add(column.id, *sorted(needs))
        read |= needs
    order = tuple(cells[name] for name in sorter.static_order())
    valid = any(cell.valid or (cell.rows and cell.rows.valid) for cell in order)
    return Rows(order=order, read=frozenset(read), valid=valid)


def rules_asking(product: Product, *, question: Question) -> Iterator[Rule]:
    """Give the rules that a question by rule waits for."""
    if question.by_rule:
        yield from (rule for rule in product.rules if rule.effect is Effect.ASK_ALSO and rule.value == question.id)


@lru_cache(maxsize=256)
def sensitive_names(product: Product) -> Mapping[str, Sensitive]:
    """Name the questions with sensitive answers, and the calculated values and lines that rest on them, with the kind.

    What is about health as well as a number of a person counts as health.
    """
    computed = {each.id: each for each in product.computed}
    parts = {each.id: (each, *each.all_columns) for each in product.questions}
    found: dict[str, Sensitive] = {}
    for name in in_order(product):
        if name in computed:
            needs = (*_names(computed[name].formula), computed[name].table or "")
            kinds = {found[each] for each in needs if each in found}
        else:
            kinds = {part.sensitive for part in parts[name] if part.sensitive}
        if kinds:
            found[name] = Sensitive.HEALTH if Sensitive.HEALTH in kinds else Sensitive.BSN
    return found | {each.id: found[each.shows] for each in product.questions if each.shows in found}


def _needs(question: Question, *, product: Product) -> set[str]:
    """Name all that decides whether a question and the cells of its rows count."""
    texts = [question.when, *(rule.when for rule in rules_asking(product, question=question))]
    texts += [column.when for column in question.all_columns]
    own = {column.id for column in question.all_columns}
    return {name for text in texts for name in _names(text)} - own


def _asked(question: Question, *, product: Product, read: frozenset[str]) -> Asked:
    rules = ((rule, compile_expression(rule.when)) for rule in rules_asking(product, question=question))
    rows = rows_of(question.columns) if question.kind is Kind.TABLE else None
    return Asked(
        question=question,
        read=plain_reader(question) if question.id in read else None,
        when=_compiled(question.when),
        rules=tuple(rules),
        rows=rows,
    )


def _cell(column: Question) -> Cell:
    rows = rows_of(column.columns) if column.kind is Kind.TABLE else None
    return Cell(
        name=column.id,
        optional=column.optional,
        when=_compiled(column.when),
        valid=_compiled(column.valid),
        read=plain_reader(column),
        rows=rows,
    )


def _worked(computed: Computed, *, product: Product) -> Worked:
    formula = compile_expression(computed.formula)
    own = sorted(formula.names & _own_columns(computed, product.questions))
    return Worked(computed=computed, formula=formula, own=tuple(own))


def _read(product: Product) -> frozenset[str]:
    tables = {each.table for each in product.computed if each.table}
    return frozenset(name for text in _texts(product) for name in _names(text)) | tables


def _columns_read(product: Product) -> dict[str, frozenset[str]]:
    """Find what is read of each table; a value worked out for each row has its columns at hand anyway."""
    tables = [each.id for each in product.questions if each.kind is Kind.TABLE]
    return columns_read((compile_expression(text).tree for text in _texts(product) if text), tables=tables)


def _texts(product: Product) -> Iterator[str | None]:
    for question in product.questions:
        for each in (question, *question.all_columns):
            yield from (each.when, each.valid)
    yield from (each.formula for each in product.computed)
    yield from (each.when for each in product.rules)
    yield from (each.when for each in product.process.blocks)
    yield from (each.when for each in product.process.tasks)
    yield product.cosign.when if product.cosign else None


def _compiled(text: str | None) -> Expression | None:
    return compile_expression(text) if text else None


def _names(text: str | None) -> frozenset[str]:
    return compile_expression(text).names if text else frozenset()


def _own_columns(computed: Computed, questions: Iterable[Question]) -> set[str]:
    return {column.id for each in questions if each.id == computed.table for column in each.columns}
