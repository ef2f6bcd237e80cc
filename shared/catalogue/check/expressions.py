"""Whether every name in an expression exists, and whether its values go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError

from shared.catalogue.check.kinds import (
    ANYTHING,
    DATE,
    NUMBER,
    TEXT,
    TRUTH,
    Judge,
    Known,
    list_of,
    parts,
)
from shared.catalogue.definitions import Kind, Product, Question
from shared.catalogue.faults import Fault, nearest_name
from shared.catalogue.origins import Origins, Use
from shared.catalogue.plan import in_order
from shared.rules import compile_expression
from shared.rules.tree import Name, Tree

_ADDRESS = parts(postcode=TEXT, number=TEXT, street=TEXT, town=TEXT)
_OF_KIND: Mapping[Kind, Known] = {
    **dict.fromkeys((Kind.INTEGER, Kind.DECIMAL, Kind.AMOUNT), NUMBER),
    **dict.fromkeys((Kind.YES_NO, Kind.DECLARATION), TRUTH),
    Kind.DATE: DATE,
    Kind.PERIOD: parts(first=DATE, last=DATE),
    Kind.ADDRESS: _ADDRESS,
    Kind.LOCATION: parts(words=TEXT, lat=NUMBER, lon=NUMBER),
    Kind.FILE: list_of(parts(name=TEXT, type=TEXT, bytes=NUMBER)),
}
_CALCULATED = ("a number", "a text", "a date", "true or false", "anything")


def check_expressions(product: Product, *, origins: Origins) -> Iterator[Fault]:
    """Check all conditions and formulas of a product."""
    names = names_of(product)
    for use in origins.uses:
        scope = {**names, **_columns(product, use.tables)}
        scope |= dict.fromkeys(origins.vague & scope.keys(), ANYTHING)
        yield from _check_use(use, product, scope=scope)


def names_of(product: Product) -> dict[str, Known]:
    """Tell the kinds of all questions and calculated values."""
    names = {"today": DATE} | {each.id: _known(each) for each in product.questions if each.asks}
    computed = {each.id: each for each in product.computed}
    try:
        order = [name for name in in_order(product) if name in computed]
    except CycleError:
        return names | dict.fromkeys(computed, ANYTHING)
    for name in order:
        table = computed[name].table
        scope = names | _columns(product, (table,) if table else ())
        formula = computed[name].formula
        kind = Judge(scope, complain=_nothing).kind_of(compile_expression(formula).tree) if formula else ANYTHING
        names[name] = list_of(kind) if table else kind
    return names


def _check_use(use: Use, product: Product, *, scope: Mapping[str, Known]) -> Iterator[Fault]:
    tables = {each.id for each in product.questions if each.kind is Kind.TABLE}
    if use.thing == "computed" and use.tables and use.tables[0] not in tables:
        nearest = nearest_name(use.tables[0], among=tables)
        yield Fault(place=use.place, sentence=f"There is no table '{use.tables[0]}'.", nearest=nearest)
        return
    shown = {each.id for each in product.questions if not each.asks}
    faults: list[Fault] = []

    def complain(tree: Tree, sentence: str, nearest: str | None) -> None:
        if isinstance(tree, Name) and tree.name in shown:
            sentence, nearest = f"'{tree.name}' only shows something, so it has no answer.", None
        faults.append(Fault(place=use.place_within(at=tree.at), sentence=sentence, nearest=nearest))

    kind = Judge(scope, complain=complain).kind_of(use.expression.tree)
    yield from faults
    if use.key != "formula" and kind not in (TRUTH, ANYTHING):
        yield Fault(place=use.place, sentence="A condition must come out as true or false.")
    if use.key == "formula" and (kind.item or kind).kind not in _CALCULATED:
        yield Fault(place=use.place, sentence="A calculated value is a number, a text, a date or true or false.")


def _columns(product: Product, tables: tuple[str, ...]) -> dict[str, Known]:
    """Tell the kinds of the columns that are seen by their own names in a row of these tables."""
    found: dict[str, Known] = {}
    questions = product.questions
    for table in tables:
        questions = next((each.columns for each in questions if each.id == table), ())
        found |= {column.id: _known(column) for column in questions}
    return found


def _known(question: Question) -> Known:
    codes = frozenset(choice.value for choice in question.choices)
    if question.kind is Kind.TABLE:
        row = {column.id: _known(column) for column in question.columns}
        return list_of(Known(kind="several parts", parts=row, name=question.id))
    if question.kind is Kind.CHOICE:
        return Known(kind=TEXT.kind, codes=codes, name=question.id)
    if question.kind is Kind.CHOICES:
        return list_of(Known(kind=TEXT.kind, codes=codes, name=question.id))
    return _OF_KIND.get(question.kind, TEXT)


def _nothing(_tree: Tree, _sentence: str, _nearest: str | None) -> None:
    """Faults in a formula are told at its own use."""
