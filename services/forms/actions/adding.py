"""Adds a file to an application that was sent already, as long as its case is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.forms.actions.following import TooLateError
from services.forms.actions.uploading import Asked, take_in
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.file_faults import too_many
from services.forms.domain.files import StoredFile, sent_file
from services.forms.domain.later import LATER, MOST_LATER
from services.forms.ports import Means, Work
from services.forms.ports.files import Upload
from shared.catalogue.definitions import Product, Sensitive
from shared.catalogue.plan import sensitive_names
from shared.events import FileAdded


def add_later(reference: str, *, product: Product, upload: Upload, words: str, means: Means, now: datetime) -> None:
    """Take in a file as those of the form, let it go with the case, and tell it. The same file twice is one file.

    Raises:
        WrongAnswerError: the file is refused, or there are as many as we take, with the reason in words.
        TooLateError: a decision was taken, or the application was taken back.
    """
    _check_room(reference, means=means, now=now)
    about_health = Sensitive.HEALTH in sensitive_names(product).values()
    question = replace(LATER, sensitive=Sensitive.HEALTH) if about_health else LATER
    file = take_in(Asked(product=product.id, question=question), upload=upload, means=means, now=now)
    with means.open_work(now) as work:
        if not work.lock_open_case(reference):
            raise TooLateError
        known = _later(reference, work=work)
        if any(one.sha256 == file.sha256 for one in known):
            return  # a second click: the file is there already
        if len(known) >= MOST_LATER:
            raise WrongAnswerError(too_many(LATER))
        (sent,) = work.files.send([file.id], reference=reference)
        work.tell(FileAdded(reference=reference, at=now, file=sent_file(sent, question=LATER.id), words=words))


def _check_room(reference: str, *, means: Means, now: datetime) -> None:
    """Refuse before the work is done what would be refused after it."""
    with means.open_work(now) as work:
        if not work.lock_open_case(reference):
            raise TooLateError
        if len(_later(reference, work=work)) >= MOST_LATER:
            raise WrongAnswerError(too_many(LATER))


def _later(reference: str, *, work: Work) -> list[StoredFile]:
    return [file for file in work.files.of_form(reference) if file.question == LATER.id]
