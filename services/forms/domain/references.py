"""Makes and recognises references of cases: "Z-2026-7KQ4-M2XD", easy to read out and not to be guessed."""

from __future__ import annotations

import re
import secrets

# without 0 O 1 I U: nothing that is misread or misheard; 31 signs, a prime, so the check sign finds every single
# wrong sign and every swap of two neighbours
SIGNS = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
_RANDOM = 7
_PATTERN = re.compile(rf"Z-([0-9]{{4}})-([{SIGNS}]{{4}})-([{SIGNS}]{{4}})")


def new_reference(year: int) -> str:
    """A fresh reference: seven random signs (35 bits) and a check sign."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(_RANDOM))
    return _write(year, drawn + _check_sign(year, drawn))


def tidy_reference(typed: str) -> str | None:
    """The reference as people type it, with any spaces, dashes and case; None when it cannot be one."""
    plain = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    if not re.fullmatch(rf"Z[0-9]{{4}}[{SIGNS}]{{{_RANDOM + 1}}}", plain):
        return None
    year, signs = int(plain[1:5]), plain[5:]
    return _write(year, signs) if _check_sign(year, signs[:-1]) == signs[-1] else None


def is_reference(text: str) -> bool:
    """Whether this is a reference exactly as we write it."""
    return _PATTERN.fullmatch(text) is not None and tidy_reference(text) == text


def _write(year: int, signs: str) -> str:
    return f"Z-{year}-{signs[:4]}-{signs[4:]}"


def _check_sign(year: int, drawn: str) -> str:
    values = [int(digit) for digit in str(year)] + [SIGNS.index(sign) for sign in drawn]
    total = sum(weight * value for weight, value in enumerate(values, start=2))
    return SIGNS[total % len(SIGNS)]
