"""Has what other systems send looked at for malware."""

from __future__ import annotations

import io
from collections.abc import Callable

from services.notify.ports import UnreachableError
from shared.clamd import Clamd, ScannerAwayError

FindMalware = Callable[[bytes], str | None]
"""Gives the name of the malware in a file; None: it is clean, or nobody looks. Raises UnreachableError."""


def malware_with(url: str) -> FindMalware:
    """Ask the clamd at this address; without one nobody looks."""
    if not url:
        return look_at_nothing
    clamd = Clamd(url)

    def find(content: bytes) -> str | None:
        try:
            return clamd.find(io.BytesIO(content))
        except ScannerAwayError as error:
            raise UnreachableError(str(error)) from error

    return find


def look_at_nothing(content: bytes) -> None:
    """Find nothing: there is no scanner."""
