"""Whom a notification goes to: an e-mail address or a phone number, each in one form."""

from __future__ import annotations

import re
from typing import Final

import phonenumbers

HOME: Final = "NL"
"""A phone number without a country is Dutch."""

_LONGEST_EMAIL: Final = 320
_EMAIL: Final = re.compile(
    r"[^\s@<>(),;:\"\[\]\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}", re.I
)


def email_of(text: str) -> str | None:
    """Give an e-mail address as it is used; None when it is none."""
    address = text.strip()
    fits = len(address) <= _LONGEST_EMAIL and _EMAIL.fullmatch(address) and ".." not in address
    return address if fits else None


def phone_of(text: str) -> str | None:
    """Give a phone number as E.164; None when it is none."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return None
    # numbers for trying out are possible without being handed out
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def comparable(recipient: str) -> str:
    """Give the form in which the same address or number is always the same."""
    number = None if "@" in recipient else phone_of(recipient)
    return number or recipient.strip().casefold()
