"""What a letter says that its mail leaves to the page of the case: not everyone who gets letters can open a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shared.events import AnswerSection, CaseOpened, DeadlineChanged, InformationAsked
from shared.term_events import DelayTold, TermSuspended


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What is asked, or the reason in Dutch (Awb 2:6), and the answers that a receipt confirms (Awb 2:17 lid 2)."""

    text: str = ""
    shown: tuple[AnswerSection, ...] = ()


NOTHING_MORE: Final = Paper()


def paper_of(fact: object) -> Paper:
    """Give what the letter about this fact says more; nothing where the mail says all."""
    match fact:
        case CaseOpened():
            return Paper(shown=fact.shown)
        case InformationAsked():
            return Paper(text=fact.question)
        case DelayTold() | TermSuspended() | DeadlineChanged():
            return Paper(text=fact.because.nl)
    return NOTHING_MORE
