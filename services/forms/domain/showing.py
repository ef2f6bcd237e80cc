"""Writes answers as people read them: on the check page, in events, for the case handler and in the copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from services.forms.domain.accepting import empty
from services.forms.domain.accepting.moments import is_day
from services.forms.domain.accepting.numbers import MOST_DECIMALS
from services.forms.domain.origins import questions_behind
from services.forms.domain.plates import dashed
from services.forms.domain.points import Point
from services.forms.domain.retyping import national_phone, spaced_iban
from shared.catalogue.definitions import Computed, Kind, Product, Question, Step
from shared.catalogue.evaluate import Evaluation
from shared.events import AnswerRow, AnswerSection, Language, Words
from shared.law.calendar import day_name, long_date

NOT_FILLED_IN = Words(nl="Niet ingevuld", en="Not filled in")
_MEGABYTE = 1_000_000
_YES, _NO = Words(nl="Ja", en="Yes"), Words(nl="Nee", en="No")


def show(product: Product, *, evaluation: Evaluation) -> tuple[AnswerSection, ...]:
    """The visible questions of each step with their answers, and what was computed from them."""
    placed = _placed(product)
    computed = {one.id: one for one in product.computed}
    rows = (
        (
            step.title,
            (
                *_answer_rows(step, evaluation, computed=computed),
                *_computed_rows(placed.get(step.id, ()), evaluation),
            ),
        )
        for step in product.steps
    )
    return tuple(AnswerSection(title=title, rows=found) for title, found in rows if found)


def show_answer(question: Question, *, value: Any) -> Words:
    """One stored answer in words."""
    write = _BY_KIND.get(question.kind)
    return write(question, value) if write else _same(str(value))


def show_computed(computed: Computed, *, evaluation: Evaluation) -> Words | None:
    """A computed value in words; None while it is unknown."""
    value = evaluation.computed.get(computed.id)
    if value is None:
        return None
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, int | float) and computed.unit == "€":
        return show_amount(value)
    if isinstance(value, int | float):
        return show_number(value, unit=computed.unit, digits=computed.digits)
    return _show_day(value) if is_day(value) else _same(str(value))


def show_address(address: Mapping[str, str]) -> str:
    """An address on one line: "Voorbeeldstraat 14, 3811 LX Amersfoort"."""
    return f"{address['street']} {address['number']}, {address['postcode']} {address['town']}"


def show_amount(value: Any) -> Words:
    """Euros with two decimals: "€ 1.250,00" and "€1,250.00"."""
    text = format(Decimal(str(value)), ",.2f")
    return Words(nl=f"€\xa0{_dutch(text)}", en=f"-€{text[1:]}" if text.startswith("-") else f"€{text}")


def show_number(value: Any, *, unit: str | None = None, digits: int = 2) -> Words:
    """A number with its unit and at most so many decimals: with a comma in Dutch and a point in English."""
    text = format(round(Decimal(str(value)), digits), ",f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    tail = f" {unit}" if unit else ""
    return Words(nl=_dutch(text) + tail, en=text + tail)


def show_size(count: int) -> Words:
    """A number of bytes as people read it: "1,2 MB" and "1.2 MB"."""
    if count < _MEGABYTE:
        return show_number(max(1, round(count / 1000)), unit="kB")
    return show_number(count / _MEGABYTE, unit="MB", digits=1)


def _answer_rows(step: Step, evaluation: Evaluation, *, computed: Mapping[str, Computed]) -> Iterator[AnswerRow]:
    for question in step.questions:
        if question.id not in evaluation.visible:
            continue
        if question.asks:
            value = evaluation.answers.get(question.id)
            text = NOT_FILLED_IN if empty(value) else show_answer(question, value=value)
            yield AnswerRow(question=question.id, label=question.label, text=text)
        elif (shown := computed.get(question.shows or "")) and (text_of := show_computed(shown, evaluation=evaluation)):
            yield AnswerRow(question=question.id, label=question.label, text=text_of)


def _computed_rows(placed: Sequence[Computed], evaluation: Evaluation) -> Iterator[AnswerRow]:
    for computed in placed:
        text = show_computed(computed, evaluation=evaluation)
        if text is not None and computed.label:
            yield AnswerRow(question=computed.id, label=computed.label, text=text)


def _placed(product: Product) -> Mapping[str, list[Computed]]:
    """Each computed value with a name for people, in the first step that asks something it is computed from."""
    key = (product.id, product.version)
    if key not in _PLACED:
        asked = {question.id: step.id for step in reversed(product.steps) for question in step.questions}
        order = [step.id for step in product.steps]
        shown = {question.shows for question in product.questions}
        found: dict[str, list[Computed]] = {}
        for computed in product.computed:
            steps = {asked[root] for root in questions_behind([computed.id], product=product) if root in asked}
            if computed.label and not computed.table and steps and computed.id not in shown:
                found.setdefault(min(steps, key=order.index), []).append(computed)
        _PLACED[key] = found
    return _PLACED[key]


_PLACED: dict[tuple[str, str], Mapping[str, list[Computed]]] = {}


def _table_text(table: Question, rows: Sequence[Mapping[str, Any]]) -> Words:
    """One line a row: "Voorwerp 1: Container, lengte 4 m"."""
    lines = _rows(table, rows)
    return Words(nl="\n".join(line.nl for line in lines), en="\n".join(line.en for line in lines))


def _rows(table: Question, rows: Sequence[Mapping[str, Any]]) -> list[Words]:
    """Rows of a table within the table are parted by a semicolon."""
    name = table.row or Words(nl="Regel", en="Row")
    lines: list[Words] = []
    for index, row in enumerate(rows):
        parts = [_cell(column, row[column.id]) for column in table.columns if not empty(row.get(column.id))]
        lines.append(
            Words(
                nl=f"{name.nl} {index + 1}: " + ", ".join(part.nl for part in parts),
                en=f"{name.en} {index + 1}: " + ", ".join(part.en for part in parts),
            )
        )
    return lines


def _cell(column: Question, value: Any) -> Words:
    if column.kind is Kind.TABLE:
        inner = _rows(column, value)
        return Words(nl="; ".join(_lower(row.nl) for row in inner), en="; ".join(_lower(row.en) for row in inner))
    text = show_answer(column, value=value)
    if column.kind is Kind.CHOICE:
        return text
    between = ", " if column.kind is Kind.CHOICES else " "
    nl, en = (said.replace("\n", between) for said in (text.nl, text.en))
    return Words(nl=f"{column.label.nl.lower()} {nl}", en=f"{column.label.en.lower()} {en}")


def _choice_text(question: Question, value: Any) -> Words:
    return next((choice.label for choice in question.choices if choice.value == value), _same(value))


def _choices_text(question: Question, value: Any) -> Words:
    """One line a choice: it begins with a capital, and may have a comma of its own."""
    labels = [_choice_text(question, one) for one in value]
    return Words(nl="\n".join(label.nl for label in labels), en="\n".join(label.en for label in labels))


def _number_text(question: Question, value: Any) -> Words:
    return show_number(value, unit=question.unit, digits=MOST_DECIMALS)


def _amount_text(_question: Question, value: Any) -> Words:
    return show_amount(value)


def _yes_no_text(_question: Question, value: Any) -> Words:
    return _YES if value else _NO


def _date_text(_question: Question, value: Any) -> Words:
    return _show_day(value)


def _time_text(_question: Question, value: Any) -> Words:
    """As `shared.look` writes the clock: 9.30 uur and 09:30."""
    hour, minute = value.split(":")
    return Words(nl=f"{int(hour)}.{minute} uur", en=value)


def _period_text(_question: Question, value: Any) -> Words:
    first, last = _show_day(value["first"]), _show_day(value["last"])
    if value["first"] == value["last"]:
        return first
    return Words(nl=f"{first.nl} tot en met {last.nl}", en=f"{first.en} up to and including {last.en}")


def _address_text(_question: Question, value: Any) -> Words:
    return _same(show_address(value))


def _location_text(_question: Question, value: Any) -> Words:
    if "lat" not in value:
        return _same(value["words"])
    point = Point(value["lat"], value["lon"])
    return _same(f"{value['words']} ({point})" if "words" in value else str(point))


def _files_text(_question: Question, value: Any) -> Words:
    """One line a file: "plan.pdf (1,2 MB)"."""
    sizes = [show_size(file["bytes"]) for file in value]
    return Words(
        nl="\n".join(f"{file['name']} ({size.nl})" for file, size in zip(value, sizes, strict=True)),
        en="\n".join(f"{file['name']} ({size.en})" for file, size in zip(value, sizes, strict=True)),
    )


def _phone_text(_question: Question, value: Any) -> Words:
    return _same(national_phone(value))


def _iban_text(_question: Question, value: Any) -> Words:
    return _same(spaced_iban(value))


def _bsn_text(_question: Question, value: Any) -> Words:
    """Enough to see that it is one's own; in full it stays in its field."""
    return Words(nl=f"Eindigt op {value[-3:]}", en=f"Ends in {value[-3:]}")


