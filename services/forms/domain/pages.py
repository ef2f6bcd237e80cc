"""One posted page of a form: what it does to the draft, and what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.forms.domain.drafts import Draft
from services.forms.domain.faults import Fault, untold
from services.forms.domain.files import StoredFile, fits
from services.forms.domain.identity import ways_of
from services.forms.domain.origins import questions_behind
from services.forms.domain.progress import Progress
from services.forms.domain.reading import Typed
from services.forms.domain.retyping import retype
from shared.catalogue.definitions import Kind, Product, Question, Step
from shared.events import Language, RuleOutcome

_MARK_BYTES = 4
"""Of a mark: it tells two answers of one person to one question apart."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A step as it was shown: in which revision of the draft, with a mark of what each question held."""

    revision: int
    marks: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Page:
    """A step as it was posted: `asked` are the questions that stood on it, `typed` its fields.

    `since` is when it was shown (seconds since 1970), `helped` are the questions of which the explanation was opened,
    `touched` those in which something was typed, as far as the browser tells, and `shown` is how it was shown.
    """

    step: str
    asked: frozenset[str]
    typed: Typed
    language: Language
    since: int = 0
    helped: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    shown: Shown | None = None


@dataclass(frozen=True, kw_only=True)
class Form:
    """A draft with its product, how far it is, and the files that were added to it."""

    draft: Draft
    progress: Progress
    files: Sequence[StoredFile] = ()

    @property
    def product(self) -> Product:
        """The product, in the version that the draft started with."""
        return self.progress.product

    @property
    def today(self) -> date:
        """The calendar day on which the rules are read."""
        return self.progress.on

    @property
    def signs_in(self) -> bool:
        """Whether its link opens it only for who signs in."""
        return bool(ways_of(self.product.sign_in))

    @property
    def gathers(self) -> bool:
        """Whether supporters sign online, for whoever fills this in for themselves and did not send it yet."""
        counts = self.product.roles.supporters in self.progress.evaluation.visible
        return counts and not self.draft.corrects and not self.draft.intake

    def reusable(self, question: Question) -> list[StoredFile]:
        """The files of other answers that this question takes too."""
        here = {one["id"] for one in self.draft.answers.get(question.id) or ()}
        return [one for one in self.files if str(one.id) not in here and fits(one, question=question)]


@dataclass(frozen=True, kw_only=True)
class Turned:
    """What came of a posted page: the form after it and the faults on it.

    `typed` are the fields as they count now, `before` is how far the form was; `new_questions`: all that is missing are
    questions that came up now and did not stand on the page.
    """

    form: Form
    typed: Typed
    before: Progress
    step: Step
    faults: tuple[Fault, ...]
    new_questions: bool

    @property
    def may_skip(self) -> bool:
        """Whether the resident may go on without the answers that are missing."""
        return bool(self.faults) and all(fault.soft for fault in self.faults)

    @property
    def opened(self) -> Step | None:
        """The first step with something open that was not open before this page."""
        known = {fault.name for fault in self.before.faults}
        after = self.form.progress
        opened = (step for step in after.steps if {fault.name for fault in after.open_faults(step)} - known)
        return next(opened, None)


def fields_to_show(form: Form, *, step: Step) -> dict[str, list[str]]:
    """What the fields of a step hold: as typed when it could not be read before, else as answered."""
    typed: Mapping[str, list[str]] = form.draft.typed.get(step.id, {})
    begun = {name.partition(".")[0] for name in typed}
    rest = [question for question in step.questions if question.id not in begun]
    return {**retype(rest, answers=form.draft.answers), **typed}


def marks_of(fields: Typed) -> dict[str, str]:
    """A mark of what the fields of each question hold; a question of which all are empty has none.

    Browsers send what was never filled in as empty or not at all, and each line break as two signs.
    """
    held: dict[str, list[str]] = {}
    for name, texts in sorted(fields.items()):
        said = sorted(text for each in texts if (text := each.replace("\r\n", "\n").strip()))
        if said:
            held.setdefault(name.partition(".")[0], []).append(repr((name, said)))
    return {
        question: hashlib.blake2b("".join(parts).encode(), digest_size=_MARK_BYTES).hexdigest()
        for question, parts in held.items()
    }


