"""Which check belongs to which kind of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.forms.domain.accepting import choices, codes, contacts, moments, numbers, places, texts
from shared.catalogue.definitions import Kind, Question

CHECKS: Mapping[Kind, Callable[[Question, Any], Any]] = {
    Kind.TEXT: texts.text,
    Kind.LONG_TEXT: texts.long_text,
    Kind.INTEGER: numbers.integer,
    Kind.DECIMAL: numbers.decimal,
    Kind.AMOUNT: numbers.amount,
    Kind.YES_NO: choices.yes_no,
    Kind.CHOICE: choices.choice,
    Kind.CHOICES: choices.choices,
    Kind.DATE: moments.date,
    Kind.TIME: moments.time,
    Kind.PERIOD: moments.period,
    Kind.ADDRESS: places.address,
    Kind.EMAIL: contacts.email,
    Kind.PHONE: contacts.phone,
    Kind.KVK: codes.kvk,
    Kind.BRANCH: codes.branch,
    Kind.IBAN: codes.iban,
    Kind.BSN: codes.bsn,
    Kind.PLATE: codes.plate,
    Kind.FILE: choices.files,
    Kind.DECLARATION: choices.declaration,
}
