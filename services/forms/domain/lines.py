"""In which lines two texts differ."""

from __future__ import annotations

from difflib import unified_diff


def changed_lines(old: str, new: str, /) -> list[str]:
    """The lines that differ with one around them: a minus before what goes, a plus before what comes."""
    return list(unified_diff(old.split("\n"), new.split("\n"), n=1, lineterm=""))[2:]
