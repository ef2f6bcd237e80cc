"""Numbers that somebody issued: of companies, people, accounts and vehicles."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from stdnum import iban as stdnum_iban
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.nl import bsn as stdnum_bsn

from services.forms.domain.accepting.texts import plain
from services.forms.domain.faults import WrongAnswerError, fault
from services.forms.domain.plates import is_dutch, is_foreign
from shared.catalogue.definitions import Question
from shared.events import Words

_MOST = 60  # longer is no number with spaces, but somebody trying something


def kvk(question: Question, value: Any, /) -> str:
    """The eight digits of a company."""
    return _digits(question, value, length=8)


def branch(question: Question, value: Any, /) -> str:
    """The twelve digits of a company's branch (vestigingsnummer)."""
    return _digits(question, value, length=12)


def iban(question: Question, value: Any, /) -> str:
    """A bank account of any country, by its own form and its check digits (ISO 13616)."""
    text = _bare(question, value)
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", text):
        raise WrongAnswerError(fault(question, code="malformed"))
    return _checked(question, text, check=_check_iban, mistyped=_IBAN_MISTYPED)


def bsn(question: Question, value: Any, /) -> str:
    """Nine digits that stand the eleven test; of a number of eight the first is nought."""
    digits = _bare(question, value)
    if not re.fullmatch(r"(?!00)[0-9]{9}|[1-9][0-9]{7}", digits):
        raise WrongAnswerError(fault(question, code="malformed"))
    return _checked(question, digits.zfill(9), check=stdnum_bsn.validate, mistyped=_BSN_MISTYPED)


def plate(question: Question, value: Any, /) -> str:
    """The letters and digits of a number plate."""
    text = _bare(question, value)
    if is_dutch(text) or (question.foreign and is_foreign(text)):
        return text
    raise WrongAnswerError(fault(question, code="malformed", default=_FOREIGN_PLATE if question.foreign else None))


def _bare(question: Question, value: Any) -> str:
    """Upper case, without what people put between for the eye."""
    text = plain(question, value)
    if len(text) > _MOST:
        raise WrongAnswerError(fault(question, code="malformed"))
    return re.sub(r"[\s.·•‐‑–—-]", "", text).upper()


def _digits(question: Question, value: Any, *, length: int) -> str:
    digits = _bare(question, value)
    if not re.fullmatch(rf"[0-9]{{{length}}}", digits):
        raise WrongAnswerError(fault(question, code="malformed"))
    return digits


def _check_iban(text: str) -> str:
    """Without the lists of banks that some countries keep: a new bank is no mistake of the resident."""
    return str(stdnum_iban.validate(text, check_country=False))


def _checked(question: Question, text: str, *, check: Callable[[str], str], mistyped: Words) -> str:
    try:
        return check(text)
    except InvalidChecksum:
        raise WrongAnswerError(fault(question, code="malformed", default=mistyped)) from None
    except ValidationError:
        raise WrongAnswerError(fault(question, code="malformed")) from None


_IBAN_MISTYPED = Words(
    nl="Dit rekeningnummer klopt niet. Misschien is een teken verkeerd of omgewisseld",
    en="This account number is not right. Perhaps a character is wrong or swapped",
)
_BSN_MISTYPED = Words(
    nl="Dit burgerservicenummer klopt niet. Misschien is een cijfer verkeerd of omgewisseld",
    en="This citizen service number is not right. Perhaps a digit is wrong or swapped",
)
_FOREIGN_PLATE = Words(
    nl="Vul een kenteken in zoals AB-123-C. Een buitenlands kenteken mag ook",
    en="Fill in a number plate like AB-123-C. A foreign one is fine too",
)
