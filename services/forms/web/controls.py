"""The control of each kind of question: what it is called, holds, and says when it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from services.forms.domain.conditions import in_words, waits_for
from services.forms.domain.faults import Fault
from services.forms.domain.pages import Form, in_look_up
from services.forms.domain.reading import PERIOD_WORDS, Typed, first, rows_typed
from services.forms.domain.retyping import retype
from services.forms.domain.rows import most_rows
from services.forms.web.counter import said
from services.forms.web.file_fields import FileList, file_list, with_limits
from shared.catalogue.definitions import Choice, Kind, Question
from shared.events import Words

Scope = Mapping[str, tuple[Question, str]]
"""The questions that a condition can see on the page: id -> (question, name of its field)."""


@dataclass(frozen=True, kw_only=True)
class Control:
    """One question on a page in the reader's language; `value` has the shape that its macro wants.

    `parts` are the two days of a period, `rows` the controls of each row of a table.
    """

    question: Question
    name: str
    kind: str
    label: str
    hint: str
    required: bool
    value: Any
    error: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    bad: Sequence[str] = ()
    options: Sequence[Mapping[str, str]] = ()
    found: tuple[str, str] | None = None
    by_hand: bool = False
    parts: Sequence[Control] = ()
    rows: Sequence[Sequence[Control]] = ()
    most: int = 0
    waits: Sequence[tuple[str, Sequence[str]]] = ()
    only_for: str = ""
    because: str = ""
    known: str = ""
    width: str = ""
    files: FileList | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the controls of a page are filled in from: the texts of its fields, what is wrong, and calculated values.

    `hidden` names the cells of tables that do not count. `form` is None for a question outside any form.
    """

    typed: Typed
    faults: Sequence[Fault]
    calculated: Mapping[str, Words]
    form: Form | None
    hidden: frozenset[str]


def control_of(
    question: Question, *, name: str, known: Any, sheet: Sheet, scope: Scope, shown: bool = True
) -> Control | None:
    """The control of a question, `known` being its answer so far.

    One that is not `shown` is there only if an answer on the same page can bring it up; else None.
    """
    among = {one: found for one, (found, _) in scope.items()}
    waits = waits_for(question, among=among)
    if not shown and not waits:
        return None
    counted = sheet.form is not None and question.id == sheet.form.product.roles.supporters
    shape = _supporters if counted else _BY_KIND.get(question.kind, _plain)
    control = shape(_bare(question, name=name, sheet=sheet), known, sheet, scope)
    only_for = said(in_words(waits, among=among)) if waits else ""
    return replace(control, waits=[(scope[one][1], codes) for one, codes in waits], only_for=only_for)


def _bare(question: Question, *, name: str, sheet: Sheet) -> Control:
    hint = question.hint or _HINTS.get(question.kind)
    return Control(
        question=question,
        name=name,
        kind=question.kind.value,
        label=said(question.label),
        hint=said(hint) if hint else "",
        required=not question.optional,
        value=first(sheet.typed, name=name),
        error=". ".join(dict.fromkeys(said(fault.text) for fault in sheet.faults if fault.name == name)),
        options=[_option(choice) for choice in question.choices],
        width=_width(question),
    )


def _plain(control: Control, _known: Any, _sheet: Sheet, _scope: Scope) -> Control:
    return control


def _choices(control: Control, _known: Any, sheet: Sheet, _scope: Scope) -> Control:
    return replace(control, value=list(sheet.typed.get(control.name, ())))


def _date(control: Control, _known: Any, sheet: Sheet, _scope: Scope) -> Control:
    own = _own_faults(control, sheet)
    return replace(
        control,
        value=_typed_parts(control, sheet, parts=("day", "month", "year")),
        error=". ".join(dict.fromkeys(said(fault.text) for fault in own)),
        bad=sorted({part for fault in own for part in fault.parts}),
    )


def _period(control: Control, known: Any, sheet: Sheet, scope: Scope) -> Control:
    ends = [
        replace(control.question, id=part, kind=Kind.DATE, label=label, hint=None)
        for part, label in PERIOD_WORDS.items()
    ]
    parts = [_date(_bare(end, name=f"{control.name}.{end.id}", sheet=sheet), known, sheet, scope) for end in ends]
    return replace(control, parts=parts)


def _address(control: Control, known: Any, sheet: Sheet, _scope: Scope) -> Control:
    errors = _part_errors(control, sheet)
    by_hand = not in_look_up(control.name, typed=sheet.typed) or bool({"street", "town"} & set(errors))
    found = None
    if known and not errors and not by_hand and _is_here(known, control=control, typed=sheet.typed):
        found = f"{known['street']} {known['number']}", f"{known['postcode']} {known['town']}"
    value = _typed_parts(control, sheet, parts=("postcode", "number", "suffix", "street", "town"))
    return replace(control, value=value, errors=errors, by_hand=by_hand, found=found)


def _location(control: Control, _known: Any, sheet: Sheet, _scope: Scope) -> Control:
    value = _typed_parts(control, sheet, parts=("words", "point"))
    return replace(control, value=value, errors=_part_errors(control, sheet))


