"""What the actions for clients of the API need from the outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.notify import ports
from services.notify.domain.notifications import Channel, KeyType, Notification
from services.notify.domain.quiet import Quiet
from services.notify.domain.states import Outcome, Status
from services.notify.ports import Mail, Register, Tell, TextMessage, Tray, Vault
from services.notify.scanning import FindMalware, look_at_nothing
from services.notify.sending import DeadEnd


@dataclass(frozen=True, kw_only=True)
class Held:
    """A notification in our hands, with what it takes to hand it over.

    `body` is the text of its template with its holes, `reply_to` and `sms_sender` are what its client goes by who chose
    nothing else; `taken`: a provider said that it has it; `came_back`: mail to its address did, for good.
    """

    notification: Notification
    body: str
    reply_to: str | None
    sms_sender: str
    taken: bool
    came_back: bool


class Notifications(Protocol):
    """Keeps what clients sent, within the caller's transaction."""

    def add(self, notification: Notification, *, idempotency_key: str | None, request_hash: bytes) -> bool:
        """Keep a new notification; False when one with this idempotency key is there already."""

    def find_again(self, key: str, *, client_id: UUID, key_type: KeyType) -> tuple[Notification, bytes] | None:
        """Give what came with an idempotency key before, and the hash of that request."""

    def get(self, notification_id: UUID) -> Notification:
        """Give a notification. Raises UnknownNotificationError."""

    def hold(self, notification_id: UUID) -> Held:
        """Give it to hand it over; nobody else changes it within this transaction. Raises UnknownNotificationError."""

    def move(self, notification: Notification, *, to: Status, at: datetime, sha256: str | None = None) -> bool:
        """Let a notification go on to a status, unless it is beyond it; tell whether it moved."""

    def may_have(self, notification_id: UUID) -> str | None:
        """Give the provider that was handed it last and of which nobody knows whether it took it."""

    def note_malware(self, notification: Notification, *, finding: str, now: datetime) -> None:
        """Keep what the scanner found in it."""

    def note_printed(self, notification: Notification, *, provider: str, content: str, now: datetime) -> None:
        """Keep that the letter lies ready for the post; `content` is the SHA-256 of its PDF."""


class Attempts(Protocol):
    """Keeps what must be known even when the transaction around it fails; each line on its own."""

    def begin(self, notification: Notification, *, provider: str, content: str, now: datetime) -> UUID:
        """Note that it is being handed to this provider, before it is; `content` is its SHA-256. Give the attempt."""

    def end(self, attempt: UUID, *, outcome: Outcome, answer: str) -> None:
        """Note what came of it, in the words of the provider."""


class ClientWriter(Protocol):
    """Makes of a notification what its channel takes."""

    def mail(self, notification: Notification, *, body: str, reply_to: str | None) -> Mail:
        """Give the e-mail; `body` is the template's text with its holes."""

    def letter(self, notification: Notification, *, body: str, code: str, now: datetime) -> bytes:
        """Give the letter as PDF that bears this code."""

    def can_print(self, pdf: bytes) -> bool:
        """Tell whether a PDF that a client made can be printed."""


@dataclass(frozen=True, kw_only=True)
class Intake:
    """Where new notifications and what was made are kept, and told of, within one transaction."""

    notifications: Notifications
    register: Register
    tell: Tell


@dataclass(frozen=True, kw_only=True)
class WayOut:
    """Who writes, who sends by which channel, and who notes each attempt; a channel waits while it is `quiet` there.

    `texts_report`: whether the provider of text messages tells what becomes of them.
    """

    writer: ClientWriter
    mails: ports.WayOut[Mail]
    texts: ports.WayOut[TextMessage]
    attempts: Attempts
    quiet: Mapping[Channel, Quiet] = field(default_factory=dict)
    texts_report: bool = True

    @property
    def without_mail(self) -> WayOut:
        """The same for an address from which mail came back for good."""
        return replace(self, mails=DeadEnd())


@dataclass(frozen=True, kw_only=True)
class Printing:
    """Who makes letters, where their PDFs lie, whence the print room takes them, and who scans what others made."""

    writer: ClientWriter
    vault: Vault
    tray: Tray
    find_malware: FindMalware = look_at_nothing
