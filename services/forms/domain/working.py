"""The text of a product that functional administrators are working on, until they publish it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MOST_FILES: Final = 100
LONGEST_FILE: Final = 300_000
"""Characters of one text; the longest in the catalogue has 65,000."""

_PRODUCT = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FILE = re.compile(r"form\.yaml|process\.yaml|cases/[a-z0-9][a-z0-9-]*\.yaml|letters/[a-z0-9][a-z0-9-]*\.(txt|md|yaml)")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RESERVED: Final = frozenset(
    {
        "balie",
        "beheer",
        "bekendmakingen",
        "gestopt",
        "health",
        "inloggen",
        "metrics",
        "mijn",
        "open-data",
        "openbaar",
        "privacy",
        "toegankelijkheid",
        "uitgelogd",
        "uitloggen",
    }
)
_LONGEST_NAME: Final = 60


class NoWorkingCopyError(Exception):
    """Nobody is working on this product."""


class ChangedByColleagueError(Exception):
    """A colleague changed the text after this page was opened."""


class UnfitTextError(Exception):
    """This file name or text can be no part of a product; `code` says what is wrong with it."""

    def __init__(self, code: str, *, name: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.name = name


@dataclass(frozen=True, kw_only=True)
class WorkingCopy:
    """The texts by relative path, examples among them; `based_on` is the version it began with, None if new."""

    product: str
    based_on: str | None
    files: Mapping[str, str]
    revision: int
    begun_at: datetime
    begun_by: str
    changed_at: datetime
    changed_by: str


def check_product_id(product_id: str) -> str:
    """See that a product can have this id, which is also its address.

    Raises:
        UnfitTextError: it cannot.
    """
    if not _PRODUCT.fullmatch(product_id) or len(product_id) > _LONGEST_NAME or product_id in _RESERVED:
        raise UnfitTextError("product", name=product_id)
    return product_id


def check_file(name: str, text: str, /) -> str:
    """See that a product can have this file; gives its text with the ends of lines as we keep them.

    Raises:
        UnfitTextError: the name has no place here, or the text is too long or no text.
    """
    if not _FILE.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise UnfitTextError("name", name=name)
    if len(text) > LONGEST_FILE:
        raise UnfitTextError("long", name=name)
    if _UNREADABLE.search(text):
        raise UnfitTextError("no_text", name=name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_files(files: Mapping[str, str]) -> dict[str, str]:
    """See that these files together can be a product.

    Raises:
        UnfitTextError: as `check_file`; or there are too many.
    """
    if len(files) > MOST_FILES:
        raise UnfitTextError("many")
    return {name: check_file(name, text) for name, text in sorted(files.items())}
