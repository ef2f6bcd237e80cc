"""Passes on a form that is handed in, with its files: those of its draft, or those that a program sent with its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.forms.actions.cosigning import ask_first
from services.forms.actions.supporting import hand_over_support
from services.forms.domain.faults import Fault
from services.forms.domain.file_faults import fill_in_files
from services.forms.domain.files import StoredFile, sent_file
from services.forms.domain.pages import asks_files
from services.forms.domain.payments import pays_first
from services.forms.ports import Means, OnceOnly, Work
from shared.catalogue.definitions import Kind, Product
from shared.events import SubmissionReceived


@dataclass(frozen=True, kw_only=True)
class SentFiles:
    """The files that a program sent before the form."""

    product: Product
    files: Sequence[StoredFile]

    def fill_in(self, answers: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Fault, ...]]:
        """The answers with all that is known of their files, and the faults of files that were not sent."""
        return fill_in_files(self.product.questions, answers=answers, sent=self.files)


def files_sent(product: Product, *, once: OnceOnly, work: Work) -> SentFiles:
    """The files that came with this key."""
    files = work.files.of_key(once.key_hash) if asks_files(product) else ()
    return SentFiles(product=product, files=files)


def pass_on(submission: SubmissionReceived, *, product: Product, work: Work, means: Means) -> None:
    """Tell what was handed in and who signed along, and have the second signatory asked if there must be one.

    What must be paid first waits for that, if there is a page to pay on; what somebody must still agree to does not.
    """
    hand_over_support(submission, product=product, work=work, means=means)
    if means.provider and pays_first(product, cents=submission.fee_cents) and submission.cosignatory is None:
        work.bills.hold(submission)
        return
    work.tell(submission)
    ask_first(submission, nature=product.nature, work=work, means=means)


def send_files(
    submission: SubmissionReceived, *, answers: Mapping[str, Any], product: Product, work: Work
) -> SubmissionReceived:
    """The submission with its files; only now, with the draft closed, does nothing change about them any more."""
    answered = _answered(product, answers=answers)
    if not answered:
        return submission
    files = work.files.send([number for _, number in answered], reference=submission.reference)
    known = {file.id: file for file in files}
    return replace(submission, files=tuple(sent_file(known[number], question=name) for name, number in answered))


def send_files_again(
    submission: SubmissionReceived, *, answers: Mapping[str, Any], product: Product, work: Work
) -> SubmissionReceived:
    """The corrected submission with its files: those of before that stay, and those that are new."""
    answered = _answered(product, answers=answers)
    work.files.send([number for _, number in answered], reference=submission.reference)
    known = {file.id: file for file in work.files.of_form(submission.reference)}
    files = tuple(sent_file(known[number], question=name) for name, number in answered if number in known)
    return replace(submission, files=files)


def _answered(product: Product, *, answers: Mapping[str, Any]) -> list[tuple[str, UUID]]:
    """Each file with the question that it answers."""
    return [
        (question.id, UUID(one["id"]))
        for question in product.questions
        if question.kind is Kind.FILE
        for one in answers.get(question.id, ())
    ]