def with_newer(page: Page, *, form: Form, step: Step) -> Page:
    """The page with what was filled in elsewhere since it was shown, in the questions that it leaves as they were.

    A question that was touched here counts as it is here: the last word is the one that counts.
    """
    if page.shown is None or page.shown.revision == form.draft.revision:
        return page
    current, was = fields_to_show(form, step=step), page.shown.marks
    now, posted = marks_of(current), marks_of(page.typed)
    newer = {
        name
        for name in page.asked - page.touched
        if posted.get(name) == was.get(name) and now.get(name) != was.get(name)
    }
    kept = {name: texts for name, texts in page.typed.items() if name.partition(".")[0] not in newer}
    taken = {name: texts for name, texts in current.items() if name.partition(".")[0] in newer}
    return replace(page, typed=kept | taken) if newer else page


def merge(form: Form, *, step: Step, page: Page, answers: Mapping[str, Any]) -> tuple[Progress, tuple[str, ...]]:
    """The progress with the good answers of this page, and the questions that it leaves without an answer.

    A question that is hidden now keeps its answer in the draft: it comes back when the question does. Files come and go
    one by one, never with the page.
    """
    taken = (each for each in step.questions if each.asks and each.kind is not Kind.FILE)
    asked = dict.fromkeys(each.id for each in taken if each.id in page.asked)
    before = form.draft.answers
    bare = {name: value for name, value in before.items() if name not in asked} | dict(answers)
    progress = replace(form.progress, answers=bare)
    visible = progress.evaluation.visible
    gone = tuple(name for name in asked if name not in answers and name in visible)
    merged = {name: value for name, value in before.items() if name not in gone} | dict(answers)
    return progress if merged == bare else replace(form.progress, answers=merged), gone


def sum_up(progress: Progress, *, step: Step, found: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults of a page in the order of its fields: those found, and what is missing where nothing else is wrong."""
    visible = progress.visible(step)
    by_name: dict[str, Fault] = {}
    told = tuple(found)
    for one in (*told, *untold(progress.open_faults(step), besides=told)):
        by_name.setdefault(one.name, one)
    faults: list[Fault] = []
    for question in visible:
        own = [one for one in by_name.values() if _belongs(one, question)]
        exact = [one for one in own if one.name != question.id]
        faults += sorted(exact or own, key=lambda one: _place(one, question))
    return tuple(faults)


def asks_files(product: Product) -> bool:
    """Whether the form asks for files."""
    return any(question.kind is Kind.FILE for question in product.questions)


def fields_of(step: Step, *, typed: Typed) -> Typed:
    """The fields that belong to the questions of this step."""
    known = {question.id for question in step.questions}
    return {name: texts for name, texts in typed.items() if name.partition(".")[0] in known}


def in_look_up(name: str, *, typed: Typed) -> bool:
    """Whether the page looked for the street of the address with these fields, instead of asking for it."""
    return f"{name}.street" not in typed


def warnings_on(step: Step, *, form: Form) -> tuple[RuleOutcome, ...]:
    """What the rules warn of, where it comes up: on the step that asks it and on the next."""
    told = form.progress.evaluation
    near = [step, form.progress.before(step)]
    asked = {question.id for one in near if one for question in one.questions}
    return tuple(
        warning
        for warning in (*told.likely_refusal, *told.warnings)
        if questions_behind(warning.inputs, product=form.product) & asked
    )


def _belongs(fault: Fault, question: Question) -> bool:
    return fault.name == question.id or fault.name.startswith(f"{question.id}.")


def _place(fault: Fault, question: Question) -> tuple[int, ...]:
    """Rows in order, within a row its columns in order, and so on in the tables within."""
    parts = fault.name.split(".", 3)
    if question.kind is not Kind.TABLE or len(parts) < 3:
        return ()
    columns = [column.id for column in question.columns]
    if parts[2] not in columns:
        return int(parts[1]), len(columns)
    place = columns.index(parts[2])
    inner = replace(fault, name=".".join(parts[2:]))
    return int(parts[1]), place, *_place(inner, question.columns[place])