def _files(control: Control, _known: Any, sheet: Sheet, _scope: Scope) -> Control:
    hint = with_limits(control.hint, question=control.question)
    return replace(control, hint=hint, files=file_list(control.question, form=sheet.form) if sheet.form else None)


def _table(control: Control, known: Any, sheet: Sheet, scope: Scope) -> Control:
    table = control.question
    count = max(rows_typed(control.name, typed=sheet.typed), 1)
    answers: list[Mapping[str, Any]] = [*(known or ()), *({} for _ in range(count))]
    rows = [
        _row(table, name=f"{control.name}.{index}", known=answers[index], sheet=sheet, scope=scope)
        for index in range(count)
    ]
    return replace(control, rows=rows, most=most_rows(table))


def _row(table: Question, *, name: str, known: Mapping[str, Any], sheet: Sheet, scope: Scope) -> list[Control]:
    inner = {**scope, **{column.id: (column, f"{name}.{column.id}") for column in table.columns}}
    cells = (
        control_of(
            column,
            name=own,
            known=known.get(column.id),
            sheet=sheet,
            scope=inner,
            shown=own not in sheet.hidden,
        )
        for column, own in (inner[column.id] for column in table.columns)
    )
    return [cell for cell in cells if cell]


def _calculated(control: Control, _known: Any, sheet: Sheet, _scope: Scope) -> Control:
    text = sheet.calculated.get(control.question.shows or "")
    return replace(control, value=said(text) if text else "")


def _text_block(control: Control, _known: Any, _sheet: Sheet, _scope: Scope) -> Control:
    text = control.question.text
    return replace(control, value=said(text).split("\n\n") if text else [])


def _supporters(control: Control, known: Any, _sheet: Sheet, _scope: Scope) -> Control:
    """What is counted and not typed."""
    least = int(control.question.minimum or 0)
    told = Words(nl=f"{known or 0} van de {least}", en=f"{known or 0} of {least}")
    return replace(control, kind="text_block", value=[said(told), control.hint])


_BY_KIND = {
    Kind.CHOICES: _choices,
    Kind.DATE: _date,
    Kind.PERIOD: _period,
    Kind.ADDRESS: _address,
    Kind.LOCATION: _location,
    Kind.FILE: _files,
    Kind.TABLE: _table,
    Kind.CALCULATED: _calculated,
    Kind.TEXT_BLOCK: _text_block,
}
_HINTS: Mapping[Kind, Words] = {
    Kind.DATE: Words(nl="Bijvoorbeeld 14 12 2026", en="For example 14 12 2026"),
    Kind.PERIOD: Words(nl="Bijvoorbeeld 14 12 2026", en="For example 14 12 2026"),
    Kind.TIME: Words(nl="Bijvoorbeeld 9.30 of 14.00", en="For example 9:30 or 14:00"),
    Kind.KVK: Words(nl="Een nummer van 8 cijfers", en="A number of 8 digits"),
    Kind.BRANCH: Words(nl="Een nummer van 12 cijfers", en="A number of 12 digits"),
    Kind.IBAN: Words(
        nl="Bijvoorbeeld NL91\xa0ABNA\xa00417\xa01643\xa000", en="For example NL91\xa0ABNA\xa00417\xa01643\xa000"
    ),
    Kind.BSN: Words(
        nl="9 cijfers. Ze staan op uw paspoort, identiteitskaart of rijbewijs",
        en="9 digits. They are on your passport, identity card or driving licence",
    ),
    Kind.PLATE: Words(nl="Bijvoorbeeld AB-123-C", en="For example AB-123-C"),
}
_WIDTHS = ((4, "4"), (7, "6"), (10, "10"), (16, "16"), (40, "20"))


def _option(choice: Choice) -> dict[str, str]:
    hint = {"hint": said(choice.hint)} if choice.hint else {}
    return {"value": choice.value, "label": said(choice.label), **hint}


def _own_faults(control: Control, sheet: Sheet) -> list[Fault]:
    name = control.name
    return [fault for fault in sheet.faults if fault.name == name or fault.name.startswith(f"{name}.")]


def _part_errors(control: Control, sheet: Sheet) -> dict[str, str]:
    own = (fault for fault in _own_faults(control, sheet) if fault.name != control.name)
    return {fault.name.rpartition(".")[2]: said(fault.text) for fault in own}


def _typed_parts(control: Control, sheet: Sheet, *, parts: Iterable[str]) -> dict[str, str]:
    return {part: first(sheet.typed, name=f"{control.name}.{part}") for part in parts}


def _is_here(known: Mapping[str, str], *, control: Control, typed: Typed) -> bool:
    """Whether the address that is known is the one in the fields."""
    named = replace(control.question, id=control.name)
    fields = retype([named], answers={control.name: known})
    return all(_folded(texts[0]) == _folded(first(typed, name=name)) for name, texts in fields.items())


def _folded(text: str) -> str:
    return text.casefold().replace(" ", "")


def _width(question: Question) -> str:
    """As wide as the longest answer; empty is the width of its kind."""
    if question.kind not in (Kind.TEXT, Kind.INTEGER) or question.maximum is None:
        return ""
    most = question.maximum if question.kind is Kind.TEXT else len(f"{question.maximum:,.0f}")
    return next((width for signs, width in _WIDTHS if most <= signs), "")
