"""Writes answers as people read them: on the check page, in events, for the case handler and in the copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from services.forms.domain.accepting import empty
from services.forms.domain.origins import questions_behind
from services.forms.domain.retyping import national_phone
from shared.catalogue.definitions import Computed, Kind, Product, Question, Step
from shared.catalogue.evaluate import Evaluation
from shared.events import AnswerRow, AnswerSection, Language, Words
from shared.law.calendar import day_name, long_date

NOT_FILLED_IN = Words(nl="Niet ingevuld", en="Not filled in")
_YES, _NO = Words(nl="Ja", en="Yes"), Words(nl="Nee", en="No")


def show(product: Product, *, evaluation: Evaluation) -> tuple[AnswerSection, ...]:
    """The visible questions of each step with their answers, and what was computed from them."""
    placed = _placed(product)
    rows = (
        (step.title, (*_answer_rows(step, evaluation), *_computed_rows(placed.get(step.id, ()), evaluation)))
        for step in product.steps
    )
    return tuple(AnswerSection(title=title, rows=found) for title, found in rows if found)


def show_answer(question: Question, *, value: Any) -> Words:
    """One stored answer in words."""
    write = _BY_KIND.get(question.kind)
    return write(question, value) if write else Words(nl=str(value), en=str(value))


def show_address(address: Mapping[str, str]) -> str:
    """An address on one line: "Voorbeeldstraat 14, 3811 LX Amersfoort"."""
    return f"{address['street']} {address['number']}, {address['postcode']} {address['town']}"


def show_number(value: Any, *, unit: str | None = None, digits: int = 2) -> Words:
    """A number with its unit and at most so many decimals: with a comma in Dutch and a point in English."""
    text = format(round(Decimal(str(value)), digits), ",f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    tail = f" {unit}" if unit else ""
    return Words(nl=text.translate(str.maketrans(",.", ".,")) + tail, en=text + tail)


def _answer_rows(step: Step, evaluation: Evaluation) -> Iterator[AnswerRow]:
    for question in step.questions:
        if question.id not in evaluation.visible or not question.asks:
            continue
        value = evaluation.answers.get(question.id)
        text = NOT_FILLED_IN if empty(value) else show_answer(question, value=value)
        yield AnswerRow(question=question.id, label=question.label, text=text)


def _computed_rows(placed: Sequence[Computed], evaluation: Evaluation) -> Iterator[AnswerRow]:
    for computed in placed:
        value = evaluation.computed.get(computed.id)
        if value is not None and computed.label:
            yield AnswerRow(question=computed.id, label=computed.label, text=_computed_text(computed, value))


def _computed_text(computed: Computed, value: Any) -> Words:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, int | float | Decimal):
        return show_number(value, unit=computed.unit, digits=computed.digits)
    return Words(nl=str(value), en=str(value))


def _placed(product: Product) -> Mapping[str, list[Computed]]:
    """Each computed value with a name for people, in the first step that asks something it is computed from."""
    key = (product.id, product.version)
    if key not in _PLACED:
        asked = {question.id: step.id for step in reversed(product.steps) for question in step.questions}
        order = [step.id for step in product.steps]
        found: dict[str, list[Computed]] = {}
        for computed in product.computed:
            steps = {asked[root] for root in questions_behind([computed.id], product=product) if root in asked}
            if computed.label and not computed.table and steps:
                found.setdefault(min(steps, key=order.index), []).append(computed)
        _PLACED[key] = found
    return _PLACED[key]


_PLACED: dict[tuple[str, str], Mapping[str, list[Computed]]] = {}


def _table_text(table: Question, rows: Sequence[Mapping[str, Any]]) -> Words:
    """One line a row: "Voorwerp 1: Container, lengte 4 m"."""
    lines: list[Words] = []
    for index, row in enumerate(rows):
        parts = [_cell(column, row[column.id]) for column in table.columns if not empty(row.get(column.id))]
        name = table.row or Words(nl="Regel", en="Row")
        lines.append(
            Words(
                nl=f"{name.nl} {index + 1}: " + ", ".join(part.nl for part in parts),
                en=f"{name.en} {index + 1}: " + ", ".join(part.en for part in parts),
            )
        )
    return Words(nl="\n".join(line.nl for line in lines), en="\n".join(line.en for line in lines))


def _cell(column: Question, value: Any) -> Words:
    text = show_answer(column, value=value)
    if column.kind is Kind.CHOICE:
        return text
    return Words(nl=f"{column.label.nl.lower()} {text.nl}", en=f"{column.label.en.lower()} {text.en}")


def _choice_text(question: Question, value: Any) -> Words:
    return next((choice.label for choice in question.choices if choice.value == value), Words(nl=value, en=value))


def _choices_text(question: Question, value: Any) -> Words:
    labels = [_choice_text(question, one) for one in value]
    return Words(nl=", ".join(label.nl for label in labels), en=", ".join(label.en for label in labels))


def _number_text(question: Question, value: Any) -> Words:
    return show_number(value, unit=question.unit)


def _yes_no_text(_question: Question, value: Any) -> Words:
    return _YES if value else _NO


def _date_answer(_question: Question, value: Any) -> Words:
    return _date_text(date.fromisoformat(value))


def _date_text(day: date) -> Words:
    return Words(nl=_named_date(day, "nl"), en=_named_date(day, "en"))


def _named_date(day: date, language: Language) -> str:
    return f"{day_name(day, language=language)} {long_date(day, language=language)}"


def _address_text(_question: Question, value: Any) -> Words:
    return Words(nl=show_address(value), en=show_address(value))


def _phone_text(_question: Question, value: Any) -> Words:
    number = national_phone(value)
    return Words(nl=number, en=number)


_BY_KIND: Mapping[Kind, Callable[[Question, Any], Words]] = {
    Kind.INTEGER: _number_text,
    Kind.DECIMAL: _number_text,
    Kind.YES_NO: _yes_no_text,
    Kind.DECLARATION: _yes_no_text,
    Kind.CHOICE: _choice_text,
    Kind.CHOICES: _choices_text,
    Kind.DATE: _date_answer,
    Kind.ADDRESS: _address_text,
    Kind.PHONE: _phone_text,
    Kind.TABLE: _table_text,
}
