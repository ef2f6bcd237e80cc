"""What forms tells of a form that was not sent yet: its link was asked for, or it is erased soon."""

from __future__ import annotations

from datetime import date

from shared.values import Language, Words
from shared.wire import event


@event(version=1)
class DraftKept:
    """A resident asked for a link to go on later; `link` opens the draft."""

    title: Words
    email: str
    language: Language
    link: str
    keep_until: date


@event(version=1)
class DraftExpires:
    """A form that was not sent is erased after `keep_until`, and who had its link mailed must hear of it."""

    title: Words
    email: str
    language: Language
    link: str
    keep_until: date
