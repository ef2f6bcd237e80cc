"""Files that a client of the API sends as a link in an e-mail: which may, and for how long."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

LARGEST: Final = 2 * 1024 * 1024
"""Bytes, as the official clients check."""

USUAL_WEEKS: Final = 26
MOST_WEEKS: Final = 78

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "rtf": "application/rtf",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What may be sent, by the ending of its name."""

_BEGINS: Final = {"pdf": b"%PDF-", "png": b"\x89PNG", "jpg": b"\xff\xd8", "jpeg": b"\xff\xd8"} | dict.fromkeys(
    ("docx", "odt", "xlsx"), b"PK"
)
_NAME: Final = re.compile(r"[^/\\\x00-\x1f\x7f\"<>|:*?]{1,100}")
_WEEKS: Final = re.compile(r"([1-9][0-9]?) weeks?")


class UnfitFileError(Exception):
    """This file cannot be sent; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as a client sent it; `confirm`: who opens it first gives the address that the mail went to."""

    content: bytes
    name: str
    type: str
    confirm: bool
    weeks: int

    def expires_on(self, today: date) -> date:
        """Give the last day on which it can be opened."""
        return today + timedelta(weeks=self.weeks)


def read_upload(content: bytes, *, name: str | None, confirm: bool | None, retention: str | None) -> Upload:
    """Check a file; without a name it is a PDF, without a retention period it stays 26 weeks.

    Raises:
        UnfitFileError: too large, empty, of another kind than its name says or than may be sent, or kept too long.
    """
    if not content or len(content) > LARGEST:
        raise UnfitFileError("File must be smaller than 2MB" if content else "File is empty")
    name = name or "document.pdf"
    ending = name.rpartition(".")[2].lower()
    if not _NAME.fullmatch(name) or ending not in TYPES:
        raise UnfitFileError(f"Unsupported file type. Supported types are: {', '.join(sorted(TYPES))}")
    if not content.startswith(_BEGINS.get(ending, b"")):
        raise UnfitFileError(f"The file is no {ending}, as its name says")
    weeks = _WEEKS.fullmatch(retention) if retention else None
    if retention and (weeks is None or int(weeks[1]) > MOST_WEEKS):
        raise UnfitFileError(f"Retention period must be a string of '1 to {MOST_WEEKS} weeks'")
    return Upload(
        content=content,
        name=name,
        type=TYPES[ending],
        confirm=confirm is not False,
        weeks=int(weeks[1]) if weeks else USUAL_WEEKS,
    )
