"""A form that is being filled in, until it is handed in or its time is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.forms.domain.identity import Identity, SignInFirstError, is_enough, ways_of
from shared.catalogue.definitions import Product
from shared.events import Language, Words
from shared.ids import new_id

KEPT_DAYS = 30
WARNED_DAYS = 5
"""So many days before a form is erased its owner hears of it."""

MOST_MAILS = 5


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
class Draft:
    """A draft, with the product version it started on.

    `typed` holds, by step, the fields of pages with texts that could not be read yet. `revision` goes up with
    every change. `skipped` are questions that the resident leaves open on purpose. `went_on`: the resident read that
    this is not needed, or that another form fits better, and goes on all the same. `owner` is the mark of
    whoever was signed in when it began, `prefilled` says which answers were known already (`prefilling.Prefilled`).
    `renewed_from` is the version that it left for a newer one, until the next page is kept. `corrects` is the reference
    of the application that it changes, and `as_of` the day on which the rules are read for it; None is today.
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


def check_owner(draft: Draft, *, product: Product, who: Identity | None) -> None:
    """See that whoever is signed in may open this draft; to others a form for which one signs in does not exist.

    Raises:
        SignInFirstError: nobody is signed in as surely as the product asks.
        UnknownDraftError: somebody else began it.
    """
    ways = ways_of(product.sign_in)
    if not is_enough(who, ways=ways):
        raise SignInFirstError(product.id)
    if ways and who and draft.owner != who.mark:
        raise UnknownDraftError
