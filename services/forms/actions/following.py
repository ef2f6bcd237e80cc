"""Follows a case: open its page with the reference, take it back, say what one thinks of a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.forms.domain.marks import Mark
from services.forms.domain.opinions import without_traces
from services.forms.domain.references import tidy_reference
from services.forms.ports import Means, Opinion
from shared.crypto import same, token_hash
from shared.events import ApplicationWithdrawn, MarkGiven, OpinionGiven, StepMark
from shared.law.calendar import local_date
from shared.term_events import PermitGivenUp

MOST_TRIES = 10


class UnknownCaseError(Exception):
    """No case belongs to this link."""


class WrongReferenceError(Exception):
    """This is not the reference of the case behind this link."""


class TooManyTriesError(Exception):
    """The reference was tried too often in one hour."""


class TooLateError(Exception):
    """This was done already, or the case has gone on."""


def recognise(token: str, *, typed: str, means: Means, now: datetime) -> str:
    """The reference of the case behind a status link, for whoever knows it; at most ten tries an hour.

    Raises:
        UnknownCaseError, TooManyTriesError, WrongReferenceError: what the resident is told.
    """
    with means.open_work(now) as work:
        tried = work.count_try(token_hash(token), now=now)
        if tried is None:
            raise UnknownCaseError
        right = tried.tries <= MOST_TRIES and same(tidy_reference(typed) or "", tried.reference)
        if right:
            work.forget_tries(tried.reference)
    if tried.tries > MOST_TRIES:
        raise TooManyTriesError
    if not right:
        raise WrongReferenceError
    return tried.reference


def withdraw(reference: str, *, because: str, means: Means, now: datetime) -> None:
    """Take an application back; a second time changes nothing. One that waited to be paid first was told to nobody.

    Raises:
        TooLateError: a decision was taken, or it was taken back already.
    """
    with means.open_work(now) as work:
        if not work.keep_withdrawal(reference, because=because, at=now):
            raise TooLateError
        if not work.bills.untold(reference):
            work.tell(ApplicationWithdrawn(reference=reference, at=now, because=because))


def give_up(reference: str, *, because: str, means: Means, now: datetime) -> None:
    """Tell that what was granted is not needed any more; a second time changes nothing.

    Raises:
        TooLateError: it was told already, or nothing was decided yet.
    """
    with means.open_work(now) as work:
        if not work.permits.give_up(reference, because=because, at=now):
            raise TooLateError
        work.tell(PermitGivenUp(reference=reference, at=now, because=because))


def give_mark(reference: str, *, mark: Mark, means: Means, now: datetime) -> None:
    """Say from 1 to 10 how it went, without traces of who says so; for two weeks it can be changed.

    Raises:
        TooLateError: nothing was decided yet, or a mark was given too long ago to change it.
    """
    mark = replace(mark, words=without_traces(mark.words))
    with means.open_work(now) as work:
        if not work.marks.keep(reference, mark=mark, at=now):
            raise TooLateError
        steps = tuple(StepMark(step=step, mark=number) for step, number in mark.steps.items())
        work.tell(MarkGiven(reference=reference, at=now, mark=mark.mark, words=mark.words, steps=steps))


def give_opinion(opinion: Opinion, *, means: Means, now: datetime) -> None:
    """Keep what somebody thinks of a question or rule, and tell it on without who they are."""
    opinion = replace(opinion, words=without_traces(opinion.words))
    with means.open_work(now) as work:
        work.keep_opinion(opinion, at=now)
        work.tell(
            OpinionGiven(
                product=opinion.product,
                subject=opinion.subject,
                verdict=opinion.verdict,
                words=opinion.words,
                on=local_date(now),
            )
        )