def _plate_text(_question: Question, value: Any) -> Words:
    return _same(dashed(value))


def _show_day(value: str) -> Words:
    day = date.fromisoformat(value)
    return Words(nl=_named_day(day, "nl"), en=_named_day(day, "en"))


def _named_day(day: date, language: Language) -> str:
    return f"{day_name(day, language=language)} {long_date(day, language=language)}"


def _same(text: str) -> Words:
    return Words(nl=text, en=text)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _dutch(number: str) -> str:
    return number.translate(str.maketrans(",.", ".,"))


_BY_KIND: Mapping[Kind, Callable[[Question, Any], Words]] = {
    Kind.INTEGER: _number_text,
    Kind.DECIMAL: _number_text,
    Kind.AMOUNT: _amount_text,
    Kind.YES_NO: _yes_no_text,
    Kind.DECLARATION: _yes_no_text,
    Kind.CHOICE: _choice_text,
    Kind.CHOICES: _choices_text,
    Kind.DATE: _date_text,
    Kind.TIME: _time_text,
    Kind.PERIOD: _period_text,
    Kind.ADDRESS: _address_text,
    Kind.LOCATION: _location_text,
    Kind.PHONE: _phone_text,
    Kind.IBAN: _iban_text,
    Kind.BSN: _bsn_text,
    Kind.PLATE: _plate_text,
    Kind.FILE: _files_text,
    Kind.TABLE: _table_text,
}
