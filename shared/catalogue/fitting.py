"""Whether the kinds of values in each expression go together, tried on sample answers of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from shared.catalogue.definitions import Computed, Kind, Product, Question
from shared.catalogue.faults import Fault
from shared.catalogue.origins import Origins, Use
from shared.catalogue.plan import plan_of
from shared.rules import Facts

_SAMPLES = 4
_TODAY = date(2026, 7, 1)


def check_kinds(product: Product, *, origins: Origins) -> list[Fault]:
    """Find expressions that put a text and a number together, and conditions that are not true or false.

    Each is tried on several samples, since `a || b` looks at b only while a is false.
    """
    found: dict[tuple[str, str, str], Fault] = {}
    for turn in range(_SAMPLES):
        facts = _sample(product, turn=turn)
        for use in origins.uses:
            for fault in _try(use, _around(use, product, facts=facts, turn=turn)):
                found.setdefault((use.thing, use.owner, use.key), fault)
    return list(found.values())


def _try(use: Use, facts: Facts) -> Iterator[Fault]:
    wrong = use.expression.fault_of_kind(facts)
    if wrong:
        yield Fault(place=use.place, sentence=wrong)
    elif use.key in ("when", "valid") and not isinstance(use.expression.given(facts), bool | None):
        yield Fault(place=use.place, sentence="A condition must come out as true or false.")


def _sample(product: Product, *, turn: int) -> Facts:
    facts = Facts({}, today=_TODAY)
    for thing, expression in plan_of(product).order:
        if isinstance(thing, Question):
            facts.know(thing.id, value=_sample_answer(thing, turn=turn))
        elif expression is not None:
            facts.know(thing.id, value=_sample_value(thing, product, facts=facts, turn=turn))
    return facts


def _sample_value(computed: Computed, product: Product, *, facts: Facts, turn: int) -> Any:
    expression = next(formula for thing, formula in plan_of(product).order if thing is computed)
    if expression is None or computed.table is None:
        return expression.given(facts) if expression else None
    return [expression.given(_with_row(product.question(computed.table), facts=facts, turn=turn))]


def _around(use: Use, product: Product, *, facts: Facts, turn: int) -> Facts:
    if not use.tables:
        return facts
    table = product.question(use.tables[0])
    if len(use.tables) > 1:
        table = next(column for column in table.columns if column.id == use.tables[1])
        facts = _with_row(product.question(use.tables[0]), facts=facts, turn=turn)
    return _with_row(table, facts=facts, turn=turn)


def _with_row(table: Question, *, facts: Facts, turn: int) -> Facts:
    return Facts({**facts.values, **_sample_row(table, turn=turn)}, today=facts.today)


def _sample_row(table: Question, *, turn: int) -> dict[str, Any]:
    return {column.id: _sample_answer(column, turn=turn) for column in table.columns}


def _sample_answer(question: Question, *, turn: int) -> Any:
    match question.kind:
        case Kind.INTEGER | Kind.DECIMAL | Kind.AMOUNT:
            return float((0, 1, 7, 1000)[turn])
        case Kind.YES_NO | Kind.DECLARATION:
            return turn % 2 == 0
        case Kind.DATE:
            return date(2026, 1 + 3 * turn, 15)
        case Kind.PERIOD:
            return {"first": date(2026, 1 + 3 * turn, 15), "last": date(2026, 1 + 3 * turn, 20)}
        case Kind.CHOICE:
            return question.choices[turn % len(question.choices)].value
        case Kind.CHOICES:
            return [choice.value for choice in question.choices[turn % 2 :]]
        case Kind.TABLE:
            return [_sample_row(question, turn=turn)]
        case _:
            return _SAMPLE.get(question.kind, "tekst")


_SAMPLE: dict[Kind, Any] = {
    Kind.TIME: "09:30",
    Kind.ADDRESS: {"postcode": "3811 AA", "number": "1", "street": "Voorbeeldstraat", "town": "Amersfoort"},
    Kind.LOCATION: {"words": "Bij de fontein", "lat": 52.1561, "lon": 5.3878},
    Kind.FILE: [{"name": "plan.pdf", "type": "application/pdf", "bytes": 1000.0}],
    Kind.CALCULATED: None,
    Kind.TEXT_BLOCK: None,
}
