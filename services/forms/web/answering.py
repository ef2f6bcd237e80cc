"""Answering in own words, on the status page itself."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue

from services.forms.actions.answering import NoOpenRequestError, give_words
from services.forms.domain.asides import answer_from
from services.forms.domain.faults import WrongAnswerError
from services.forms.web.asked_finding import find_asked
from services.forms.web.counter import means, now, public
from services.forms.web.finding import find_own_case
from services.forms.web.status import status_page
from shared.values import OWN_WORDS


@public
def answer_in_words(token: str, *, request_id: UUID) -> ResponseReturnValue:
    """Answer a question of the municipality; a second click changes nothing."""
    submitted = find_own_case(token)
    typed = request.form.get("text", "").replace("\x00", "\ufffd")
    try:
        text = answer_from(typed)
    except WrongAnswerError as wrong:
        return status_page(token, submitted=submitted, typed=typed, fault=wrong.faults[0]), 422
    try:
        _, about = find_asked(token, request_id=request_id, asked=OWN_WORDS)
        give_words(about, text=text, means=means(), now=now())
    except NoOpenRequestError:
        return redirect(f"/status/{token}?beantwoord=al", code=303)
    return redirect(f"/status/{token}?beantwoord=ja", code=303)
