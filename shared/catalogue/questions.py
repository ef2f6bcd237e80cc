"""Reading the steps and questions of form.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from shared.catalogue.definitions import Choice, Kind, Question, Step
from shared.catalogue.nodes import Entry
from shared.catalogue.origins import Origins
from shared.events import Words

ERROR_KEYS = ("missing", "malformed", "too_low", "too_high", "valid")
_COLUMN_KINDS = frozenset(Kind) - {Kind.TABLE, Kind.DECLARATION, Kind.ADDRESS}


def read_steps(form: Entry, *, origins: Origins) -> tuple[Step, ...]:
    """Read all steps in order."""
    return tuple(_step(entry, origins=origins) for entry in form.entries("steps"))


def _step(entry: Entry, *, origins: Origins) -> Step:
    step = Step(
        id=origins.name(entry, thing="step"),
        title=entry.words("title"),
        short=entry.words("short"),
        intro=entry.words_or_none("intro"),
        questions=tuple(_question(each, origins=origins) for each in entry.entries("questions")),
    )
    if not step.questions:
        entry.fault(f"The step '{step.id}' has no questions.", key="questions")
    entry.close()
    return step


def _question(entry: Entry, *, origins: Origins) -> Question:
    name = origins.name(entry, thing="question")
    kind = entry.one_of("kind", among=Kind) or Kind.TEXT
    question = Question(
        id=name,
        kind=kind,
        label=entry.words("label"),
        hint=entry.words_or_none("hint"),
        why=entry.words_or_none("why"),
        basis=entry.text_or_none("basis"),
        optional=entry.flag("optional"),
        when=origins.expression(entry, key="when", thing="question", owner=name),
        valid=origins.expression(entry, key="valid", thing="question", owner=name),
        unit=entry.text_or_none("unit"),
        minimum=entry.number_or_none("minimum"),
        maximum=entry.number_or_none("maximum"),
        autocomplete=entry.text_or_none("autocomplete"),
        choices=_choices(entry, kind=kind, origins=origins, within=f"{name}."),
        columns=_columns(entry, kind=kind, table=name, origins=origins),
        row=entry.words_or_none("row"),
        errors=_errors(entry),
    )
    _check_question(entry, question)
    entry.close()
    return question


def _column(entry: Entry, *, table: str, origins: Origins) -> Question:
    name = origins.name(entry, thing="column", within=f"{table}.")
    kind = entry.one_of("kind", among=Kind) or Kind.TEXT
    if kind not in _COLUMN_KINDS:
        entry.fault(f"A column cannot be of the kind '{kind}'.", key="kind")
    column = Question(
        id=name,
        kind=kind,
        label=entry.words("label"),
        hint=entry.words_or_none("hint"),
        optional=entry.flag("optional"),
        unit=entry.text_or_none("unit"),
        minimum=entry.number_or_none("minimum"),
        maximum=entry.number_or_none("maximum"),
        choices=_choices(entry, kind=kind, origins=origins, within=f"{table}.{name}."),
        errors=_errors(entry),
    )
    _check_bounds(entry, column)
    entry.close()
    return column


def _columns(entry: Entry, *, kind: Kind, table: str, origins: Origins) -> tuple[Question, ...]:
    if kind != Kind.TABLE:
        return ()
    columns = tuple(_column(each, table=table, origins=origins) for each in entry.entries("columns"))
    if not columns:
        entry.fault("A table needs columns.", key="columns")
    return columns


def _choices(entry: Entry, *, kind: Kind, origins: Origins, within: str) -> tuple[Choice, ...]:
    if kind not in (Kind.CHOICE, Kind.CHOICES):
        return ()
    choices = tuple(_choice(each, origins=origins, within=within) for each in entry.entries("choices"))
    if len(choices) < 2:
        entry.fault("A choice needs two or more choices.", key="choices")
    return choices


def _choice(entry: Entry, *, origins: Origins, within: str) -> Choice:
    choice = Choice(
        value=origins.name(entry, thing="choice", key="value", within=within),
        label=entry.words("label"),
        hint=entry.words_or_none("hint"),
    )
    entry.close()
    return choice


def _errors(entry: Entry) -> Mapping[str, Words]:
    inner = entry.entry_or_none("errors")
    if inner is None:
        return {}
    errors = {key: words for key in ERROR_KEYS if (words := inner.words_or_none(key))}
    inner.close()
    return errors


def _check_question(entry: Entry, question: Question) -> None:
    if question.basis is None and not question.optional:
        entry.fault(f"The question '{question.id}' needs a basis in law, or 'optional: true' (Awb 4:4 lid 2).")
    if question.why is None:
        entry.fault(f"The question '{question.id}' does not say why it is asked.")
    if question.valid is not None and "valid" not in question.errors:
        entry.fault(f"The question '{question.id}' has no text in errors for 'valid'.", key="valid")
    if question.kind == Kind.TABLE and question.row is None:
        entry.fault("A table needs 'row': what one row is called.")
    _check_bounds(entry, question)


def _check_bounds(entry: Entry, question: Question) -> None:
    if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        entry.fault("The minimum is more than the maximum.", key="minimum")
