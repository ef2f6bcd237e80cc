"""The letter of a decision: the day it carries, and who may open it."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.events import Decision, Language
from shared.law.calendar import local_date
from shared.law.objection import objection_term
from shared.values import TermLetter

MOST_WRONG_TRIES: Final = 5
PAUSE: Final = timedelta(minutes=15)
CODE_LASTS: Final = timedelta(minutes=15)
BETWEEN_CODES: Final = timedelta(minutes=1)
BETWEEN_LINKS: Final = timedelta(days=1)
LONGEST_SENDING: Final = timedelta(minutes=1)
"""Longer than handing over a mail can take."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A decision or a letter about the term on its way to the applicant.

    `decision_id` is the decision's, or the act's that the letter tells of. `wrong_tries` since the last right one or
    pause. `status_link` leads to the page of the case; empty in letters from before they bore it. `code_number` counts
    the codes that were sent, of which the last one opens it until `code_until`.
    """

    id: UUID
    reference: str
    decision_id: UUID
    content: Decision | TermLetter
    recipient: str
    language: Language
    status_link: str = ""
    wrong_tries: int = 0
    paused_until: datetime | None = None
    code_number: int = 0
    code_until: datetime | None = None

    @property
    def phone(self) -> str | None:
        """The phone number of who applied, as far as the letter knows."""
        return self.content.applicant.phone


@dataclass(frozen=True, kw_only=True)
class LetterLink:
    """A link to a letter: how many there were before it, and until when it opens."""

    token_hash: bytes
    number: int
    made_at: datetime
    valid_until: datetime


@dataclass(frozen=True, kw_only=True)
class Pressing:
    """A letter as PDF: the date it carries, the last day to object that it names, and its content's SHA-256.

    `card_sha256` is that of the card for on site, if there is one.
    """

    letter_id: UUID
    sent_on: date
    objection_until: date
    sha256: str
    pressed_at: datetime
    card_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The dates in a letter that is sent at a moment."""

    sent_on: date
    objection_until: date


class Opening(StrEnum):
    """What came of an attempt to open a letter."""

    OPENED = "opened"
    WRONG = "wrong"
    PAUSED = "paused"


def dates_at(now: datetime) -> Dates:
    """Give the dates of a letter that is sent now (UTC): the term to object starts the day after (Awb 6:8 lid 1)."""
    today = local_date(now)
    return Dates(sent_on=today, objection_until=objection_term(today).rolled)


def wait_to_send(pressing: Pressing, *, now: datetime) -> datetime | None:
    """Give the moment to press a letter again because it would not be sent on the day it carries; None to send it.

    Just before midnight that is after midnight: a letter handed over then might leave the house on the next day.
    """
    if pressing.sent_on != local_date(now):
        return now
    if pressing.sent_on != local_date(now + LONGEST_SENDING):
        return now + LONGEST_SENDING
    return None


def try_reference(letter: Letter, *, typed: str, now: datetime) -> tuple[Opening, Letter]:
    """Compare what a person typed with the letter's reference, and count; five wrong tries make a pause."""
    if letter.paused_until and now < letter.paused_until:
        return Opening.PAUSED, letter
    if hmac.compare_digest(_plain(typed), _plain(letter.reference)):
        return Opening.OPENED, replace(letter, wrong_tries=0, paused_until=None)
    return _counted(letter, now=now)


def try_code(letter: Letter, *, typed: str, reference: str, code: str, now: datetime) -> tuple[Opening, Letter]:
    """Compare what a person typed with the code that was sent and the reference, and count; a code opens once."""
    if letter.paused_until and now < letter.paused_until:
        return Opening.PAUSED, letter
    knows = hmac.compare_digest(_plain(reference), _plain(letter.reference))
    valid = letter.code_until is not None and now < letter.code_until
    if hmac.compare_digest(_plain(typed), code.encode()) and knows and valid:
        return Opening.OPENED, replace(letter, wrong_tries=0, paused_until=None, code_until=None)
    return _counted(letter, now=now)


def next_code(letter: Letter, *, now: datetime) -> Letter | None:
    """Give the letter with a fresh code; None: one was sent a moment ago, or too many were wrong."""
    sent_at = letter.code_until - CODE_LASTS if letter.code_until else None
    if (letter.paused_until and now < letter.paused_until) or (sent_at and now < sent_at + BETWEEN_CODES):
        return None
    return replace(letter, code_number=letter.code_number + 1, code_until=now + CODE_LASTS)


def without_code(letter: Letter, *, number: int) -> Letter:
    """Give the letter without the code that could not be sent, so that another is at once; a later one counts on."""
    return replace(letter, code_until=None) if letter.code_number == number else letter


def _counted(letter: Letter, *, now: datetime) -> tuple[Opening, Letter]:
    tries = letter.wrong_tries + 1
    if tries >= MOST_WRONG_TRIES:
        return Opening.PAUSED, replace(letter, wrong_tries=0, paused_until=now + PAUSE)
    return Opening.WRONG, replace(letter, wrong_tries=tries, paused_until=None)


def _plain(reference: str) -> bytes:
    """People type a reference with or without dashes, spaces and capitals."""
    return re.sub(r"[^0-9A-Z]", "", reference.upper()).encode()
