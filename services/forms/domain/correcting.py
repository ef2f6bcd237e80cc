"""Changing what was sent, as long as nobody at the municipality began with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from services.forms.domain.drafts import KEPT_DAYS, Draft
from services.forms.domain.identity import Identity
from services.forms.domain.payments import Bill, pays_first
from shared.catalogue.definitions import Product
from shared.events import Language
from shared.ids import new_id
from shared.law.calendar import local_date


class TakenError(Exception):
    """Somebody began with the case, or it is over: its answers can no longer be changed by oneself."""


@dataclass(frozen=True, kw_only=True)
class Correctable:
    """What was sent, as far as a correction begins with it."""

    reference: str
    product: str
    version: str
    language: Language
    received_at: datetime
    answers: Mapping[str, Any]
    owner: bytes | None


def takes_corrections(*, owner: bytes | None, who: Identity | None, bill: Bill | None = None) -> bool:
    """Whether this visitor may change answers without more: not while it must be paid before it counts.

    What somebody sent who was signed in opens for nobody else; whoever is not signed in (yet) may be them.
    """
    own = owner is None or who is None or who.mark == owner
    return own and not (bill and bill.held)


def price_differs(bill: Bill | None, *, cents: int | None, product: Product, online: bool) -> bool:
    """Whether somebody paid, or began to, another amount than it costs with these answers.

    Where one pays `online`, what would count only once it is paid cannot cost anything else after it was sent.
    """
    fixed = (online and pays_first(product, cents=cents)) or (bill is not None and bool(bill.payments))
    return fixed and (bill.cents if bill else 0) != (cents or 0)


def begin_correction(of: Correctable, *, today: date) -> Draft:
    """A draft with the answers as they were sent; the rules are read on the day of receipt, which stays."""
    return Draft(
        id=new_id(),
        product=of.product,
        version=of.version,
        language=of.language,
        answers=of.answers,
        typed={},
        skipped=(),
        went_on=True,
        revision=0,
        keep_until=today + timedelta(days=KEPT_DAYS),
        reference=None,
        owner=of.owner,
        corrects=of.reference,
        as_of=local_date(of.received_at),
    )
