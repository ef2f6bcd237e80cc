"""The files of a step: taken in with the page they stand on, added and removed one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, cast
from uuid import UUID

from flask import abort, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from services.forms.actions.filling import open_form
from services.forms.actions.uploading import UnknownQuestionError, add_file, remove_file, use_again
from services.forms.domain.faults import Fault, WrongAnswerError, fault
from services.forms.domain.file_faults import together, too_large_together
from services.forms.domain.pages import Turned, sum_up
from services.forms.ports.files import Upload
from services.forms.web.counter import at_most, means, now
from services.forms.web.incoming import IncomingFile, is_large, make_room
from shared.catalogue.definitions import Kind, Question, Step

TOO_LARGE = "te-groot"
FILE_VERBS = ("upload", "remove_file", "use_file")


few_large = at_most("60/minute", exempt_when=lambda: not is_large())
"""So many pages with large files from one address; other pages are not counted."""


class TooLargeTogetherError(Exception):
    """So much came at once that nothing of it was read."""


def take_files(token: str, *, step_id: str) -> tuple[Fault, ...]:
    """Take in the files that came with a page; what is wrong with some of them, one fault a question.

    Raises:
        UnknownDraftError, HandedInError, UnknownStepError: as `keep_page`.
        TooLargeTogetherError: more came than a page may hold.
    """
    asked = _file_questions(token, step_id=step_id) if is_large() else ()
    make_room(asked)
    try:
        came = [(name, stored) for name, stored in request.files.items(multi=True) if stored.filename]
    except RequestEntityTooLarge:
        if not asked:
            raise
        raise TooLargeTogetherError from None
    if not came:
        return ()
    faults: list[Fault] = []
    for question in asked or _file_questions(token, step_id=step_id):
        for stored in [stored for name, stored in came if name == question.id]:
            faults += _take(token, question=question, stored=stored)
    return together(faults)


def too_large(step: Step) -> tuple[Fault, ...]:
    """What to say of files that were too large together; which question they were for was not read."""
    return tuple(too_large_together(question) for question in step.questions if question.kind is Kind.FILE)[:1]


def change_files(token: str, *, step_id: str, verb: str, question_id: str, number: str) -> tuple[Fault, ...]:
    """Do what a button beside the files says: remove one, use one here too; or say that none was chosen to add."""
    question = next((each for each in _file_questions(token, step_id=step_id) if each.id == question_id), None)
    if question is None:
        abort(400)
    if verb == "upload":
        chosen = any(stored.filename for stored in request.files.getlist(question_id))
        return () if chosen else (fault(question, code="missing"),)
    act = remove_file if verb == "remove_file" else use_again
    try:
        act(token, question_id=question_id, file_id=UUID(number), means=means(), now=now())
    except (ValueError, UnknownQuestionError):
        abort(400)
    except WrongAnswerError as wrong:
        return wrong.faults
    return ()


def with_wrong_files(turned: Turned, *, wrong: Iterable[Fault]) -> tuple[Fault, ...]:
    """What is wrong on a page, files included, in the order of its questions."""
    found = (*wrong, *turned.faults)
    return sum_up(turned.form.progress, step=turned.step, found=found) if wrong else turned.faults


def chosen_file(asked: Question) -> Upload:
    """Take in the one file that came for this question.

    Raises:
        WrongAnswerError: none was chosen.
        RequestEntityTooLarge: so large that nothing of it was read; no page can follow on this request.
    """
    make_room((asked,))
    stored = request.files.get(asked.id)
    if stored is None or not stored.filename:
        raise WrongAnswerError(fault(asked, code="missing"))
    return upload_of(stored)


def upload_of(stored: FileStorage) -> Upload:
    """The file as the actions take it."""
    incoming = cast(IncomingFile, stored.stream)
    return Upload(name=stored.filename or "", size=incoming.size, content=cast(BinaryIO, incoming))


def _file_questions(token: str, *, step_id: str) -> tuple[Question, ...]:
    step = open_form(token, means=means(), now=now()).progress.step(step_id)
    return tuple(question for question in step.questions if question.kind is Kind.FILE)


def _take(token: str, *, question: Question, stored: FileStorage) -> Iterable[Fault]:
    try:
        add_file(token, question_id=question.id, upload=upload_of(stored), means=means(), now=now())
    except WrongAnswerError as wrong:
        return wrong.faults
    return ()
