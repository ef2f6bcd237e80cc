"""What people think of a question or rule, without anything by which they could be known."""

from __future__ import annotations

import re
from typing import Final

LONGEST_OPINION: Final = 1000
LEFT_OUT: Final = "[weggelaten]"

_TRACES: Final = (
    re.compile(r"\S+@\S+"),
    re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE),
    re.compile(r"\bZ-\d{4}-\w{4}-\w{4}\b", re.IGNORECASE),
    re.compile(r"\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b", re.IGNORECASE),
    re.compile(r"(?<!\w)\+?\d(?:[\s().-]{0,3}\d){5,}\b"),
    re.compile(r"\b[1-9]\d{3}(?:\s?[A-Z]{2}|[a-z]{2})\b(?:\s*\d+(?:\s?[a-zA-Z]\b)?)?"),
)
"""Mail addresses, links, case numbers, bank accounts, any longer row of digits, and postcodes with a house number."""


def without_traces(words: str) -> str:
    """The words on one line, without what points at a person: addresses, accounts and longer numbers."""
    text = " ".join(words.replace("\x00", " ").split())[:LONGEST_OPINION]
    for trace in _TRACES:
        text = trace.sub(LEFT_OUT, text)
    return text
