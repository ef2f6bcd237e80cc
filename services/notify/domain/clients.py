"""A system of others that sends through the API, and its keys."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.notify.domain.notifications import Channel, KeyType
from services.notify.domain.recipients import comparable, email_of, phone_of


class Hears(StrEnum):
    """What a client is called about: what became of what it sent, texts of people, letters that came back, cases."""

    DELIVERY = "delivery"
    TEXT = "text"
    RETURNED = "returned"
    CASE = "case"


WEBHOOK_PREFIX: Final = "whsec_"
LONGEST_SENDER: Final = 11
"""Characters of a name that a phone shows."""


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A key of a client; `sealed` holds the secret that signs its tokens, `used_at` tells its last use to the hour."""

    id: UUID
    type: KeyType
    sealed: str
    revoked: bool = False
    used_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Client:
    """A system that sends through the API.

    `sms_sender` is the name that a phone shows (at most 11 characters), `guests` the addresses and numbers that a team
    key may send to, `reply_to` where answers to its mails go.
    """

    id: UUID
    name: str
    sms_sender: str
    reply_to: str | None = None
    guests: frozenset[str] = frozenset()
    archived: bool = False
    keys: tuple[ApiKey, ...] = ()

    def has_guest(self, recipient: str) -> bool:
        """Tell whether a team key may send to this address or number, however either is written."""
        return comparable(recipient) in set(map(comparable, self.guests))


def is_sender(address: str, *, channel: Channel) -> bool:
    """Tell whether a client may send by this: a name that a phone shows, or an e-mail address for answers."""
    return 1 <= len(address) <= LONGEST_SENDER if channel is Channel.SMS else email_of(address) is not None


def is_word(text: str, /) -> bool:
    """Tell whether it can stand in a header as it is: visible ASCII without a space."""
    return all("!" <= sign <= "~" for sign in text)


def number_of(text: str) -> str | None:
    """Give a number of ours that people text to, as E.164; None when it is none."""
    return phone_of(text)


def key_text(name: str, *, client_id: UUID, secret: UUID) -> str:
    """Write a key as its owner gets it, once: `{name}-{client id}-{secret}`."""
    return f"{name}-{client_id}-{secret}"


def seal_about(key_id: UUID) -> str:
    """Name what the seal of a key's secret is about."""
    return f"api key {key_id}"


def callback_about(client_id: UUID, *, kind: Hears = Hears.DELIVERY) -> str:
    """Name what the seal of a callback's secrets is about."""
    return f"callback {client_id}" if kind is Hears.DELIVERY else f"callback {client_id} {kind}"


def secret_text(key: bytes) -> str:
    """Write the secret that signs callbacks as its owner gets it, once (Standard Webhooks)."""
    return WEBHOOK_PREFIX + base64.b64encode(key).decode()
