"""Reports of mail systems on what became of a mail (RFC 3464): the address they come back to, and what they say."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage, Message
from typing import Final
from uuid import UUID

from services.notify.domain.states import Status
from services.notify.domain.troubles import proves_nobody
from shared.crypto import same, sign

LONGEST_SAID: Final = 300
_SEAL: Final = 16
_RETURNED: Final = re.compile(r"\+([0-9a-f]{32})(?:\.([1-9]\d{0,3}))?\.([0-9a-f]{16})@", re.IGNORECASE)
"""The round is missing in what left before rounds stood there."""
_OURS: Final = re.compile(r"<([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})@", re.IGNORECASE)
_HEADERS: Final = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_FULL: Final = "5.2.2"
"""A mailbox that is full refuses for good by its code, and yet has room another day (RFC 3463)."""


class NoReportError(Exception):
    """This is no report on a mail of ours."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a mail system says of one mail: `id` is that of the message, `content` the SHA-256 of the whole report.

    `round` is the one in which the mail left; None: the report does not tell. `recipient` is whom it names.
    """

    id: UUID
    action: str
    code: str
    said: str
    content: str
    round: int | None = None
    recipient: str = ""

    @property
    def means(self) -> Status | None:
        """Give the status that a message gets by it; None for what says nothing for sure: delayed, passed on."""
        if self.action == "delivered":
            return Status.DELIVERED
        if self.action != "failed":
            return None
        later = self.code.startswith("4.") or self.code == _FULL
        return Status.TEMPORARY_FAILURE if later else Status.PERMANENT_FAILURE

    @property
    def means_to_client(self) -> Status | None:
        """The same for a client of the API, to whom an e-mail is delivered once the receiving side took it.

        A system that passes it on to one that sends no reports says so (RFC 3464, 2.3.3): no other word will come.
        """
        return Status.DELIVERED if self.action == "relayed" else self.means

    @property
    def finds_nobody(self) -> bool:
        """Tell whether it proves that nobody has the address."""
        return self.means is Status.PERMANENT_FAILURE and proves_nobody(self.code)

    def is_past(self, round_: int, /, *, recipient: str) -> bool:
        """Tell whether it is about an earlier round; one that names none may be about an address corrected since."""
        if self.round is None:
            return round_ > 1 and self.recipient != recipient.lower()
        return self.round != round_


class ReturnAddress:
    """Gives each mail an address of its own to come back to, that nobody else can make up."""

    def __init__(self, address: str, *, key: str) -> None:
        """Below this address, such as "retour@voorbeeld.example": its server must take retour+anything too."""
        self._name, _, self._domain = address.partition("@")
        self._key = key

    def of(self, message_id: UUID, *, round_: int = 1) -> str:
        """Give the address for the mail of this message in this round."""
        return f"{self._name}+{message_id.hex}.{round_}.{self._sealed(message_id, round_=round_)}@{self._domain}"

    def message_in(self, headers: str) -> tuple[UUID, int | None] | None:
        """Find the message whose address stands in these headers, and its round if that stands there."""
        for digits, number, seal in _RETURNED.findall(headers.lower()):
            round_ = int(number) if number else None
            if same(seal, self._sealed(UUID(digits), round_=round_)):
                return UUID(digits), round_
        return None

    def _sealed(self, message_id: UUID, *, round_: int | None) -> str:
        suffix = f" {round_}" if round_ else ""
        return sign(f"returns {message_id}{suffix}", key=self._key)[:_SEAL]


def read_report(raw: bytes, *, address: ReturnAddress | None) -> Report:
    """Read what a mail server passes on.

    With an `address` only what came back to one of its own is believed; without one the Message-ID must do.

    Raises:
        NoReportError: it is another mail, or about another.
    """
    mail = message_from_bytes(raw, policy=policy.default)
    parts = list(mail.walk())
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    blocks = status.get_payload() if status else None
    if not isinstance(blocks, list):
        raise NoReportError
    about = next((each for each in blocks if isinstance(each, Message) and each["Action"]), None)
    found = address.message_in("\n".join(_all(mail))) if address else _named_in(parts)
    if about is None or found is None:
        raise NoReportError
    message_id, number = found
    said = str(about["Diagnostic-Code"] or about["Status"] or "")
    return Report(
        id=message_id,
        action=str(about["Action"]).strip().lower(),
        code=str(about["Status"] or "").strip(),
        said=" ".join(said.split())[:LONGEST_SAID],
        content=hashlib.sha256(raw).hexdigest(),
        round=number,
        recipient=str(about["Final-Recipient"] or "").partition(";")[2].strip().lower(),
    )


def _all(mail: EmailMessage | Message) -> list[str]:
    return [str(value) for name in _HEADERS for value in mail.get_all(name, [])]


def _named_in(parts: Sequence[Message]) -> tuple[UUID, None] | None:
    """Find the Message-ID of the mail that is returned, whole or with its headers alone; it is that of every round."""
    for part in parts:
        kind, inside = part.get_content_type(), part.get_payload()
        if kind == "message/rfc822" and isinstance(inside, list) and isinstance(inside[0], Message):
            named = _OURS.search(str(inside[0]["Message-ID"] or ""))
        elif kind == "text/rfc822-headers" and isinstance(inside, str):
            named = _OURS.search(str(message_from_string(inside)["Message-ID"] or ""))
        else:
            named = None
        if named:
            return UUID(named[1]), None
    return None
