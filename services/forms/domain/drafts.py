"""A form that is being filled in, until it is handed in or its time is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from services.forms.domain.identity import Identity, SignInFirstError, is_enough, ways_of
from shared.catalogue.definitions import Kind, Product, Question, SignIn
from shared.events import Intake, Language, Link, Words
from shared.ids import new_id
from shared.law.calendar import AMSTERDAM, local_date

Channel = Literal["web", "api", "desk", "phone", "post", "other"]
"""How a form comes in."""

WRITTEN: Final = ("post", "other")
"""The ways in which something lay with the municipality before staff filled it in: a letter, or an e-mail."""

KEPT_DAYS = 30
WARNED_DAYS = 5
"""So many days before a form is erased its owner hears of it."""

MOST_MAILS = 5

CONFIRM_DAYS: Final = 7
"""How long who signs along has to follow the link; then what they filled in is erased."""


class UnknownDraftError(Exception):
    """No draft belongs to this link, or its time is over."""


class HandedInError(Exception):
    """This form was handed in already; the reference says which case it became."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class NowhereElseError(Exception):
    """No other form fits better than this one."""


class TooManyMailsError(Exception):
    """This draft has been mailed too often already."""


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """What people can sign along with up to and with `last_day`; `signed` counts each person once.

    `text` is what they sign: answers by question id.
    """

    text: Mapping[str, str]
    last_day: date
    signed: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft, with the product version it started on.

    `typed` holds, by step, the fields of pages with texts that could not be read yet. `revision` goes up with
    every change. `skipped` are questions that the resident leaves open on purpose. `went_on`: the resident read that
    this is not needed, or that another form fits better, and goes on all the same. `owner` is the mark of
    whoever was signed in when it began, `prefilled` says which answers were known already (`prefilling.Prefilled`).
    `intake` says how it came in when staff fills it in for somebody. `renewed_from` is the version that it left for a
    newer one, until the next page is kept. `corrects` is the reference of the application that it changes, and `as_of`
    the day on which the rules are read for it; None is today.
    `link` is the case to which this form belongs when it asks to change or prolong what that gave.
    `measured` is what was counted of filling in (`measuring.to_plain`). Without `has_files` there are no files to read.
    `gathering` is None until its text was put up to be signed.
    """

    id: UUID
    product: str
    version: str
    language: Language
    answers: Mapping[str, Any]
    typed: Mapping[str, Mapping[str, list[str]]]
    skipped: Sequence[str]
    went_on: bool
    revision: int
    keep_until: date
    reference: str | None
    owner: bytes | None = None
    prefilled: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    renewed_from: str | None = None
    corrects: str | None = None
    as_of: date | None = None
    intake: Intake | None = None
    measured: Mapping[str, Any] = field(default_factory=dict)
    has_files: bool = True
    link: Link | None = None
    gathering: Gathering | None = None


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """Whom to tell that a draft is erased after `keep_until`: who had the link to it mailed."""

    draft_id: UUID
    email: str
    language: Language
    title: Words
    keep_until: date


def is_nearly_over(draft: Draft, *, today: date) -> bool:
    """Whether the warning that a draft is erased soon would come now, or came already."""
    return draft.keep_until <= today + timedelta(days=WARNED_DAYS)


def begin_draft(product: Product, *, language: Language, today: date, who: Identity | None = None) -> Draft:
    """An empty draft of whoever is signed in, kept for thirty days from today.

    Raises:
        SignInFirstError: nobody is signed in as surely as the product asks.
    """
    if not is_enough(who, ways=ways_of(product.sign_in)):
        raise SignInFirstError(product.id)
    return Draft(
        id=new_id(),
        product=product.id,
        version=product.version,
        language=language,
        answers={},
        typed={},
        skipped=(),
        went_on=False,
        revision=0,
        keep_until=today + timedelta(days=KEPT_DAYS),
        reference=None,
        owner=who.mark if who else None,
    )


def begin_for_somebody(product: Product, *, language: Language, today: date, intake: Intake, received: date) -> Draft:
    """An empty draft that staff fills in for somebody; its rules are read on the day it came in (Awb 2:20).

    Nobody signs in for it, whatever the product asks: who it is for is seen at the desk, heard or read.
    """
    bare = begin_draft(replace(product, sign_in=SignIn()), language=language, today=today)
    return replace(bare, intake=intake, as_of=received if intake.channel in WRITTEN else None)


def check_owner(draft: Draft, *, product: Product, who: Identity | None, at_desk: bool = False) -> None:
    """See that whoever is signed in may open this draft; to others a form for which one signs in does not exist.

    What staff fills in for somebody opens for staff at the desk only. What came in without signing in is corrected so
    too: the secret link that shows it is enough.

    Raises:
        SignInFirstError: nobody is signed in as surely as the product asks.
        UnknownDraftError: somebody else began it.
    """
    if draft.intake:
        if not at_desk:
            raise UnknownDraftError
        return
    if draft.corrects and draft.owner is None:
        return
    ways = ways_of(product.sign_in)
    if not is_enough(who, ways=ways):
        raise SignInFirstError(product.id)
    if ways and who and draft.owner != who.mark:
        raise UnknownDraftError


def received_moment(draft: Draft, *, now: datetime) -> datetime:
    """When this form reached the municipality: now, or on the day that a letter or e-mail came in (Awb 2:20)."""
    written = draft.intake is not None and draft.intake.channel in WRITTEN
    if not written or draft.as_of is None or draft.as_of == local_date(now):
        return now
    return datetime.combine(draft.as_of, time(12), tzinfo=AMSTERDAM).astimezone(UTC)


def with_count(draft: Draft, *, product: Product) -> Draft:
    """The draft with how many signed for just what it says now; nobody types that number.

    When it changes what was sent, the number is what it was then.
    """
    role, gathering = product.roles.supporters, draft.gathering
    if role is None or draft.corrects:
        return draft
    same = gathering is not None and gathering.text == text_to_sign(product, answers=draft.answers)
    return replace(draft, answers={**draft.answers, role: gathering.signed if gathering and same else 0})


def text_to_sign(product: Product, *, answers: Mapping[str, Any]) -> dict[str, str]:
    """What people sign along with: the facts in the applicant's own words, as far as they are written."""
    return {one.id: answers[one.id] for one in questions_to_sign(product) if answers.get(one.id)}


def questions_to_sign(product: Product) -> list[Question]:
    """The questions with what people sign along with."""
    facts = (one for one in product.questions if one.id in product.roles.facts)
    return [one for one in facts if one.kind in (Kind.TEXT, Kind.LONG_TEXT)]
