"""Takes in the files of residents: each is scanned, made safe and kept, or refused with words that say what to do."""

from __future__ import annotations

import hashlib
import os
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID, uuid5

from services.forms.actions.filling import find_form
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.file_faults import file_fault, too_many
from services.forms.domain.files import (
    MEDIA_TYPES,
    Scan,
    StoredFile,
    kept_name,
    most_bytes,
    most_files,
    shown_name,
    tidy_name,
)
from services.forms.ports import Means
from services.forms.ports.files import RefusedFileError, Scanned, ScannerAwayError, Scrubbed, Upload
from shared.catalogue.definitions import Kind, Product, Question
from shared.events import FileAwaitsScan
from shared.ids import new_id
from shared.log import logger
from shared.vault import CHUNK, new_name


class UnknownQuestionError(Exception):
    """The form asks for no file under this name, or there is no such file."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which question of which product a file answers, and with which key a program sent it."""

    product: str
    question: Question
    key_hash: bytes | None = None


def add_file(token: str, *, question_id: str, upload: Upload, means: Means, now: datetime) -> None:
    """Add a file to an answer of a draft.

    Raises:
        UnknownDraftError, HandedInError: as `open_form`.
        UnknownQuestionError: the form asks for no such file.
        WrongAnswerError: the file is refused, with the reason in words.
    """
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
    question = _question(form.product, question_id)
    if len(form.draft.answers.get(question_id) or ()) >= most_files(question):
        raise WrongAnswerError(too_many(question))
    file = take_in(Asked(product=form.product.id, question=question), upload=upload, means=means, now=now)
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        same = any(one["sha256"] == file.sha256 for one in form.draft.answers.get(question_id) or ())
        if same:
            return  # a second click: the file is there already
        if not work.files.attach(file, question=question_id, draft_id=form.draft.id, most=most_files(question)):
            raise WrongAnswerError(too_many(question))


def use_again(token: str, *, question_id: str, file_id: UUID, means: Means, now: datetime) -> None:
    """Give a file that was added at another question of the same form as an answer here too.

    Raises:
        UnknownDraftError, HandedInError, UnknownQuestionError: as `add_file`.
        WrongAnswerError: the question takes no more files, or none of this type.
    """
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        question = _question(form.product, question_id)
        file = next((one for one in form.reusable(question) if one.id == file_id), None)
        if file is None:
            raise UnknownQuestionError
        if not work.files.attach(file, question=question_id, draft_id=form.draft.id, most=most_files(question)):
            raise WrongAnswerError(too_many(question))


def remove_file(token: str, *, question_id: str, file_id: UUID, means: Means, now: datetime) -> None:
    """Take a file out of an answer; its content is deleted with the next cleaning, unless another answer has it.

    Raises:
        UnknownDraftError, HandedInError: as `open_form`.
    """
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        work.files.detach(file_id, question=question_id, draft_id=form.draft.id)


def add_file_by_key(
    product: Product, *, question_id: str, upload: Upload, key_hash: bytes, means: Means, now: datetime
) -> StoredFile:
    """Take in a file that a program sends before the form itself; only who knows the key can let it go with a form.

    The same file with the same key for the same question is the same file, however often it is sent.

    Raises:
        UnknownQuestionError: the form asks for no such file.
        WrongAnswerError: the file is refused, with the reason in words.
    """
    asked = Asked(product=product.id, question=_question(product, question_id), key_hash=key_hash)
    return take_in(asked, upload=upload, means=means, now=now)


def take_in(asked: Asked, *, upload: Upload, means: Means, now: datetime) -> StoredFile:
    """Scan a file, make it safe and keep it. It belongs to nothing yet.

    The scanner comes first and judges the file as it came; what it finds is set aside for the administrator.

    Raises:
        WrongAnswerError: the file is refused, with the reason in words.
    """
    _check_size(asked, upload=upload)
    scanned = _scan(upload.content, means=means)
    if scanned.scan is Scan.INFECTED:
        _set_aside(asked, upload=upload, scanned=scanned, means=means, now=now)
        raise _refused(asked, reason="infected", upload=upload)
    try:
        scrubbed = means.scrubber.scrub(upload.content, types=asked.question.types)
        with closing(scrubbed.content):
            file = _described(asked, upload=upload, scrubbed=scrubbed, scanned=scanned, now=now)
            return _keep(file, content=scrubbed.content, key_hash=asked.key_hash, means=means, now=now)
    except RefusedFileError as refused:
        raise _refused(asked, reason=refused.reason, upload=upload) from None
    except OSError as error:
        logger.error("file_not_kept", error=type(error).__name__)
        raise _refused(asked, reason="failed", upload=upload) from None


