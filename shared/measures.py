"""The fact about how forms are filled in: a part of the vocabulary."""

from __future__ import annotations

from datetime import date
from typing import Literal

from shared.wire import event, value


@value
class MeasureCount:
    """How often something happened on a day: `what` to the form itself, or to the step, question or rule of this id."""

    subject: Literal["form", "step", "question", "rule"]
    id: str
    what: str
    count: int


@event(version=1)
class FormsMeasured:
    """How the forms of one version of a product were filled in that were sent or left by this day: counts only."""

    on: date
    product: str
    version: str
    counts: tuple[MeasureCount, ...]
