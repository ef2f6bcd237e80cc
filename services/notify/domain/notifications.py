"""What somebody else sends through us: one e-mail, text message or letter, and how far it got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID, uuid5

from services.notify.domain.states import Status as Status  # noqa: PLC0414 the doors of the API know it from here
from services.notify.domain.states import may_become
from services.notify.domain.templating import Values

MOST_REFERENCE: Final = 1000
"""Characters."""
MOST_REFERENCE_BYTES: Final = 2000
"""In UTF-8: an index of PostgreSQL holds no more than 2,704."""
MOST_SUBJECT: Final = 998
"""Characters of a subject: a line of a mail (RFC 5322, 2.1.1). The time to write a longer one grows with its square."""
POSTAGE: Final[Mapping[str, int]] = {
    "first": 1,
    "second": 3,
    "economy": 8,
    "netherlands": 2,
    "europe": 5,
    "rest-of-world": 7,
}
"""Working days on the way: the most that GOV.UK Notify names for each; in the Netherlands the two of the post here."""


class Channel(StrEnum):
    """How a notification travels; also the kind of a template."""

    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"


MOST_CHARACTERS: Final[Mapping[Channel, int]] = {Channel.SMS: 918, Channel.EMAIL: 2_000_000, Channel.LETTER: 100_000}
"""Of what a message says: six parts of a text message, as much mail as GOV.UK Notify takes, some thirty pages."""


class KeyType(StrEnum):
    """What an API key may do: send to anyone, only to one's own team and guests, or only seem to send."""

    LIVE = "live"
    TEAM = "team"
    TEST = "test"


@dataclass(frozen=True, kw_only=True)
class Template:
    """One version of a text with holes. `subject` is None for a text message, `postage` for all but letters."""

    id: UUID
    version: int
    channel: Channel
    name: str
    subject: str | None
    body: str
    postage: str | None
    created_by: str
    created_at: datetime
    updated_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Notification:
    """One message of a client of the API.

    `recipient` is an e-mail address, a phone number (E.164), or the first line of a letter's `address`. `body` and
    `subject` are filled in; `values` are what they were filled with. Moments are aware (UTC). `sha256` names the PDF
    of a letter in the vault. A letter that came whole as PDF has no template. `sender` is the name or the address for
    answers that was chosen for this one, None: those of its client.
    """

    id: UUID
    client_id: UUID
    key_type: KeyType
    channel: Channel
    template_id: UUID | None
    template_version: int | None
    recipient: str
    address: tuple[str, ...]
    reference: str | None
    subject: str | None
    body: str
    values: Values
    postage: str | None
    unsubscribe_url: str | None
    status: Status
    created_at: datetime
    sent_at: datetime | None = None
    completed_at: datetime | None = None
    scheduled_for: datetime | None = None
    sha256: str | None = None
    sender: str | None = None

    @property
    def made_of(self) -> tuple[UUID, int]:
        """Give its template and version; clients expect one of every letter, so all their PDFs have one in common."""
        if self.template_id is None:
            return uuid5(self.client_id, "pdf"), 1
        return self.template_id, self.template_version or 1


_LATER_BOUNCED: Final = (Status.DELIVERED, Status.PERMANENT_FAILURE)
_SLOW: Final = (Status.SENDING, Status.DELIVERED)
PRETENDED: Final[Mapping[str, tuple[Status, ...]]] = {
    # the addresses that GOV.UK Notify keeps for trying out
    "simulate-delivered@notifications.service.gov.uk": (Status.DELIVERED,),
    "simulate-delivered-2@notifications.service.gov.uk": (Status.DELIVERED,),
    "simulate-delivered-3@notifications.service.gov.uk": (Status.DELIVERED,),
    "temp-fail@simulator.notify": (Status.TEMPORARY_FAILURE,),
    "perm-fail@simulator.notify": (Status.PERMANENT_FAILURE,),
    "+447700900000": (Status.DELIVERED,),
    "+447700900111": (Status.DELIVERED,),
    "+447700900222": (Status.DELIVERED,),
    "+447700900003": (Status.TEMPORARY_FAILURE,),
    "+447700900002": (Status.PERMANENT_FAILURE,),
    # ours; the numbers are of the range that Ofcom gives to nobody
    "delivered@simulator.notify": (Status.DELIVERED,),
    "bounced@simulator.notify": (Status.PERMANENT_FAILURE,),
    "later-bounced@simulator.notify": _LATER_BOUNCED,
    "+447700900004": _LATER_BOUNCED,
    "slow@simulator.notify": _SLOW,
    "+447700900005": _SLOW,
}
"""Addresses and numbers for trying out, and what becomes step by step of what is sent to them."""

PRETENDED_WAIT: Final = timedelta(seconds=60)
"""Between two steps of what becomes of a message that never leaves."""


def pretended_course(recipient: str, *, key_type: KeyType) -> tuple[Status, ...]:
    """Give what becomes, step by step, of a message to an address for trying out or of a test key; (): it leaves."""
    course = PRETENDED.get(recipient.casefold(), ())
    return course or ((Status.DELIVERED,) if key_type is KeyType.TEST else ())


class Waiting(Protocol):
    """What tells whether a message is still here."""

    @property
    def channel(self) -> Channel:
        """How it travels."""

    @property
    def status(self) -> Status:
        """How far it got."""

    @property
    def scheduled_for(self) -> datetime | None:
        """When it is due, if its client chose that."""


def may_be_cancelled(sent: Waiting, /) -> bool:
    """Tell whether it can be kept here: a letter that is not printed, or what is scheduled and was not handed over."""
    waits = sent.channel is Channel.LETTER or sent.scheduled_for is not None
    return waits and may_become(sent.status, to=Status.CANCELLED)


def reference_fits(reference: str, /) -> bool:
    """Tell whether a reference can be kept and found."""
    return len(reference) <= MOST_REFERENCE and len(reference.encode()) <= MOST_REFERENCE_BYTES


def moment(at: datetime | None) -> str | None:
    """Write a moment in UTC with microseconds, as other systems read it in GOV.UK Notify."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if at else None