def _check_size(asked: Asked, *, upload: Upload) -> None:
    if upload.size == 0:
        raise _refused(asked, reason="empty", upload=upload)
    if upload.size > most_bytes(asked.question):
        raise _refused(asked, reason="size", upload=upload)
    if upload.content.seek(0, os.SEEK_END) != upload.size:  # there was no room for it on the disk
        raise _refused(asked, reason="failed", upload=upload)


def _scan(content: BinaryIO, *, means: Means) -> Scanned:
    content.seek(0)
    try:
        return means.scanner.scan(content)
    except ScannerAwayError as error:
        logger.warning("scanner_away", error=str(error))
        return Scanned(scan=Scan.WAITING)


def _set_aside(asked: Asked, *, upload: Upload, scanned: Scanned, means: Means, now: datetime) -> None:
    """Keep what the scanner refused, shut away, so that nothing disappears without a trace."""
    number = new_id()
    file = StoredFile(
        id=number,
        place=new_name(),
        product=asked.product,
        question=asked.question.id,
        name=kept_name(shown_name(upload.name), question=asked.question, number=number),
        type="application/octet-stream",
        bytes=upload.size,
        sha256=_digest(upload.content),
        scan=scanned.scan,
        finding=scanned.finding,
        at=now,
    )
    logger.warning("file_infected", file_id=str(file.id))
    _keep(file, content=upload.content, key_hash=None, means=means, now=now)


def _described(asked: Asked, *, upload: Upload, scrubbed: Scrubbed, scanned: Scanned, now: datetime) -> StoredFile:
    number = _number(asked, upload=upload)
    return StoredFile(
        id=number,
        place=new_name(),
        product=asked.product,
        question=asked.question.id,
        name=kept_name(tidy_name(upload.name, kind=scrubbed.kind), question=asked.question, number=number),
        type=MEDIA_TYPES[scrubbed.kind],
        bytes=scrubbed.content.seek(0, os.SEEK_END),
        sha256=_digest(scrubbed.content),
        scan=scanned.scan,
        finding=scanned.finding,
        at=now,
    )


def _number(asked: Asked, *, upload: Upload) -> UUID:
    """A number that nobody had yet, or with a key the one that follows from key, question, name and content."""
    if asked.key_hash is None:
        return new_id()
    said = f"{asked.question.id} {upload.name} {_digest(upload.content)}"
    return uuid5(UUID(bytes=asked.key_hash[:16]), said)


def _keep(file: StoredFile, *, content: BinaryIO, key_hash: bytes | None, means: Means, now: datetime) -> StoredFile:
    """Note the file before its content comes, so that the cleaning finds whatever a crash leaves behind."""
    with means.open_work(now) as work:
        kept = work.files.add(file, key_hash=key_hash)
    content.seek(0)
    means.vault.put(content, name=kept.place)
    if kept.scan is Scan.WAITING:
        with means.open_work(now) as work:
            work.tell(FileAwaitsScan(file_id=kept.id))
    return kept


def _digest(content: BinaryIO) -> str:
    content.seek(0)
    digest = hashlib.sha256()
    while piece := content.read(CHUNK):
        digest.update(piece)
    return digest.hexdigest()


def _refused(asked: Asked, *, reason: str, upload: Upload) -> WrongAnswerError:
    return WrongAnswerError(file_fault(asked.question, reason=reason, name=upload.name))


def _question(product: Product, question_id: str) -> Question:
    found = next((one for one in product.questions if one.id == question_id and one.kind is Kind.FILE), None)
    if found is None:
        raise UnknownQuestionError(question_id)
    return found
