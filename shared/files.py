"""The facts about the files of residents: those that come later, and what the malware scanner says of them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.values import Contact, Nature, SentFile, Words
from shared.wire import event


@event(version=1)
class FileAwaitsScan:
    """A file came in while the malware scanner was away (forms to itself)."""

    file_id: UUID


@event(version=1)
class FileScanned:
    """The malware scanner judged a file of a form that was handed in before; unjudged: it cannot, however often."""

    reference: str
    file_id: UUID
    scan: Literal["clean", "infected", "unjudged"]


@event(version=1)
class FileAdded:
    """The applicant or an adviser outside added a file later; `words` is what they say of it, and may be empty."""

    reference: str
    at: datetime
    file: SentFile
    words: str


@event(version=1)
class FileRefused:
    """A file of an open case stays shut: it carries a virus, or nobody can judge it. The applicant must hear of it."""

    reference: str
    at: datetime
    nature: Nature
    title: Words
    because: Literal["infected", "unjudged"]
    contact: Contact
