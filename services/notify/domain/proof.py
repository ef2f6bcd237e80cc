"""The evidence of one message (Awb 2:25): its facts and each step, chained so that no line can be changed or gone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

What = Literal["made", "handed_over", "reported", "opened", "file_opened"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that happened (aware moment): at which system or address, with what outcome, in whose words.

    What was opened was so by the link that went to that address.

    `content` is the SHA-256 of what was handed over.
    """

    at: datetime
    what: What
    where: str = ""
    outcome: str = ""
    answer: str = ""
    content: str | None = None

    @property
    def said(self) -> dict[str, Any]:
        """The step as it stands in the file."""
        return {**vars(self), "at": self.at.isoformat()}


def chained(facts: Mapping[str, Any], *, steps: Sequence[Step]) -> dict[str, Any]:
    """Write the file: each step carries the hash of itself and all before it, `head` is that of the whole."""
    head = _hash("", facts)
    lines = []
    for step in steps:
        head = _hash(head, step.said)
        lines.append({**step.said, "hash": head})
    return {"message": dict(facts), "steps": lines, "head": head}


def is_whole(file: Mapping[str, Any]) -> bool:
    """Tell whether every hash in a file is the one that its lines give."""
    head = _hash("", file["message"])
    for line in file["steps"]:
        head = _hash(head, {name: value for name, value in line.items() if name != "hash"})
        if head != line["hash"]:
            return False
    return bool(head == file["head"])


def _hash(before: str, line: Mapping[str, Any]) -> str:
    text = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before}{text}".encode()).hexdigest()
