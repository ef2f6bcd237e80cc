"""A form that was handed in: what goes to the case handler, and by when the municipality decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from services.forms.domain.cosigning import cosignatory_of
from services.forms.domain.drafts import Channel, Draft
from services.forms.domain.identity import Identity
from services.forms.domain.prefilling import sources_of
from services.forms.domain.progress import Progress
from services.forms.domain.references import tidy_reference
from services.forms.domain.showing import show, show_answer
from shared.catalogue.definitions import Product, Question, Roles
from shared.catalogue.facts import period_of
from shared.events import Address, AnswerRow, AnswerSection, Identified, Language, Link, Party, SubmissionReceived
from shared.law.terms import Term, TermRule, decision_term


class IncompleteError(Exception):
    """The form is not complete: nothing is kept and nothing is told."""


def hand_in(
    progress: Progress, *, reference: str, received_at: datetime, channel: Channel, language: Language, status_link: str
) -> SubmissionReceived:
    """The fact that this form was handed in, with everything the case handler needs but its files.

    A paper form bears its signatures: nobody is asked to agree to what came by post.

    Raises:
        IncompleteError: an answer is missing or answers do not go together.
    """
    if progress.unfinished:
        raise IncompleteError
    product, evaluation = progress.product, progress.evaluation
    shown = show(product, evaluation=evaluation)
    answers, roles = evaluation.answers, product.roles
    starts, ends = period_of(roles, answers=answers)
    return SubmissionReceived(
        reference=reference,
        product=product.id,
        version=product.version,
        title=product.title,
        received_at=received_at,
        channel=channel,
        language=language,
        applicant=applicant(roles, answers=answers),
        represented=answers.get(roles.represented or ""),
        place=_place(product, answers=answers),
        starts=starts,
        ends=ends,
        answers=dict(answers),
        shown=shown,
        files=(),
        rules=evaluation.outcomes,
        fee_cents=evaluation.fee.cents if evaluation.fee else None,
        missing=_rows_of(progress.lacking, shown=shown),
        identified=None,
        sources={},
        cosignatory=None if channel == "post" else cosignatory_of(progress),
        clerk=None,
        status_link=status_link,
        same_person=(),
        sealed=None,
        link=_link(roles, answers=answers),
    )


def tell_whence(submission: SubmissionReceived, *, draft: Draft, who: Identity | None) -> SubmissionReceived:
    """The submission with how its applicant signed in, which answers were known already, and who filled it in."""
    identified = Identified(kind=who.kind, level=who.level) if who and draft.owner == who.mark else None
    sources = sources_of(origins=draft.prefilled, answers=submission.answers)
    clerk = draft.intake.clerk if draft.intake else None
    link = submission.link or draft.link
    return replace(submission, identified=identified, sources=sources, clerk=clerk, link=link)


def unsigned(answers: Mapping[str, Any], *, product: Product) -> Mapping[str, Any]:
    """The answers that a program sends: only who signs on our own page counts."""
    role = product.roles.supporters
    return {**answers, role: 0} if role else answers


def citizen_number(answers: Mapping[str, Any], *, roles: Roles, who: Identity | None) -> str | None:
    """The citizen service number of whoever applies: as answered, else that of the sign-in."""
    signed_in = who.number if who and who.kind == "person" else None
    return answers.get(roles.bsn or "") or signed_in


def applicant(roles: Roles, *, answers: Mapping[str, Any]) -> Party:
    """Who applies, from the questions that play that part; a form that asks only a KvK number is for companies."""
    address = answers.get(roles.address or "")
    is_company = answers.get(roles.applicant_kind) == "company" if roles.applicant_kind else roles.kvk in answers
    return Party(
        kind="company" if is_company else "person",
        name=answers[roles.name],
        organisation=answers.get(roles.organisation or ""),
        kvk=answers.get(roles.kvk or ""),
        email=answers.get(roles.email, ""),
        phone=answers.get(roles.phone or ""),
        address=Address(**address) if address else None,
    )


def decide_by(product: Product, *, received: date) -> Term:
    """Until when the municipality may decide on a form received on this day; `safe` is the day to tell."""
    return _term(received, product.process.term)


@lru_cache(maxsize=512)
def _term(received: date, rule: TermRule) -> Term:
    return decision_term(received, rule=rule)


def _link(roles: Roles, *, answers: Mapping[str, Any]) -> Link | None:
    """The decision that an objection is about, with its number written as we do."""
    typed = str(answers.get(roles.objects_to or "") or "").strip()
    return Link(kind="objection", reference=tidy_reference(typed) or typed.upper()) if typed else None


def _place(product: Product, *, answers: Mapping[str, Any]) -> str | None:
    """The place as the letter says it, in Dutch."""
    value = answers.get(product.roles.place or "")
    return show_answer(product.question(product.roles.place or ""), value=value).nl if value else None


def _rows_of(questions: Iterable[Question], *, shown: Iterable[AnswerSection]) -> tuple[AnswerRow, ...]:
    names = {question.id for question in questions}
    return tuple(row for section in shown for row in section.rows if row.question in names)
