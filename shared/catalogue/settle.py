"""Which questions and cells count for these answers, and the calculated values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeGuard

from shared.catalogue.definitions import Kind, Question, Rule
from shared.catalogue.facts import is_answered
from shared.catalogue.plan import Asked, Plan, Rows, Worked, in_force
from shared.rules import Facts, Value

_DIGITS_KEPT = 9  # 0.1 m taken three times is 0.3 m, also at a threshold

Known = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What counts: `answers` of visible questions (None while unanswered) without their hidden cells.

    `computed` holds a list, one per row, for a value with a table; None is unknown. `missing` are the paths of cells
    that count, are not optional and have no answer: "objects.0.length"; `hidden` those of cells that do not count.
    `asked_by` is the first rule that asks for a question by rule. `known` has the rows of tables in plain values, as
    expressions see them.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    computed: dict[str, Any] = field(default_factory=dict)
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    asked_by: dict[str, Rule] = field(default_factory=dict)
    known: dict[str, list[Known]] = field(default_factory=dict)


def settle(plan: Plan, answers: Mapping[str, Any], /, *, facts: Facts) -> Settled:
    """Work out what counts, and add to the facts whatever some expression reads."""
    settled = Settled()
    for thing in plan.order:
        if isinstance(thing, Worked):
            value = _compute(thing, facts=facts, settled=settled)
            settled.computed[thing.computed.id] = _as_json(value)
            facts.know(thing.computed.id, value=value)
        elif _counts(thing, facts=facts, settled=settled):
            _take(thing, answers.get(thing.question.id), plan=plan, facts=facts, settled=settled)
    return settled


def wrong_answers(plan: Plan, settled: Settled, /, *, facts: Facts) -> Iterator[str]:
    """Name the questions, and by path the cells, whose own condition is false."""
    for question, valid in plan.valid:
        if settled.answers.get(question.id) is not None and valid.given(facts) is False:
            yield question.id
    for table, rows in plan.rows:
        yield from _wrong_cells(rows, settled.known.get(table.id, ()), facts=facts, path=table.id)


def _counts(asked: Asked, *, facts: Facts, settled: Settled) -> bool:
    if asked.when is not None and asked.when.given(facts) is not True:
        return False
    if not asked.question.by_rule:
        return True
    for rule, when in asked.rules:
        if in_force(rule, on=facts.today) and when.given(facts) is True:
            settled.asked_by[asked.question.id] = rule
            return True
    return False


def _take(asked: Asked, value: Any, *, plan: Plan, facts: Facts, settled: Settled) -> None:
    question = asked.question
    if not is_given(value, question=question):
        settled.answers[question.id] = None
        return
    if asked.rows is not None and _are_rows(value):
        table = _Table(facts=facts)
        value, rows = table.read(asked.rows, value, path=question.id)
        settled.known[question.id] = rows
        settled.missing[question.id] = tuple(table.missing)
        settled.hidden.update(table.hidden)
        if asked.read is not None:
            facts.know_rows(question.id, rows=_only(rows, columns=plan.columns.get(question.id)))
    elif asked.read is not None and (plain := asked.read(value)) is not None:
        facts.plain[question.id] = plain
    settled.answers[question.id] = value


def is_given(value: Any, *, question: Question) -> bool:
    """Whether a question has its answer; a declaration only when it is made."""
    return value is True if question.kind is Kind.DECLARATION else question.asks and is_answered(value)


def _only(rows: list[Known], *, columns: frozenset[str] | None) -> list[Known]:
    """Leave out the columns that nothing reads; handing a cell over takes 3 µs."""
    return rows if columns is None else [{name: row[name] for name in row if name in columns} for row in rows]


def _are_rows(value: Any) -> TypeGuard[Sequence[Mapping[str, Any]]]:
    return isinstance(value, list | tuple) and all(isinstance(row, Mapping) for row in value)


class _Table:
    """One table under reading; it fills `missing` and `hidden` with the paths of cells without an answer or a place."""

    def __init__(self, *, facts: Facts) -> None:
        self.missing: list[str] = []
        self.hidden: list[str] = []
        self._facts = facts

    def read(
        self, rows: Rows, given: Sequence[Mapping[str, Any]], /, *, path: str
    ) -> tuple[list[dict[str, Any]], list[Known]]:
        """Give the rows without their hidden cells: as they are stored, and as expressions see them."""
        stored, known = [], []
        for number, row in enumerate(given):
            kept, seen = self._row(rows, row, path=f"{path}.{number}")
            stored.append(kept)
            known.append(seen)
        return stored, known

    def _row(self, rows: Rows, row: Mapping[str, Any], *, path: str) -> tuple[dict[str, Any], Known]:
        facts, plain, kept, known = self._facts, self._facts.plain, dict(row), Known()
        for cell in rows.order:
            name = cell.name
            if cell.when is not None and cell.when.given(facts) is not True:
                kept.pop(name, None)
                self.hidden.append(f"{path}.{name}")
                continue
            value = row.get(name)
            if not value and not is_answered(value):
                if not cell.optional:
                    self.missing.append(f"{path}.{name}")
                continue
            if cell.rows is not None and _are_rows(value):
                kept[name], seen = self.read(cell.rows, value, path=f"{path}.{name}")
            else:
                seen = cell.read(value)
            if seen is not None:
                known[name] = seen
                if name in rows.read:
                    plain[name] = seen
        facts.forget(rows.read)
        return kept, known


def _wrong_cells(rows: Rows, known: Sequence[Known], *, facts: Facts, path: str) -> Iterator[str]:
    if not rows.valid:
        return
    for number, row in enumerate(known):
        facts.plain.update(row)
        for cell in rows.order:
            name = cell.name
            if name not in row:
                continue
            if cell.valid is not None and cell.valid.given(facts) is False:
                yield f"{path}.{number}.{name}"
            if cell.rows is not None:
                yield from _wrong_cells(cell.rows, row[name], facts=facts, path=f"{path}.{number}.{name}")
        facts.forget(row)


def _compute(worked: Worked, *, facts: Facts, settled: Settled) -> Value:
    table = worked.computed.table
    if table is None:
        return _rounded(worked.formula.given(facts))
    rows = settled.known.get(table)
    return None if rows is None else [_of_row(worked, row, facts=facts) for row in rows]


def _of_row(worked: Worked, row: Known, *, facts: Facts) -> Value:
    facts.plain.update({name: row[name] for name in worked.own if name in row})
    value = _rounded(worked.formula.given(facts))
    facts.forget(worked.own)
    return value


def _rounded(value: Value) -> Value:
    return round(value, _DIGITS_KEPT) if isinstance(value, float) else value


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_as_json(each) for each in value] if isinstance(value, list) else value
