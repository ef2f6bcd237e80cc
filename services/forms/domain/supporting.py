"""Signing along with an initiative: who signs what, from when, and until when."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from services.forms.domain.asides import answers_in
from services.forms.domain.drafts import CONFIRM_DAYS, questions_to_sign, text_to_sign
from services.forms.domain.pages import Form
from services.forms.domain.reading import Reading
from shared.catalogue.definitions import Kind, Product, Question
from shared.events import Address, Words

GATHER_DAYS: Final = 56
"""How long people can sign one text."""

HAND_IN_DAYS: Final = 14
"""How long the draft is kept after that, to be handed in."""

MOST_MAILS: Final = 3
"""To one address for one initiative."""

FIELDS: Final = (
    Question(
        id="name",
        kind=Kind.TEXT,
        label=Words(nl="Uw naam", en="Your name"),
        hint=Words(nl="Uw voornaam en achternaam", en="Your first name and surname"),
        autocomplete="name",
        maximum=200,
        errors={"missing": Words(nl="Vul uw naam in", en="Fill in your name")},
    ),
    Question(
        id="address",
        kind=Kind.ADDRESS,
        label=Words(nl="Uw adres", en="Your address"),
        errors={"missing": Words(nl="Vul uw postcode en huisnummer in", en="Fill in your postcode and house number")},
    ),
    Question(
        id="email",
        kind=Kind.EMAIL,
        label=Words(nl="Uw e-mailadres", en="Your e-mail address"),
        hint=Words(nl="Wij mailen u een link om te bevestigen", en="We mail you a link to confirm"),
        autocomplete="email",
        errors={"missing": Words(nl="Vul uw e-mailadres in", en="Fill in your e-mail address")},
    ),
    Question(
        id="resident",
        kind=Kind.DECLARATION,
        label=Words(nl="Ik woon in deze gemeente", en="I live in this municipality"),
        errors={"missing": Words(nl="Alleen inwoners kunnen meetekenen", en="Only residents can sign along")},
    ),
)


class NotReadyError(Exception):
    """What people would sign is not written yet, or it would not be known who asks them."""


class NothingToSignError(Exception):
    """Nobody gathers supporters behind this link, or not any more, or for another text than was read."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs along, and the fingerprint of the text that they read."""

    name: str
    address: Address
    email: str
    fingerprint: str

    @property
    def person(self) -> str:
        """What is the same for one person at one address: capitals, accents and spaces do not matter."""
        plain = unicodedata.normalize("NFKD", self.name).casefold()
        name = "".join(sign for sign in plain if sign.isalnum())
        return f"{name} {self.address.postcode} {self.address.number.casefold()}"


def fingerprint(text: Mapping[str, str]) -> str:
    """What is the same for the same text: nobody signs another than they read."""
    return sha256(json.dumps(dict(text), sort_keys=True).encode()).hexdigest()


def text_of(form: Form) -> dict[str, str]:
    """What people sign along with in this form."""
    return text_to_sign(form.product, answers=form.draft.answers)


def written(text: Mapping[str, str], *, product: Product) -> list[tuple[Question, str]]:
    """What people sign, each with its question, as the form asks it."""
    return [(one, text[one.id]) for one in questions_to_sign(product) if one.id in text]


def may_begin(form: Form) -> bool:
    """Whether all that people sign is written, and nothing lacks without which it could never be handed in."""
    return not form.progress.barred and text_of(form).keys() == {one.id for one in questions_to_sign(form.product)}


def needed_of(product: Product) -> int:
    """How many it takes."""
    role = product.roles.supporters
    return int(product.question(role).minimum or 0) if role else 0


def confirm_by(today: date, *, last_day: date) -> date:
    """Until when the link works that somebody is mailed on this day."""
    return min(today + timedelta(days=CONFIRM_DAYS), last_day)


def signature_from(reading: Reading, *, fingerprint: str) -> Signature:
    """Who signs what, from the fields of the page.

    Raises:
        WrongAnswerError: with every fault, each named as its field.
    """
    found = answers_in(reading, asked=FIELDS)
    address = Address(**found["address"])
    return Signature(name=found["name"], address=address, email=found["email"], fingerprint=fingerprint)
