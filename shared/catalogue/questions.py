"""Reading the steps and questions of form.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.catalogue.definitions import Bounds, Choice, FileType, Kind, Prefill, Question, Sensitive, Step
from shared.catalogue.nodes import Entry
from shared.catalogue.origins import Origins, Thing
from shared.events import Words

MAX_MB, LARGEST_MB = 15, 100
MOST_FILES, ALL_FILES = 5, 20
"""Of one file and of one question: unless a product says otherwise, and at most."""

_ERRORS = ("missing", "malformed", "too_low", "too_high", "valid")
_FILE_ERRORS = (*_ERRORS, "type", "size", "unsafe", "failed")
_NO_COLUMN = frozenset({Kind.DECLARATION, Kind.TEXT_BLOCK, Kind.CALCULATED, Kind.FILE})
_PREFILLED: dict[Prefill, Kind] = {
    Prefill.PERSON_NAME: Kind.TEXT,
    Prefill.PERSON_ADDRESS: Kind.ADDRESS,
    Prefill.PERSON_BIRTH_DATE: Kind.DATE,
    Prefill.PERSON_BSN: Kind.BSN,
    Prefill.COMPANY_NAME: Kind.TEXT,
    Prefill.COMPANY_KVK: Kind.KVK,
    Prefill.COMPANY_BRANCH: Kind.BRANCH,
    Prefill.COMPANY_ADDRESS: Kind.ADDRESS,
    Prefill.ACCOUNT_EMAIL: Kind.EMAIL,
    Prefill.ACCOUNT_PHONE: Kind.PHONE,
}


def read_steps(form: Entry, *, origins: Origins) -> tuple[Step, ...]:
    """Read all steps in order."""
    return tuple(_step(entry, origins=origins) for entry in form.entries("steps"))


@dataclass(frozen=True, kw_only=True)
class _Where:
    """In which tables a question is a column, outermost first; in none it is a question of the form."""

    tables: tuple[str, ...] = ()

    @property
    def thing(self) -> Thing:
        return "column" if self.tables else "question"

    @property
    def within(self) -> str:
        return "".join(f"{table}." for table in self.tables)


def _step(entry: Entry, *, origins: Origins) -> Step:
    step = Step(
        id=origins.name(entry, thing="step"),
        title=entry.words("title"),
        short=entry.words("short"),
        intro=entry.words_or_none("intro"),
        questions=tuple(_question(each, where=_Where(), origins=origins) for each in entry.entries("questions")),
    )
    if not step.questions:
        entry.fault(f"The step '{step.id}' has no questions.", key="questions")
    entry.close()
    return step


def _question(entry: Entry, *, where: _Where, origins: Origins) -> Question:
    name = origins.name(entry, thing=where.thing, within=where.within)
    kind = _kind(entry, name=name, origins=origins)
    owner, form = f"{where.within}{name}", not where.tables
    low, high = (1, MOST_FILES) if kind is Kind.FILE else (None, None)
    question = Question(
        id=name,
        kind=kind,
        label=_label(entry, kind=kind),
        hint=entry.words_or_none("hint"),
        why=entry.words_or_none("why"),
        basis=entry.text_or_none("basis"),
        optional=entry.flag("optional"),
        must=entry.words_or_none("must") if form else None,
        when=origins.expression(entry, key="when", thing=where.thing, owner=owner, tables=where.tables),
        by_rule=form and entry.flag("by_rule"),
        valid=origins.expression(entry, key="valid", thing=where.thing, owner=owner, tables=where.tables),
        unit=entry.text_or_none("unit"),
        minimum=entry.number_or_none("minimum") if entry.has("minimum") else low,
        maximum=entry.number_or_none("maximum") if entry.has("maximum") else high,
        autocomplete=entry.text_or_none("autocomplete"),
        prefill=_prefill(entry, kind=None if name in origins.vague else kind) if form else None,
        sensitive=Sensitive.BSN if kind is Kind.BSN else entry.one_of_or_none("sensitive", among=Sensitive),
        seen=entry.flag("seen"),
        choices=_choices(entry, kind=kind, origins=origins, within=f"{owner}."),
        columns=_columns(entry, kind=kind, where=_Where(tables=(*where.tables, name)), origins=origins),
        row=entry.words_or_none("row") if kind is Kind.TABLE else None,
        bounds=entry.one_of_or_none("bounds", among=Bounds) if kind in (Kind.LOCATION, Kind.ADDRESS) else None,
        foreign=kind is Kind.PLATE and entry.flag("foreign"),
        types=_types(entry, kind=kind),
        max_mb=entry.whole("max_mb", default=MAX_MB) if kind is Kind.FILE else None,
        shows=entry.text("shows") if kind is Kind.CALCULATED else None,
        text=entry.words("text") if kind is Kind.TEXT_BLOCK else None,
        errors=_errors(entry, kind=kind),
    )
    origins.places.setdefault(("shows", name), entry.place("shows"))
    _check(entry, question, where=where)
    entry.close()
    return question


def _kind(entry: Entry, *, name: str, origins: Origins) -> Kind:
    kind = entry.one_of("kind", among=Kind)
    if kind is None:
        origins.vague.add(name)
    return kind or Kind.TEXT


def _label(entry: Entry, *, kind: Kind) -> Words:
    if kind is Kind.TEXT_BLOCK:
        return entry.words_or_none("label") or Words(nl="", en="")
    return entry.words("label")


def _prefill(entry: Entry, *, kind: Kind | None) -> Prefill | None:
    prefill = entry.one_of_or_none("prefill", among=Prefill)
    if prefill and kind and _PREFILLED[prefill] != kind:
        entry.fault(f"'{prefill}' answers a question of the kind '{_PREFILLED[prefill]}'.", key="prefill")
    return prefill


def _columns(entry: Entry, *, kind: Kind, where: _Where, origins: Origins) -> tuple[Question, ...]:
    if kind is not Kind.TABLE:
        return ()
    columns = tuple(_question(each, where=where, origins=origins) for each in entry.entries("columns"))
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


def _types(entry: Entry, *, kind: Kind) -> tuple[FileType, ...]:
    if kind is not Kind.FILE:
        return ()
    return entry.some_of("types", among=FileType) or tuple(FileType)


def _errors(entry: Entry, *, kind: Kind) -> Mapping[str, Words]:
    inner = entry.entry_or_none("errors")
    if inner is None:
        return {}
    keys = _FILE_ERRORS if kind is Kind.FILE else _ERRORS
    errors = {key: words for key in keys if (words := inner.words_or_none(key))}
    inner.close()
    return errors


def _check(entry: Entry, question: Question, *, where: _Where) -> None:
    if not where.tables and question.asks:
        _check_reasons(entry, question)
    if where.tables and (question.kind in _NO_COLUMN or (len(where.tables) > 1 and question.kind is Kind.TABLE)):
        entry.fault(f"A column cannot be of the kind '{question.kind}'.", key="kind")
    if question.valid is not None and "valid" not in question.errors:
        entry.fault(f"The question '{question.id}' has no text in errors for 'valid'.", key="valid")
    if question.asks and not question.optional and "missing" not in question.errors:
        entry.fault(f"The question '{question.id}' has no text in errors for 'missing'.", key="id")
    if question.kind is Kind.TABLE and question.row is None:
        entry.fault("A table needs 'row': what one row is called.")
    _check_bounds(entry, question)
    if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        entry.fault("The minimum is more than the maximum.", key="minimum")


def _check_bounds(entry: Entry, question: Question) -> None:
    for key, bound in (("minimum", question.minimum), ("maximum", question.maximum)):
        if bound is not None and question.kind not in (Kind.DECIMAL, Kind.AMOUNT) and bound != int(bound):
            entry.fault(f"'{bound}' is not a whole number.", key=key)
    if question.kind is Kind.FILE and not 1 <= (question.maximum or 0) <= ALL_FILES:
        entry.fault(f"A question takes 1 to {ALL_FILES} files.", key="maximum")
    if question.kind is Kind.FILE and not 1 <= (question.max_mb or 0) <= LARGEST_MB:
        entry.fault(f"A file has 1 to {LARGEST_MB} MB.", key="max_mb")


def _check_reasons(entry: Entry, question: Question) -> None:
    if question.basis is None and not question.optional:
        entry.fault(f"The question '{question.id}' needs a basis in law, or 'optional: true' (Awb 4:4 lid 2).")
    if question.why is None:
        entry.fault(f"The question '{question.id}' does not say why it is asked.")
    if question.must is not None and question.optional:
        entry.fault("A question with 'must' cannot be optional.", key="optional")
