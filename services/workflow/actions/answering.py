"""Taking in what an applicant answers to a request: once all of it is answered, the clock runs again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.workflow.actions.keeping import product_of, resume
from services.workflow.domain import case as cases
from services.workflow.domain.askable import BESIDES, label_of
from services.workflow.domain.case import Case
from services.workflow.domain.completing import complete
from services.workflow.ports import Desk
from shared.events import InformationGiven, Words
from shared.law.calendar import local_date, long_date
from shared.values import OWN_WORDS


def receive_answer(given: InformationGiven, *, now: datetime, desk: Desk) -> None:
    """Take in one answer; the last of a request, in time, lets the clock run again. A second telling changes nothing.

    An answer to a question of the form takes its place in the application; after the decision it only stands there.

    Raises:
        UnknownCaseError, UnknownRequestError.
    """
    before = desk.cases.lock(given.reference)
    cases.question_of(before, request_id=given.request_id)
    left = desk.cases.answer_request(given.request_id, asked=given.asked, text=given.text, at=given.given_at)
    if left is None:
        return
    completed = _take_up(before, given=given, desk=desk)
    kind = "part_answered" if left else "answered"
    text = given.text if given.asked == OWN_WORDS else _with_label(before, given=given, desk=desk)
    desk.cases.note(before, kind=kind, at=given.given_at, who=None, details={"text": text})
    if left:
        return
    case = cases.answer(completed, request_id=given.request_id, at=given.given_at)
    on = local_date(given.given_at)
    because = Words(
        nl=f"Wij kregen uw antwoord op {long_date(on)}. De termijn loopt weer.",
        en=f"We received your answer on {long_date(on, language='en')}. The term runs again.",
    )
    resume(case, before=completed, because=because, now=now, desk=desk)


def _take_up(case: Case, *, given: InformationGiven, desk: Desk) -> Case:
    """The case with what was given in its application, and the former application kept beside it."""
    if given.asked in BESIDES or not case.is_open:
        for file in given.files:
            desk.cases.add_file(case, file=file, at=given.given_at)
        return case
    said = complete(case.submission, given=given, product=product_of(case, desk=desk))
    completed = replace(case, submission=said)
    desk.cases.correct(completed, at=given.given_at)
    return completed


def _with_label(case: Case, *, given: InformationGiven, desk: Desk) -> str:
    label = label_of(given.asked, product=product_of(case, desk=desk))
    return f"{label.nl}\n{given.text}"
