"""Fills in a form: start it, keep its pages, keep it for later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from services.forms.actions.measuring import measure
from services.forms.actions.understanding import understand
from services.forms.domain.drafts import (
    MOST_MAILS,
    HandedInError,
    Reminder,
    TooManyMailsError,
    UnknownDraftError,
    begin_draft,
    begin_for_somebody,
    check_owner,
    is_nearly_over,
    with_count,
)
from services.forms.domain.faults import Fault
from services.forms.domain.pages import Form, Page, Turned, asks_files, fields_of, merge, sum_up, with_newer
from services.forms.domain.progress import Progress
from services.forms.ports import Drafts, Kept, Means
from shared.catalogue.definitions import Product
from shared.crypto import token_hash
from shared.events import DraftKept, Intake, Language
from shared.law.calendar import local_date

Way = Literal["on", "skip", "later"]
"""How a resident leaves a page."""


def start_draft(product: Product, *, language: Language, means: Means, now: datetime) -> str:
    """Begin a form; the token is the only way to it, and is not enough where the product asks to sign in.

    Raises:
        SignInFirstError: nobody is signed in as surely as the product asks.
    """
    draft = begin_draft(product, language=language, today=local_date(now), who=means.who)
    if means.who:
        known = means.prefill(product, who=means.who)
        draft = replace(draft, answers=known.answers, prefilled=known.origins)
    token = means.links.draft_token(draft.id)
    with means.open_work(now) as work:
        work.add_draft(draft, token_hash=token_hash(token))
    return token


def start_for_somebody(
    product: Product, *, intake: Intake, received: date, language: Language, means: Means, now: datetime
) -> str:
    """Begin a form that staff fills in for somebody; nothing is filled in beforehand."""
    draft = begin_for_somebody(product, language=language, today=local_date(now), intake=intake, received=received)
    token = means.links.draft_token(draft.id)
    with means.open_work(now) as work:
        work.add_draft(draft, token_hash=token_hash(token))
    return token


def open_form(token: str, *, means: Means, now: datetime) -> Form:
    """The form behind this token.

    Raises:
        UnknownDraftError: there is none, or its time is over.
        SignInFirstError: its product asks to sign in.
        HandedInError: it was handed in already.
    """
    return find_form(means.drafts, token=token, means=means, now=now)


def find_form(drafts: Drafts, *, token: str, means: Means, now: datetime) -> Form:
    """The form behind this token, also within a transaction; raises as `open_form`."""
    today = local_date(now)
    draft = drafts.find_draft(token_hash(token), today=today)
    if draft is None:
        raise UnknownDraftError
    product = means.products.version(draft.product, version=draft.version)
    check_owner(draft, product=product, who=means.who, at_desk=means.clerk is not None)
    if draft.reference:
        raise HandedInError(draft.reference)
    draft = with_count(draft, product=product)
    skipped, by_letter = frozenset(draft.skipped), draft.intake is not None
    progress = Progress(product, draft.answers, draft.as_of or today, skipped=skipped, by_letter=by_letter)
    files = drafts.find_files(draft.id) if draft.has_files and asks_files(product) else []
    return Form(draft=draft, progress=progress, files=files)


def keep_page(token: str, *, page: Page, means: Means, now: datetime, way: Way = "on") -> Turned:
    """Keep what was filled in on a page, and say what is wrong with it.

    Answers that fit are kept whatever is wrong with the others, and texts that do not fit are kept as they were typed.
    `way`: "on" is done with the page, "skip" leaves out what is missing and may be, "later" keeps it as typed.

    Raises:
        UnknownDraftError, HandedInError: as `open_form`.
        UnknownStepError: the form has no such step.
    """
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        step = form.progress.step(page.step)
        asked = page.asked - {form.product.roles.supporters}
        page = replace(page, typed=fields_of(step, typed=page.typed), asked=asked)
        page = with_newer(page, form=form, step=step)
        answers, found = understand(form, step=step, page=page, means=means)
        progress, gone = merge(form, step=step, page=page, answers=answers)
        faults = sum_up(progress, step=step, found=found)
        skipped = _left_out(faults) if way == "skip" else ()
        faults = tuple(fault for fault in faults if not (skipped and fault.soft))
        typed = page.typed if faults or way == "later" else None
        kept = Kept(
            step=step.id,
            answers=answers,
            gone=gone,
            typed=typed,
            language=page.language,
            skipped=skipped,
            measured=measure(form, page=page, progress=progress, faults=faults, done=way != "later", now=now),
        )
        work.keep_page(form.draft.id, kept=kept)
    left_open = (progress.skipped - {question.id for question in step.questions}) | set(skipped)
    progress = progress.leaving(frozenset(left_open))
    draft = replace(form.draft, answers=progress.answers, language=page.language)
    unasked = {question.id for question in progress.visible(step)} - page.asked
    only_new = bool(faults) and all(fault.name in unasked for fault in faults)
    after = replace(form, draft=draft, progress=progress)
    return Turned(form=after, typed=page.typed, before=form.progress, step=step, faults=faults, new_questions=only_new)


def keep_for_later(token: str, *, email: str, language: Language, means: Means, now: datetime) -> Form:
    """Have the link to this draft mailed; the address is used for that mail and for a warning before it is erased.

    Raises:
        TooManyMailsError: this draft was mailed too often already.
    """
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        if not work.count_mail(form.draft.id, most=MOST_MAILS):
            raise TooManyMailsError
        reminder = Reminder(
            draft_id=form.draft.id,
            email=email,
            language=language,
            title=form.product.title,
            keep_until=form.draft.keep_until,
        )
        work.keep_reminder(reminder, warned_at=now if is_nearly_over(form.draft, today=local_date(now)) else None)
        work.tell(
            DraftKept(
                title=form.product.title,
                email=email,
                language=language,
                link=means.links.draft(token),
                keep_until=form.draft.keep_until,
            )
        )
    return form


def _left_out(faults: Iterable[Fault]) -> tuple[str, ...]:
    """The questions whose missing answers may be left out."""
    return tuple(dict.fromkeys(fault.name.partition(".")[0] for fault in faults if fault.soft))
