"""The facts about participation: public notices of cases, the views that people send in on them, and what came of it.

No name of the applicant stands in a notice, and no reference of a case: its `number` is public (Awb 3:11, 3:12).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from shared.values import Words
from shared.wire import event

Audience = Literal["anyone", "interested"]
"""Who may react: anyone, or who is affected (Awb 3:15 lid 1)."""


@event(version=1)
class NoticePublished:
    """A case is made known to the public, and can be reacted to from `first` up to and with `last`.

    `text` says what the plan is, `draft` what the municipality means to decide (Awb 3:11): empty when nothing is laid
    for inspection. The texts are Dutch, as the handler wrote them.
    """

    reference: str
    number: str
    at: datetime
    product: str
    theme: str
    title: Words
    heading: str
    place: str
    text: str
    draft: str
    audience: Audience
    first: date
    last: date


@event(version=1)
class NoticeTakenDown:
    """A notice is shown no more before its time."""

    reference: str
    number: str
    at: datetime
