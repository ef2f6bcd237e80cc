"""Fills in a form: start it, keep its pages, keep it for later, or stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from services.forms.domain.accepting.places import address_key
from services.forms.domain.drafts import MOST_MAILS, HandedInError, TooManyMailsError, UnknownDraftError, begin_draft
from services.forms.domain.faults import Fault, WrongAnswerError, by_hand
from services.forms.domain.pages import Form, Page, Turned, fields_of, in_look_up, merge, sum_up
from services.forms.domain.progress import Progress
from services.forms.domain.reading import read_fields
from services.forms.ports import AddressBook, AddressBookAwayError, Drafts, Kept, Means
from shared.catalogue.definitions import Product, Question, Step
from shared.crypto import new_token, token_hash
from shared.events import DraftKept, Language
from shared.law.calendar import local_date


def start_draft(product: Product, *, language: Language, means: Means, now: datetime) -> str:
    """Begin a form; the token is the only way to it."""
    token = new_token()
    draft = begin_draft(product, language=language, today=local_date(now))
    with means.open_work(now) as work:
        work.add_draft(draft, token_hash=token_hash(token))
    return token


def open_form(token: str, *, means: Means, now: datetime) -> Form:
    """The form behind this token.

    Raises:
        UnknownDraftError: there is none, or its time is over.
        HandedInError: it was handed in already.
    """
    return find_form(means.drafts, token=token, means=means, now=now)


def find_form(drafts: Drafts, *, token: str, means: Means, now: datetime) -> Form:
    """The form behind this token, also within a transaction; raises as `open_form`."""
    today = local_date(now)
    draft = drafts.find_draft(token_hash(token), today=today)
    if draft is None:
        raise UnknownDraftError
    if draft.reference:
        raise HandedInError(draft.reference)
    product = means.products.version(draft.product, version=draft.version)
    return Form(draft=draft, progress=Progress(product, draft.answers, today))


def keep_page(token: str, *, page: Page, means: Means, now: datetime, whole: bool = True) -> Turned:
    """Keep what was filled in on a page, and say what is wrong with it.

    Answers that fit are kept whatever is wrong with the others, and texts that do not fit are kept as they were typed.
    `whole`: the resident is done with the page; else it is kept as typed.

    Raises:
        UnknownDraftError, HandedInError: as `open_form`.
        UnknownStepError: the form has no such step.
    """
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        step = form.progress.step(page.step)
        page = replace(page, typed=fields_of(step, typed=page.typed))
        answers, found = _understand(form, step=step, page=page, means=means)
        progress, gone = merge(form, step=step, page=page, answers=answers)
        faults = sum_up(progress, step=step, found=found)
        typed = page.typed if faults or not whole else None
        kept = Kept(step=step.id, answers=answers, gone=gone, typed=typed, language=page.language)
        work.keep_page(form.draft.id, kept=kept)
    draft = replace(form.draft, answers=progress.answers, language=page.language)
    unasked = {question.id for question in progress.visible(step)} - page.asked
    only_new = bool(faults) and all(fault.name in unasked for fault in faults)
    return Turned(form=Form(draft=draft, progress=progress), step=step, faults=faults, new_questions=only_new)


def go_on_anyway(token: str, *, means: Means, now: datetime) -> Form:
    """Apply although no permit is needed: that is the resident's right."""
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        work.go_on(form.draft.id)
    return form


def stop(token: str, *, means: Means, now: datetime) -> None:
    """Throw the draft away: no permit is asked for."""
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        work.drop_draft(form.draft.id)


def keep_for_later(token: str, *, email: str, language: Language, means: Means, now: datetime) -> Form:
    """Have the link to this draft mailed; the address is used for that mail only.

    Raises:
        TooManyMailsError: this draft was mailed too often already.
    """
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        if not work.count_mail(form.draft.id, most=MOST_MAILS):
            raise TooManyMailsError
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


def _understand(form: Form, *, step: Step, page: Page, means: Means) -> tuple[dict[str, Any], list[Fault]]:
    """The answers on this page that fit their questions, and what is wrong with the others."""
    questions = [question for question in step.questions if question.id in page.asked]
    reading = read_fields(questions, typed=page.typed)
    answers, faults = dict(reading.answers), list(reading.faults)
    for question in questions:
        if question.id in answers and in_look_up(question, typed=page.typed):
            asked, known = answers.pop(question.id), form.draft.answers.get(question.id)
            try:
                answers[question.id] = _look_up(question, asked, known=known, book=means.addresses)
            except WrongAnswerError as wrong:
                faults.extend(wrong.faults)
    checked = means.check(form.product, answers=answers)
    faults.extend(checked.faults)
    wrong_ones = {fault.name.partition(".")[0] for fault in faults}
    return {name: value for name, value in checked.answers.items() if name not in wrong_ones}, faults


def _look_up(question: Question, asked: dict[str, str], *, known: Any, book: AddressBook) -> dict[str, str]:
    """The whole address of this postcode and number; one that was known already, also by hand, stays as it was."""
    postcode, number = address_key(question, value=asked)
    if known and (known["postcode"], known["number"]) == (postcode, number):
        return dict(known)
    try:
        found = book.find(postcode, number=number)
    except AddressBookAwayError:
        raise WrongAnswerError(by_hand(question, away=True)) from None
    if found is None:
        raise WrongAnswerError(by_hand(question, away=False))
    return {"postcode": found.postcode, "number": found.number, "street": found.street, "town": found.town}
