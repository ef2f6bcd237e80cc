"""What forms tells of a form that was not sent yet: a link to it was asked for, it is supported, or erased soon."""

from __future__ import annotations

from datetime import date

from shared.values import Language, Words
from shared.wire import event, value


@value
class _OfDraft:
    title: Words
    email: str
    language: Language
    link: str
    keep_until: date


@event(version=1)
class DraftKept(_OfDraft):
    """A resident asked for a link to go on later; `link` opens the draft."""


@event(version=1)
class DraftExpires(_OfDraft):
    """A form that was not sent is erased after `keep_until`, and who had its link mailed must hear of it."""


@event(version=1)
class AddressTyped(_OfDraft):
    """A form counts only once this address is confirmed; `link` does so, and shows nothing of the form."""


@event(version=1)
class SupportTyped(_OfDraft):
    """Somebody signs along with an initiative; it counts once `link` was followed, which also takes it back."""
