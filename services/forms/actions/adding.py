"""Adds a file to an application that was sent already, as long as its case is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.forms.actions.following import TooLateError
from services.forms.actions.uploading import Asked, take_in
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.file_faults import too_many
from services.forms.domain.files import StoredFile, sent_file
from services.forms.domain.later import ADVISED, LATER, MOST_LATER
from services.forms.ports import Means, Work
from services.forms.ports.files import Upload
from shared.catalogue.definitions import Product, Question, Sensitive
from shared.catalogue.plan import sensitive_names
from shared.events import FileAdded


@dataclass(frozen=True, kw_only=True)
class Addition:
    """What is added to which case: `asked` is LATER for the applicant, ADVISED for the `adviser` outside."""

    reference: str
    product: Product
    words: str
    asked: Question = LATER
    adviser: str = ""


def add_later(to: Addition, *, upload: Upload, means: Means, now: datetime) -> None:
    """Take in a file as those of the form, let it go with the case, and tell it. The same file twice is one file.

    Raises:
        WrongAnswerError: the file is refused, or there are as many as we take, with the reason in words.
        TooLateError: a decision was taken, or the application was taken back.
    """
    _check_room(to, means=means, now=now)
    about_health = Sensitive.HEALTH in sensitive_names(to.product).values()
    question = replace(to.asked, sensitive=Sensitive.HEALTH) if about_health else to.asked
    file = take_in(Asked(product=to.product.id, question=question), upload=upload, means=means, now=now)
    with means.open_work(now) as work:
        if not work.lock_open_case(to.reference):
            raise TooLateError
        known = _known(to, work=work)
        if any(one.sha256 == file.sha256 for one in known):
            return  # a second click: the file is there already
        if len(known) >= MOST_LATER:
            raise WrongAnswerError(too_many(to.asked))
        (sent,) = work.files.send([file.id], reference=to.reference, adviser=to.adviser)
        told = sent_file(sent, question=to.asked.id)
        work.tell(FileAdded(reference=to.reference, at=now, file=told, words=to.words))


def _check_room(to: Addition, *, means: Means, now: datetime) -> None:
    """Refuse before the work is done what would be refused after it."""
    with means.open_work(now) as work:
        if not work.lock_open_case(to.reference):
            raise TooLateError
        if len(_known(to, work=work)) >= MOST_LATER:
            raise WrongAnswerError(too_many(to.asked))


def _known(to: Addition, *, work: Work) -> Sequence[StoredFile]:
    if to.asked is ADVISED:
        return work.files.of_adviser(to.adviser, reference=to.reference)
    return [file for file in work.files.of_form(to.reference) if file.question == LATER.id]
