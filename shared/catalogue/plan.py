"""In which order the questions and calculated values of a product are worked out, prepared once per product."""

from __future__ import annotations

import graphlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from shared.catalogue.definitions import Block, Computed, Fee, Product, Question, Rule
from shared.rules import Expression, compile_expression


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A product made ready for evaluation: `order` lists each thing after all that it depends on.

    `read` are the names that some expression reads; an answer outside it need not be made ready for expressions.
    """

    questions: tuple[str, ...]
    read: frozenset[str]
    order: tuple[tuple[Question, Expression | None] | tuple[Computed, Expression], ...]
    valid: tuple[tuple[Question, Expression], ...]
    rules: tuple[tuple[Rule, Expression], ...]
    blocks: tuple[tuple[Block, Expression], ...]
    columns: dict[str, frozenset[str]]


@lru_cache(maxsize=256)
def plan_of(product: Product) -> Plan:
    """Prepare a product.

    Raises:
        graphlib.CycleError: things depend on one another in a circle; the reader lets no such product through.
    """
    things: dict[str, Question | Computed] = {each.id: each for each in product.questions}
    things.update({each.id: each for each in product.computed})
    order = tuple(_prepared(things[name]) for name in in_order(product))
    valid = tuple((each, compile_expression(each.valid)) for each in product.questions if each.valid)
    rules = tuple((rule, compile_expression(rule.when)) for rule in product.rules)
    blocks = tuple((block, compile_expression(block.when)) for block in product.process.blocks if block.when)
    expressions = [each[1] for each in (*order, *valid, *rules, *blocks)]
    tables = {each.table for each in product.computed if each.table}
    return Plan(
        questions=tuple(each.id for each in product.questions),
        read=frozenset(name for each in expressions if each for name in each.names) | tables,
        order=order,
        valid=valid,
        rules=rules,
        blocks=blocks,
        columns={each.id: frozenset(column.id for column in each.columns) for each in product.questions},
    )


def in_order(product: Product) -> tuple[str, ...]:
    """Give all questions and calculated values, each after what it depends on.

    Raises:
        graphlib.CycleError: its second argument names the circle.
    """
    known = {each.id for each in product.questions} | {each.id for each in product.computed}
    sorter: graphlib.TopologicalSorter[str] = graphlib.TopologicalSorter()
    for question in product.questions:
        sorter.add(question.id, *sorted(_names(question.when) & known))
    for computed in product.computed:
        needs = _names(computed.formula) | ({computed.table} if computed.table else set())
        sorter.add(computed.id, *sorted((needs - _own_columns(computed, product.questions)) & known))
    return tuple(sorter.static_order())


def in_force(dated: Rule | Fee, *, on: date) -> bool:
    """Whether a rule or fee counts on this day."""
    return dated.valid_from <= on and (dated.valid_until is None or on <= dated.valid_until)


def _prepared(thing: Question | Computed) -> tuple[Question, Expression | None] | tuple[Computed, Expression]:
    if isinstance(thing, Computed):
        return thing, compile_expression(thing.formula)
    return thing, compile_expression(thing.when) if thing.when else None


def _names(text: str | None) -> frozenset[str]:
    return compile_expression(text).names if text else frozenset()


def _own_columns(computed: Computed, questions: Iterable[Question]) -> set[str]:
    return {column.id for each in questions if each.id == computed.table for column in each.columns}
