"""Writes a message once more as its reader saw it, but for its secret link, and compares it with what was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from services.notify.domain.messages import Message
from services.notify.ports import Links, RefusedError, Writer
from services.notify.sending import said_in
from shared.catalogue.faults import FaultyCatalogueError
from shared.events import Words

HIDDEN: Final = Words(nl="‹persoonlijke link›", en="‹personal link›")
"""Stands for the link that opens the page of the reader: nobody else may follow it."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the reader saw; `exact` tells that this very text was handed over, and not one that was changed since."""

    subject: str
    text: str
    exact: bool


def reread(message: Message, *, sent: Collection[str], writer: Writer, links: Links) -> Seen | None:
    """Write a mail again; `sent` are the hashes of what was handed over. None: its text cannot be filled any more."""
    link = links.link(message.letter_id) if message.letter_id else message.link or ""
    hidden = HIDDEN.nl if message.language == "nl" else HIDDEN.en
    covered = replace(message, link=message.link and hidden)
    try:
        real = writer.write(message, link=link, now=message.at)
        shown = writer.write(covered, link=link and hidden, now=message.at)
    except (RefusedError, FaultyCatalogueError):
        return None
    exact = hashlib.sha256(said_in(real).encode()).hexdigest() in sent
    return Seen(subject=shown.subject, text=shown.text, exact=exact)
