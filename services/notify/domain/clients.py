"""A system of others that sends through the API, and its keys."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.notify.domain.notifications import KeyType

WEBHOOK_PREFIX: Final = "whsec_"


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A key of a client; `sealed` holds the secret that signs its tokens."""

    id: UUID
    type: KeyType
    sealed: str
    revoked: bool = False


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


def key_text(name: str, *, client_id: UUID, secret: UUID) -> str:
    """Write a key as its owner gets it, once: `{name}-{client id}-{secret}`."""
    return f"{name}-{client_id}-{secret}"


def seal_about(key_id: UUID) -> str:
    """Name what the seal of a key's secret is about."""
    return f"api key {key_id}"


def callback_about(client_id: UUID) -> str:
    """Name what the seal of a callback's secrets is about."""
    return f"callback {client_id}"


def secret_text(key: bytes) -> str:
    """Write the secret that signs callbacks as its owner gets it, once (Standard Webhooks)."""
    return WEBHOOK_PREFIX + base64.b64encode(key).decode()
