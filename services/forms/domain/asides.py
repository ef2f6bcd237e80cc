"""What this service itself asks beside a form: whom to mail a link to, and the answer to a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.forms.domain.accepting import accept, empty
from services.forms.domain.accepting.texts import TEXT_LENGTH
from services.forms.domain.drafts import WRITTEN
from services.forms.domain.faults import Fault, WrongAnswerError, fault
from services.forms.domain.reading import Reading, Typed, read_fields
from shared.catalogue.definitions import Kind, Question
from shared.events import Words

_EMAIL = Question(
    id="email",
    kind=Kind.EMAIL,
    label=Words(nl="Uw e-mailadres", en="Your e-mail address"),
    errors={"missing": Words(nl="Vul uw e-mailadres in", en="Fill in your e-mail address")},
)
ANSWER = Question(
    id="text",
    kind=Kind.LONG_TEXT,
    label=Words(nl="Uw antwoord", en="Your answer"),
    maximum=TEXT_LENGTH,
    errors={"missing": Words(nl="Vul uw antwoord in", en="Fill in your answer")},
)
_COSIGNER = (
    Question(
        id="name",
        kind=Kind.TEXT,
        label=Words(nl="Naam", en="Name"),
        maximum=200,
        errors={"missing": Words(nl="Vul de naam in van wie akkoord moet geven", en="Fill in who must agree")},
    ),
    Question(
        id="email",
        kind=Kind.EMAIL,
        label=Words(nl="E-mailadres", en="E-mail address"),
        errors={"missing": Words(nl="Vul het e-mailadres in van deze persoon", en="Fill in this person's address")},
    ),
)


def cosigner_from(typed: Mapping[str, str]) -> dict[str, str]:
    """The name and e-mail address of the second signatory.

    Raises:
        WrongAnswerError: one of them cannot be right; the faults are named "name" and "email".
    """
    return answers_in(Reading(answers=dict(typed), faults=()), asked=_COSIGNER)


def answers_in(reading: Reading, *, asked: Sequence[Question]) -> dict[str, Any]:
    """The answers in their stored form, empty where one may be left out.

    Raises:
        WrongAnswerError: with every fault, each named as its field, in the order of the page.
    """
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for question in asked:
        own = [one for one in reading.faults if one.name.partition(".")[0] == question.id]
        try:
            found[question.id] = "" if own else _accepted(question, value=reading.answers.get(question.id))
        except WrongAnswerError as wrong:
            own += wrong.faults
        faults += own
    if faults:
        raise WrongAnswerError(*faults)
    return found


_DAY = Question(
    id="received",
    kind=Kind.DATE,
    label=Words(nl="Op welke dag kwam dit binnen?", en="On which day did this come in?"),
    errors={"missing": Words(nl="Vul in op welke dag dit binnenkwam", en="Fill in the day this came in")},
)


_LATER = Words(nl="Deze dag moet nog komen. Kies vandaag of een dag ervoor", en="Choose today or a day before it")


def received_from(typed: Typed, *, channel: str, today: date) -> date:
    """The day on which something came in: that typed in three fields for a letter or e-mail, else today.

    Raises:
        WrongAnswerError: it is no day, or yet to come; the faults are named "received" or a part of it.
    """
    if channel not in WRITTEN:
        return today
    read = read_fields((_DAY,), typed=typed)
    if read.faults or "received" not in read.answers:
        raise WrongAnswerError(*(read.faults or (fault(_DAY, code="missing"),)))
    received = date.fromisoformat(str(accept(_DAY, value=read.answers["received"])))
    if received > today:
        raise WrongAnswerError(Fault(name="received.day", text=_LATER))
    return received


def email_from(typed: str) -> str:
    """The e-mail address.

    Raises:
        WrongAnswerError: it cannot be one; the fault is named "email".
    """
    return str(accept(_EMAIL, value=typed))


def answer_from(typed: str) -> str:
    """The answer to a question of the municipality.

    Raises:
        WrongAnswerError: it is empty, too long or not readable; the fault is named "text".
    """
    return str(accept(ANSWER, value=typed))


def _accepted(question: Question, *, value: Any) -> Any:
    if question.kind is Kind.ADDRESS and "missing" not in question.errors:
        return accept(question, value=value or {})  # each part that lacks is told
    if empty(value):
        if question.optional:
            return ""
        raise WrongAnswerError(fault(question, code="missing"))
    return accept(question, value=value)
