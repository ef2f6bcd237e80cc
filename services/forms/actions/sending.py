"""Hands in a form, once: through the pages, or through the API with an Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.forms.actions.confirming import find_confirmed
from services.forms.actions.drawing_up import box_chosen, draw_up, draw_up_form, seal_up
from services.forms.actions.sending_files import SentFiles, files_sent, pass_on, send_files
from services.forms.domain.faults import Fault, untold
from services.forms.domain.progress import Progress
from services.forms.domain.submissions import decide_by, tell_whence, unsigned
from services.forms.ports import (
    Answered,
    Means,
    OnceOnly,
    Receipt,
    ReferenceTakenError,
    Sent,
    SignedMeanwhileError,
    Work,
)
from shared.catalogue.definitions import Product
from shared.crypto import token_hash
from shared.events import Language
from shared.law.calendar import local_date

MOST_DRAWS = 3


class ChangedMeanwhileError(Exception):
    """The answers changed after the check page was shown: it must be looked at again."""


class CorrectionError(Exception):
    """This form changes an application that was sent already: it goes there as a correction."""


class KeyReusedError(Exception):
    """This Idempotency-Key came before with another body."""


class WrongAnswersError(Exception):
    """Answers are missing or do not fit: nothing is kept and nothing is told."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(fault.name for fault in faults))
        self.faults = faults


def submit(token: str, *, revision: int, language: Language, means: Means, now: datetime, box: bool = False) -> Receipt:
    """Hand in a draft: the submission, its fact and the end of the draft are one transaction.

    `revision` is that of the check page which the resident saw; `box`: they chose the Berichtenbox there.

    Raises:
        UnknownDraftError: there is no such draft, or its time is over.
        HandedInError: it was handed in already; its reference says as what.
        UnconfirmedError: the product asks for a confirmed e-mail address.
        CorrectionError: it changes an application that was sent already.
        ChangedMeanwhileError: an answer changed after the check page was shown.
        IncompleteError: an answer is missing without which nothing can be handed in.
    """

    def attempt(work: Work) -> Receipt:
        form = find_confirmed(work, token=token, means=means, now=now)
        if form.draft.corrects:
            raise CorrectionError
        if form.draft.revision != revision:
            raise ChangedMeanwhileError
        drawn = draw_up_form(form, language=language, means=means, now=now)
        whole = tell_whence(drawn, draft=form.draft, who=means.who)
        submission = seal_up(whole, product=form.product, means=means)
        due = decide_by(form.product, received=form.today).safe
        status_hash = token_hash(means.links.status_token(submission.reference))
        if not work.hand_in_draft(form.draft, submission=submission, status_hash=status_hash, due=due):
            find_confirmed(work, token=token, means=means, now=now)
            raise ChangedMeanwhileError
        sent = send_files(submission, answers=whole.answers, product=form.product, work=work)
        if box and (chosen := box_chosen(submission, means=means)):
            work.tell(chosen)
        pass_on(sent, product=form.product, work=work, means=means)
        return Receipt(reference=submission.reference, status_url=submission.status_link, decide_by=due)

    return _with_fresh_reference(attempt, means=means, now=now)


def may_choose_box(owner: bytes | None, /, *, means: Means) -> bool:
    """Whether the Berichtenbox of the owner of a draft is known: a person who is signed in now as then."""
    who = means.who
    return bool(means.boxes and who and who.kind == "person" and owner == who.mark)


def submit_once(product: Product, *, sent: Sent, once: OnceOnly, means: Means, now: datetime) -> Receipt:
    """Hand in answers under a key; the same key with the same body gives the same receipt, whatever happens between.

    Raises:
        KeyReusedError: the key came before with another body.
        WrongAnswersError: answers are unknown or do not fit, or are missing and not said to be.
    """

    def attempt(work: Work) -> Receipt:
        if before := work.find_answered(once.key_hash):
            return _same_receipt(before, once=once, means=means)
        files = files_sent(product, once=once, work=work)
        progress = _checked(product, sent=sent, files=files, means=means, now=now)
        whole = draw_up(progress, channel="api", language=sent.language, means=means, now=now)
        submission = seal_up(whole, product=product, means=means)
        due = decide_by(product, received=progress.on).safe
        status_hash = token_hash(means.links.status_token(submission.reference))
        if work.hand_in_once(once, submission=submission, status_hash=status_hash, due=due):
            sent_on = send_files(submission, answers=whole.answers, product=product, work=work)
            pass_on(sent_on, product=product, work=work, means=means)
            return Receipt(reference=submission.reference, status_url=submission.status_link, decide_by=due)
        taken = work.find_answered(once.key_hash)
        if taken is None:
            raise KeyReusedError
        return _same_receipt(taken, once=once, means=means)

    return _with_fresh_reference(attempt, means=means, now=now)


def _with_fresh_reference(attempt: Callable[[Work], Receipt], *, means: Means, now: datetime) -> Receipt:
    """Draw again when another case has the reference already, which is rarer than once in a million times.

    Count again when somebody signed meanwhile.
    """
    for _ in range(MOST_DRAWS - 1):
        try:
            with means.open_work(now) as work:
                return attempt(work)
        except (ReferenceTakenError, SignedMeanwhileError):
            continue
    with means.open_work(now) as work:
        return attempt(work)


def _checked(product: Product, *, sent: Sent, files: SentFiles, means: Means, now: datetime) -> Progress:
    checked = means.check(product, answers=sent.answers)
    whole, unknown = files.fill_in(checked.answers)
    progress = Progress(product, unsigned(whole, product=product), local_date(now))
    if sent.incomplete:
        progress = progress.left_open
    lacking = (found for found in progress.faults if progress.holds_up(found))
    told = (*checked.faults, *unknown)
    faults = (*told, *untold(lacking, besides=told))
    if faults:
        raise WrongAnswersError(faults)
    return progress


def _same_receipt(answered: Answered, *, once: OnceOnly, means: Means) -> Receipt:
    if answered.body_hash != once.body_hash:
        raise KeyReusedError
    url = means.links.status(answered.reference)
    return Receipt(reference=answered.reference, status_url=url, decide_by=answered.decide_by)
