"""The code on everything that our press makes: by it, or by its content, it is known again."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The alphabet of Crockford's base 32: no two signs look alike."""
_LENGTH: Final = 16
_GROUP: Final = 4
_MISREAD: Final = str.maketrans("OIL", "011")


@dataclass(frozen=True, kw_only=True)
class Made:
    """A PDF of our press: the code on it, its SHA-256, when it was made, and the case that it is about."""

    code: str
    sha256: str
    made_at: datetime
    reference: str | None = None


def new_code() -> str:
    """Give 80 random bits in four groups of four signs."""
    return _grouped("".join(secrets.choice(_SIGNS) for _ in range(_LENGTH)))


def read_code(typed: str) -> str | None:
    """Give the code that a person meant: with or without dashes, spaces and capitals, or with O for 0; None if none."""
    signs = re.sub(r"[\s\-–—.]", "", typed).upper().translate(_MISREAD)
    return _grouped(signs) if len(signs) == _LENGTH and set(signs) <= set(_SIGNS) else None


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))
