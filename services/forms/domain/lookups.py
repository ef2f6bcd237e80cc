"""The addresses on a page of which postcode and number were given and the street must be looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from services.forms.domain.faults import Fault, in_row
from services.forms.domain.pages import in_look_up
from services.forms.domain.reading import Typed
from shared.catalogue.definitions import Kind, Question


@dataclass(frozen=True, kw_only=True)
class LookUp:
    """One address to look up; `holder` is what it stands in: the answers of the page, or a row of a table.

    `rows` are the tables around it, each with the number of the row, from the outermost in.
    """

    question: Question
    holder: dict[str, Any]
    rows: tuple[tuple[Question, int], ...]

    @property
    def name(self) -> str:
        """The name of its fields: "events.0.place"."""
        return _name(self.question, within=self.rows)

    @property
    def given(self) -> dict[str, str]:
        """What was given of it."""
        return dict(self.holder[self.question.id])

    def fill(self, address: dict[str, str] | None) -> None:
        """Put the whole address in its place; without one it is no answer."""
        del self.holder[self.question.id]
        if address:
            self.holder[self.question.id] = address

    def told(self, found: Fault) -> Fault:
        """A fault of it, told of its row."""
        for table, index in reversed(self.rows):
            found = in_row(found, table=table, index=index)
        return found


def look_ups(
    questions: Iterable[Question],
    *,
    answers: dict[str, Any],
    typed: Typed,
    within: tuple[tuple[Question, int], ...] = (),
) -> Iterator[LookUp]:
    """Every address among these answers whose street the page did not ask for."""
    for question in questions:
        value = answers.get(question.id)
        if question.kind is Kind.ADDRESS and value and in_look_up(_name(question, within=within), typed=typed):
            yield LookUp(question=question, holder=answers, rows=within)
        elif question.kind is Kind.TABLE:
            for index, row in enumerate(value or ()):
                yield from look_ups(question.columns, answers=row, typed=typed, within=(*within, (question, index)))


def _name(question: Question, *, within: tuple[tuple[Question, int], ...]) -> str:
    return "".join(f"{table.id}.{index}." for table, index in within) + question.id
