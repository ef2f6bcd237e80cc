"""Turns questions into the controls of a page: what each one is called, holds, and says when it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from services.forms.domain.accepting import empty
from services.forms.domain.conditions import in_words, waits_on_page
from services.forms.domain.faults import Fault
from services.forms.domain.pages import Form, in_look_up
from services.forms.domain.reading import Typed, first, rows_typed
from services.forms.domain.retyping import retype
from services.forms.domain.rows import most_rows
from services.forms.web.counter import said
from shared.catalogue.definitions import Choice, Kind, Question, Step

LONGEST_FIELD = 5000
LONGEST_NAME = 100
MOST_TEXTS = 100
_WIDTHS = ((4, "4"), (10, "10"), (16, "16"), (40, "20"))


@dataclass(frozen=True, kw_only=True)
class Control:
    """One question on a page in the reader's language; `value` has the shape that its macro wants."""

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
    rows: Sequence[Sequence[Control]] = ()
    most: int = 0
    waits: Sequence[tuple[str, Sequence[str]]] = ()
    only_for: str = ""
    width: str = ""


def typed_fields(fields: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """The fields as they were sent, with what no page can hold made visible."""
    return {
        name: [text.replace("\x00", "\ufffd")[:LONGEST_FIELD] for text in texts[:MOST_TEXTS]]
        for name, texts in fields
        if len(name) <= LONGEST_NAME and "\x00" not in name
    }


def fields_to_show(form: Form, *, step: Step) -> dict[str, list[str]]:
    """What the fields of a step hold: as typed when it could not be read before, else as answered."""
    typed: Mapping[str, list[str]] = form.draft.typed.get(step.id, {})
    begun = {name.partition(".")[0] for name in typed}
    rest = [question for question in step.questions if question.id not in begun]
    return {**retype(rest, answers=form.draft.answers), **typed}


def controls_of(form: Form, *, step: Step, typed: Typed, faults: Sequence[Fault] = ()) -> list[Control]:
    """The controls of the questions that count, and of those that may come up by an answer on the same page."""
    visible = form.progress.evaluation.visible
    shown = []
    for question in step.questions:
        waits = waits_on_page(question, step=step)
        if question.id in visible or waits:
            control = _control(question, typed=typed, faults=faults, answers=form.draft.answers)
            only_for = said(in_words(waits, step=step)) if waits else ""
            shown.append(replace(control, waits=waits, only_for=only_for))
    return shown


def by_hand_fields(question: Question) -> tuple[str, ...]:
    """The fields of an address that are there only when it is typed by hand."""
    return f"{question.id}.street", f"{question.id}.town"


def summary_of(faults: Iterable[Fault]) -> list[tuple[str, str]]:
    """The faults as the summary above a page lists them."""
    return [(fault.name, said(fault.text)) for fault in faults]


def _control(
    question: Question, *, typed: Typed, faults: Sequence[Fault], answers: Mapping[str, Any], name: str = ""
) -> Control:
    name = name or question.id
    own = [fault for fault in faults if fault.name == name or fault.name.startswith(f"{name}.")]
    whole = dict.fromkeys(said(fault.text) for fault in own if fault.name == name or fault.parts)
    control = Control(
        question=question,
        name=name,
        kind=question.kind.value,
        label=said(question.label),
        hint=said(question.hint) if question.hint else "",
        required=not question.optional,
        value=first(typed, name=name),
        error=". ".join(whole),
        options=[_option(choice) for choice in question.choices],
        width=_width(question),
    )
    match question.kind:
        case Kind.DATE:
            bad = sorted({part for fault in own for part in fault.parts})
            return replace(control, value=_parts(typed, name, ("day", "month", "year")), bad=bad)
        case Kind.CHOICES:
            return replace(control, value=list(typed.get(name, ())))
        case Kind.ADDRESS:
            return _address(control, typed=typed, faults=own, known=answers.get(question.id))
        case Kind.TABLE:
            return _table(control, typed=typed, faults=own)
    return control


def _option(choice: Choice) -> dict[str, str]:
    hint = {"hint": said(choice.hint)} if choice.hint else {}
    return {"value": choice.value, "label": said(choice.label), **hint}


def _address(control: Control, *, typed: Typed, faults: Sequence[Fault], known: Mapping[str, str] | None) -> Control:
    name = control.name
    errors = {fault.name.rpartition(".")[2]: said(fault.text) for fault in faults if fault.name != name}
    by_hand = not in_look_up(control.question, typed=typed) or bool({"street", "town"} & set(errors))
    found = None
    if known and not errors and not by_hand and _is_here(known, control=control, typed=typed):
        found = f"{known['street']} {known['number']}", f"{known['postcode']} {known['town']}"
    value = _parts(typed, name, ("postcode", "number", "suffix", "street", "town"))
    return replace(control, value=value, errors=errors, by_hand=by_hand, found=found)


def _is_here(known: Mapping[str, str], *, control: Control, typed: Typed) -> bool:
    """Whether the address that is known is the one in the fields."""
    fields = retype([control.question], answers={control.question.id: known})
    return all(_bare(texts[0]) == _bare(first(typed, name=name)) for name, texts in fields.items())


def _bare(text: str) -> str:
    return text.casefold().replace(" ", "")


def _table(control: Control, *, typed: Typed, faults: Sequence[Fault]) -> Control:
    table = control.question
    rows = [
        [
            _control(column, typed=typed, faults=faults, answers={}, name=f"{table.id}.{index}.{column.id}")
            for column in table.columns
        ]
        for index in range(max(rows_typed(table, typed=typed), 1))
    ]
    return replace(control, rows=rows, most=most_rows(table))


def _parts(typed: Typed, name: str, parts: Iterable[str]) -> dict[str, str]:
    return {part: first(typed, name=f"{name}.{part}") for part in parts}


def _width(question: Question) -> str:
    """As wide as the longest answer; empty is the full width."""
    if question.kind is not Kind.TEXT or empty(question.maximum):
        return ""
    return next((width for most, width in _WIDTHS if (question.maximum or 0) <= most), "")
