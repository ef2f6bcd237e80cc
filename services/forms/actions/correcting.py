"""Corrects an application that nobody took yet: from its own answers, through the same pages, sent once."""

from __future__ import annotations

from datetime import datetime

from services.forms.actions.drawing_up import seal_up
from services.forms.actions.filling import find_form
from services.forms.actions.sending import ChangedMeanwhileError
from services.forms.actions.sending_files import send_files_again
from services.forms.domain.correcting import Correctable, TakenError, begin_correction, price_differs
from services.forms.domain.submissions import hand_in, tell_whence
from services.forms.ports import Means
from shared.crypto import token_hash
from shared.events import ApplicationCorrected, Language
from shared.law.calendar import local_date
from shared.wire import name_of, to_wire


def correct(of: Correctable, *, means: Means, now: datetime) -> str:
    """Open the form with the answers that were sent; gives the way to it, the same one until it is sent.

    Raises:
        TakenError: somebody began with the case.
    """
    today = local_date(now)
    with means.open_work(now) as work:
        if work.lock_untaken(of.reference) is None:
            raise TakenError
        known = work.open_correction(of.reference, today=today)
        if known:
            return means.links.draft_token(known)
        draft = begin_correction(of, today=today)
        token = means.links.draft_token(draft.id)
        work.add_draft(draft, token_hash=token_hash(token))
    return token


def send_correction(token: str, *, revision: int, language: Language, means: Means, now: datetime) -> str:
    """Send what changed; gives the reference. Date and way of receipt stay what they were.

    Raises:
        UnknownDraftError, HandedInError, ChangedMeanwhileError, IncompleteError: as `submit`.
        TakenError: somebody began with the case, or as it is now somebody else would have to agree to it, or it costs
            another amount than was paid; nothing is sent, and the draft stays.
    """
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        if form.draft.revision != revision or form.draft.corrects is None:
            raise ChangedMeanwhileError
        reference = form.draft.corrects
        sent = work.lock_untaken(reference)
        if sent is None:
            raise TakenError
        drawn = hand_in(
            form.progress.left_open,
            reference=reference,
            received_at=sent.received_at,
            channel=sent.channel,
            language=language,
            status_link=means.links.status(reference),
        )
        bill, online = work.bills.lock(reference), means.provider is not None
        if drawn.cosignatory or price_differs(bill, cents=drawn.fee_cents, product=form.product, online=online):
            raise TakenError
        whole = tell_whence(drawn, draft=form.draft, who=means.who)
        submission = seal_up(whole, product=form.product, means=means)
        number = work.keep_correction(form.draft, submission=submission, at=now)
        if number is None:
            raise ChangedMeanwhileError
        told = send_files_again(submission, answers=whole.answers, product=form.product, work=work)
        work.tell(
            ApplicationCorrected(
                reference=reference, revision=number, at=now, told_as=name_of(told)[1], application=to_wire(told)
            )
        )
    return reference
