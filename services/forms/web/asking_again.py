"""The pages on which a question of the form is answered again, or a file is given that was asked for."""

from __future__ import annotations

from uuid import UUID

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from services.forms.actions.answering import NoOpenRequestError, Request, give_answer, give_file
from services.forms.domain.asked_again import read_again
from services.forms.domain.faults import WrongAnswerError
from services.forms.web.answering import answer_in_words
from services.forms.web.asked_finding import find_asked, way_on
from services.forms.web.asked_page import AskedPage, render_asked
from services.forms.web.counter import at_most, means, now, public
from services.forms.web.fields import typed_fields
from services.forms.web.uploads import chosen_file, few_large

_FILE = "file"


def open_answering(app: Flask) -> None:
    """Add these doors."""
    app.add_url_rule("/status/<token>/antwoord/<uuid:request_id>", "answer", answer_in_words, methods=["POST"])
    way = "/status/<token>/vraag/<uuid:request_id>/<asked>"
    app.add_url_rule(way, "asked", ask_again)
    app.add_url_rule(way, "answer_asked", take_answer, methods=["POST"])


@public
def ask_again(token: str, *, request_id: UUID, asked: str) -> ResponseReturnValue:
    """Ask one thing; what was answered already leads back to the case."""
    try:
        page, _ = find_asked(token, request_id=request_id, asked=asked)
    except NoOpenRequestError:
        return redirect(f"/status/{token}?beantwoord=al", code=303)
    return render_asked(page, too_large="te-groot" in request.args)


@public
@few_large
@at_most("30/minute")
def take_answer(token: str, *, request_id: UUID, asked: str) -> ResponseReturnValue:
    """Take in the answer and go on to what is asked next; a second click changes nothing."""
    try:
        page, about = find_asked(token, request_id=request_id, asked=asked)
        if page.question.kind == _FILE:
            _take_file(page, about=about)
        else:
            _take_words(page, about=about)
    except NoOpenRequestError:
        return redirect(f"/status/{token}?beantwoord=al", code=303)
    except WrongAnswerError as wrong:
        typed = None if page.question.kind == _FILE else typed_fields(request.form.lists())
        return render_asked(page, typed=typed, faults=wrong.faults), 422
    except RequestEntityTooLarge:  # so large that nothing of it was read: no page can follow on this request
        return redirect(f"{request.path}?te-groot", code=303)
    return redirect(way_on(page), code=303)


def _take_words(page: AskedPage, *, about: Request) -> None:
    value = read_again(page.question, typed=typed_fields(request.form.lists()))
    give_answer(about, question=page.question, value=value, means=means(), now=now())


def _take_file(page: AskedPage, *, about: Request) -> None:
    give_file(about, question=page.question, upload=chosen_file(page.question), means=means(), now=now())
