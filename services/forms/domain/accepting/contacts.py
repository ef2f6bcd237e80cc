"""Ways to reach somebody."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers

from services.forms.domain.accepting.texts import plain
from services.forms.domain.faults import WrongAnswerError, fault
from shared.catalogue.definitions import Question

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,62}")


def email(question: Question, value: Any, /) -> str:
    """An e-mail address, its domain in the letters of the wire."""
    text = plain(question, value).strip()
    local, _, domain = text.rpartition("@")
    if len(text) > 254 or ".." in text or not _EMAIL.fullmatch(text) or local.startswith(".") or local.endswith("."):
        raise WrongAnswerError(fault(question, code="malformed"))
    try:
        return f"{local}@{domain.encode('idna').decode('ascii').lower()}"
    except UnicodeError:
        raise WrongAnswerError(fault(question, code="malformed")) from None


def phone(question: Question, value: Any, /) -> str:
    """A number in E.164; without a country code it is a Dutch one."""
    text = plain(question, value)
    if len(text) > 40:
        raise WrongAnswerError(fault(question, code="malformed"))
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException:
        raise WrongAnswerError(fault(question, code="malformed")) from None
    if not phonenumbers.is_valid_number(number):
        raise WrongAnswerError(fault(question, code="malformed"))
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
