"""What this service itself asks beside a form: where to mail a link to, and the answer to a question."""

from __future__ import annotations

from services.forms.domain.accepting import accept
from services.forms.domain.accepting.texts import TEXT_LENGTH
from shared.catalogue.definitions import Kind, Question
from shared.events import Words

_EMAIL = Question(
    id="email",
    kind=Kind.EMAIL,
    label=Words(nl="Uw e-mailadres", en="Your e-mail address"),
    errors={"missing": Words(nl="Vul uw e-mailadres in", en="Fill in your e-mail address")},
)
_ANSWER = Question(
    id="text",
    kind=Kind.LONG_TEXT,
    label=Words(nl="Uw antwoord", en="Your answer"),
    maximum=TEXT_LENGTH,
    errors={"missing": Words(nl="Vul uw antwoord in", en="Fill in your answer")},
)


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
    return str(accept(_ANSWER, value=typed))
