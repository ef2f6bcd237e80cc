"""The facts of what residents think of how it goes, and of what was done with it: a part of the vocabulary."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from shared.wire import Payload, event, renews, value


@event(version=1)
class OpinionGiven:
    """Somebody finds a question or rule unclear or needless; `words` points at no person, and `on` is the day only."""

    product: str
    subject: str
    verdict: Literal["unclear", "needless"]
    words: str
    on: date


@value
class StepMark:
    """A mark from 1 to 10 for one step: filling in, contact, the time it took, or how the decision was explained."""

    step: Literal["form", "contact", "time", "decision"]
    mark: int


@event(version=2)
class MarkGiven:
    """The applicant's mark from 1 to 10 for how it went, of which the latest counts; `words` may be empty.

    Since version 2 `words` points at no person, and steps can have a mark of their own.
    """

    reference: str
    at: datetime
    mark: int
    words: str
    steps: tuple[StepMark, ...]


@renews(MarkGiven, version=1)
def _marked_as_a_whole(told: Payload) -> Payload:
    """Version 1 knew one mark for all of it."""
    return {**told, "steps": []}


@event(version=1)
class RemarkAnswered:
    """What was done with remarks on a product, for everybody to read; `standing` is False once it is taken down.

    `said` puts in a word what residents said, in words of the staff. `subject` is the question or rule, "" for
    none in particular. Of one answer a False counts, in whatever order they come.
    """

    answer_id: UUID
    at: datetime
    product: str
    subject: str
    outcome: Literal["done", "not_done"]
    said: str
    done: str
    standing: bool
