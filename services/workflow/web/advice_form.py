"""The form with which advice is asked: of whom, what, by when, and what they may see of the case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from werkzeug.datastructures import MultiDict

from services.workflow.domain.advice import (
    LONGEST_TEXT,
    MOST_DAYS,
    Advice,
    rows_to_show,
    usual_rows,
)
from services.workflow.domain.fault import Fault
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import now, today
from services.workflow.web.reading import read_text
from shared.catalogue.definitions import AdviserKind
from shared.catalogue.evaluate import evaluate
from shared.events import Words
from shared.ids import new_id
from shared.law.calendar import add_working_days, local_date

OTHER: Final = "other"
"""Whoever is not on the product's list; no adviser of a product is called so."""

USUAL_DAYS: Final = 10
_EMAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One adviser as the form shows it: `days` are working days, `email` is asked of who is `outside`."""

    adviser: str
    name: str
    outside: bool
    email: str
    question: str
    days: str
    article: str = ""


@dataclass(frozen=True, kw_only=True)
class AdviceForm:
    """What stands in the form."""

    lines: tuple[Line, ...]
    chosen: tuple[str, ...]
    questions: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def asked(self) -> Sequence[Line]:
        """The advisers that were chosen."""
        return [line for line in self.lines if line.adviser in self.chosen]

    @property
    def faults(self) -> Sequence[Fault]:
        """What must be put right before it can go."""
        return list(_faults(self))


def begin_form(file: CaseFile, *, addresses: Mapping[str, str], papers: Sequence[Mapping[str, Any]]) -> AdviceForm:
    """Give the form for a case: the advisers that its rules name are chosen, and what is about the plan is shown."""
    said = file.case.submission
    fired = evaluate(file.product, said.answers, on=local_date(said.received_at)).advisers
    lines = (*_listed(file, addresses=addresses), _anybody())
    return AdviceForm(
        lines=lines,
        chosen=tuple(line.adviser for line in lines if line.adviser in fired),
        questions=usual_rows(said, product=file.product),
        files=tuple(str(each["id"]) for each in papers),
    )


def read_form(form: MultiDict[str, str], *, file: CaseFile) -> AdviceForm:
    """Read what was sent."""
    lines = (*_listed(file, addresses={}), _anybody())
    return AdviceForm(
        lines=tuple(_typed(line, form=form) for line in lines),
        chosen=tuple(dict.fromkeys(form.getlist("adviser"))),
        questions=tuple(form.getlist("questions")),
        files=tuple(form.getlist("files")),
    )


def to_ask(form: AdviceForm, *, file: CaseFile, papers: Sequence[Mapping[str, Any]]) -> Sequence[Advice]:
    """Give the advice that is asked, once nothing is wrong with it; only what may be seen can be seen."""
    said, product = file.case.submission, file.product
    may = {row.question for row in rows_to_show(said, product=product)}
    files = tuple(each["id"] for each in papers if str(each["id"]) in form.files)
    questions = tuple(each for each in dict.fromkeys(form.questions) if each in may)
    return [_advice(line, questions=questions, files=files) for line in form.asked]


def _advice(line: Line, *, questions: tuple[str, ...], files: tuple[UUID, ...]) -> Advice:
    return Advice(
        id=new_id(),
        adviser="" if line.adviser == OTHER else line.adviser,
        name=line.name.strip(),
        email=line.email.strip() if line.outside else "",
        question=line.question.strip(),
        questions=questions,
        files=files,
        asked_at=now(),
        answer_by=add_working_days(today(), count=int(line.days)),
    )


def _listed(file: CaseFile, *, addresses: Mapping[str, str]) -> Iterator[Line]:
    for adviser in file.product.process.advisers:
        yield Line(
            adviser=adviser.id,
            name=adviser.name,
            outside=adviser.kind is AdviserKind.EXTERNAL,
            email=addresses.get(adviser.id, ""),
            question="",
            days=str(adviser.days),
            article=adviser.article,
        )


def _anybody() -> Line:
    return Line(adviser=OTHER, name="", outside=True, email="", question="", days=str(USUAL_DAYS))


def _typed(line: Line, *, form: MultiDict[str, str]) -> Line:
    def typed(part: str) -> str:
        return read_text(form, name=f"{line.adviser}.{part}")

    return Line(
        adviser=line.adviser,
        name=typed("name") if line.adviser == OTHER else line.name,
        outside=line.outside,
        email=typed("email"),
        question=typed("question"),
        days=typed("days").strip(),
        article=line.article,
    )


def _faults(form: AdviceForm) -> Iterator[Fault]:
    if not form.asked:
        yield Fault("adviser", Words(nl="Kies wie u om advies vraagt.", en="Choose whom you ask for advice."))
    for line in form.asked:
        yield from _faults_in(line)


def _faults_in(line: Line) -> Iterator[Fault]:
    if not line.name.strip():
        yield Fault(f"{line.adviser}.name", Words(nl="Vul een naam in.", en="Fill in a name."))
    if line.outside and not _EMAIL.fullmatch(line.email.strip()):
        wanted = Words(nl="Vul een e-mailadres in, zoals naam@voorbeeld.nl.", en="Fill in an e-mail address.")
        yield Fault(f"{line.adviser}.email", wanted)
    if not line.question.strip():
        yield Fault(f"{line.adviser}.question", Words(nl="Schrijf op wat u vraagt.", en="Write what you ask."))
    elif len(line.question) > LONGEST_TEXT:
        long = f"Gebruik hooguit {LONGEST_TEXT} tekens.", f"Use at most {LONGEST_TEXT} characters."
        yield Fault(f"{line.adviser}.question", Words(nl=long[0], en=long[1]))
    if not (line.days.isascii() and line.days.isdigit() and 1 <= int(line.days[:4]) <= MOST_DAYS):
        days = f"Vul 1 tot {MOST_DAYS} werkdagen in.", f"Fill in 1 to {MOST_DAYS} working days."
        yield Fault(f"{line.adviser}.days", Words(nl=days[0], en=days[1]))
