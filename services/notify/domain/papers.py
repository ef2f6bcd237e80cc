"""What a letter says that its mail leaves to the page of the case: not everyone who gets letters can open a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shared.events import AnswerSection


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What is asked, or the reason in Dutch (Awb 2:6), and the answers that a receipt confirms (Awb 2:17 lid 2)."""

    text: str = ""
    shown: tuple[AnswerSection, ...] = ()


NOTHING_MORE: Final = Paper()
