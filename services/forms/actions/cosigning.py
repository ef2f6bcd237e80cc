"""Asks the second signatory to agree, again when needed, and takes in the answer once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from services.forms.actions.following import MOST_TRIES, TooLateError, TooManyTriesError
from services.forms.domain.cosigning import Cosigning, asked_before, is_called, last_day
from services.forms.ports import Links, Means, Work
from services.forms.ports.cosigns import Addressed, Cosigns
from shared.crypto import token_hash
from shared.events import Contact, CosignAnswered, CosignAsked, Nature, SubmissionReceived
from shared.law.calendar import local_date

Turn = Literal["first", "again", "reminder"]
Tell = Callable[[object], object]


class NoCosignError(Exception):
    """This link leads to nothing that somebody must agree to: it never existed, or a newer one took its place."""


class NotThisPersonError(Exception):
    """The name that was typed is not that of the second signatory."""


def ask_first(submission: SubmissionReceived, *, nature: Nature, work: Work, means: Means) -> None:
    """Have the second signatory of a form that was just handed in asked, if there must be one."""
    who = submission.cosignatory
    if who is None:
        return
    cosigning = Cosigning(
        reference=submission.reference,
        request_id=who.request_id,
        who=who.who,
        name=who.name,
        email=who.email,
        turn=1,
        asked_at=submission.received_at,
        valid_until=who.answer_by,
        answer_by=who.answer_by,
    )
    applicant = submission.applicant
    asked = Addressed(
        cosigning=cosigning,
        title=submission.title,
        nature=nature,
        language=submission.language,
        applicant=applicant.organisation or applicant.name,
        applicant_email=applicant.email,
    )
    work.cosigns.add(asked, token_hash=_hash(cosigning, links=means.links))
    _tell(asked, turn="first", at=submission.received_at, links=means.links, tell=work.tell)


def ask_again(reference: str, *, name: str, email: str, means: Means, now: datetime) -> None:
    """Mail a new link, perhaps to another address; the former link works no more.

    Raises:
        TooLateError: somebody answered or decided, no links are left, or this was done at the same moment.
    """
    with means.open_work(now) as work:
        known = work.cosigns.find(reference)
        if known is None or not known.cosigning.may_ask_again:
            raise TooLateError
        fresh = replace(
            known.cosigning,
            name=name,
            email=email,
            turn=known.cosigning.turn + 1,
            asked_at=now,
            valid_until=last_day(local_date(now)),
        )
        if not work.cosigns.ask_again(fresh, token_hash=_hash(fresh, links=means.links)):
            raise TooLateError
        _tell(replace(known, cosigning=fresh), turn="again", at=now, links=means.links, tell=work.tell)


def let_cosigner_in(token: str, *, name: str, typed: str, means: Means, now: datetime) -> None:
    """Check that who opened a link is who it was meant for; at most ten tries an hour.

    Raises:
        NoCosignError, TooManyTriesError, NotThisPersonError: what they are told.
    """
    with means.open_work(now) as work:
        tries = work.cosigns.count_try(token_hash(token), now=now)
    if tries is None:
        raise NoCosignError
    if tries > MOST_TRIES:
        raise TooManyTriesError
    if not is_called(name, typed=typed):
        raise NotThisPersonError


def answer_cosign(token: str, *, agreed: bool, because: str, means: Means, now: datetime) -> None:
    """Keep what the second signatory answers, and tell the case handler; a second answer changes nothing.

    Raises:
        TooLateError: there is an answer already, or none is needed any more.
    """
    with means.open_work(now) as work:
        kept = work.cosigns.answer(token_hash(token), agreed=agreed, because=because, at=now, today=local_date(now))
        if kept is None:
            raise TooLateError
        work.tell(
            CosignAnswered(reference=kept.reference, request_id=kept.request_id, at=now, agreed=agreed, because=because)
        )


def remind_silent(today: date, *, cosigns: Cosigns, links: Links, tell: Tell, now: datetime) -> None:
    """Mail every second signatory who said nothing for some working days the same link once more."""
    for asked in cosigns.remind(asked_before=asked_before(today), today=today, at=now):
        _tell(asked, turn="reminder", at=now, links=links, tell=tell)


def _tell(asked: Addressed, *, turn: Turn, at: datetime, links: Links, tell: Tell) -> None:
    cosigning = asked.cosigning
    contact = Contact(
        name=asked.applicant,
        email=asked.applicant_email,
        language=asked.language,
        status_link=links.status(cosigning.reference),
    )
    tell(
        CosignAsked(
            reference=cosigning.reference,
            request_id=cosigning.request_id,
            at=at,
            turn=turn,
            title=asked.title,
            nature=asked.nature,
            name=cosigning.name,
            email=cosigning.email,
            language=asked.language,
            link=links.cosign(links.cosign_token(cosigning.request_id, turn=cosigning.turn)),
            valid_until=cosigning.valid_until,
            answer_by=cosigning.answer_by,
            contact=contact,
        )
    )


def _hash(cosigning: Cosigning, *, links: Links) -> bytes:
    return token_hash(links.cosign_token(cosigning.request_id, turn=cosigning.turn))
