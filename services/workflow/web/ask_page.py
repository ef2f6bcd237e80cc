"""The form with which the applicant is asked something: own words, a file, and questions of their form again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import render_template
from werkzeug.datastructures import MultiDict

from services.workflow.domain.askable import BESIDES, askable
from services.workflow.domain.fault import Fault
from services.workflow.domain.question import FLAWS, MENDABLE, Question, faults_of, known_flaws, usual_answer_by
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import today
from services.workflow.web.reading import TypedDate, as_typed, read_date, read_text
from shared.events import Words
from shared.values import OWN_WORDS


@dataclass(frozen=True, kw_only=True)
class AskForm:
    """What stands in the form."""

    text: str
    asks: tuple[str, ...]
    day: TypedDate
    flaws: tuple[str, ...] = ()

    @property
    def faults(self) -> Sequence[Fault]:
        """What must be put right before it can go."""
        told = faults_of(self.text, answer_by=self.day.day, today=today(), asks=self.asks, flaws=self.flaws)
        return (*told, *([self.day.fault] if self.day.fault else []))

    @property
    def question(self) -> Question | None:
        """What is asked, once nothing is wrong with it."""
        if self.faults or self.day.day is None:
            return None
        return Question(text=self.text.strip(), answer_by=self.day.day, asks=self.asks, flaws=self.flaws)


def read_form(form: MultiDict[str, str]) -> AskForm:
    """Read what was sent."""
    return AskForm(
        text=read_text(form, name="question"),
        asks=tuple(dict.fromkeys([*form.getlist("asks"), *form.getlist("again")])),
        day=read_date(form, name="answer_by"),
        flaws=known_flaws(form.getlist("flaws")),
    )


def begin_form(file: CaseFile) -> AskForm:
    """Give the form for a case: it asks for what is missing, or else for an answer in own words."""
    said, days = file.case.submission, file.product.process.repair_days
    if file.case.is_objection and any(rule.source == MENDABLE and rule.outcome == "fired" for rule in said.rules):
        return replace(first_ask(repair_days=days), flaws=("grounds",))
    missing = [each.question for each in askable(said, product=file.product) if each.missing]
    return first_ask(repair_days=days, asks=tuple(missing) or (OWN_WORDS,))


def first_ask(*, repair_days: int, asks: tuple[str, ...] = (OWN_WORDS,)) -> AskForm:
    """Give the form without a text, with the usual time to answer."""
    usual = usual_answer_by(today(), repair_days=repair_days)
    return AskForm(text="", asks=asks, day=as_typed(usual))


def render_form(
    file: CaseFile,
    *,
    form: AskForm,
    faults: Sequence[Fault] = (),
    kept: bool = False,
    refused: Words | None = None,
) -> str:
    """Give the page."""
    return render_template(
        "ask.html",
        file=file,
        form=form,
        besides=BESIDES,
        flaws=FLAWS if file.case.is_objection else {},
        again=askable(file.case.submission, product=file.product),
        faults=faults,
        kept=kept,
        refused=refused,
        in_time=today() < file.clock.term.rolled,
    )
