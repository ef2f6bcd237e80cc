"""Reads for the pages of staff of what other systems sent through the API: which there are, and how each went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.notify.domain.notifications import Channel, KeyType, pretended_course
from services.notify.domain.states import FAILED, OPEN, Outcome, Status
from shared.database import Connection

PAGE: Final = 50
LISTS: Final[Mapping[str, frozenset[Status]]] = {
    "mis": FAILED | {Status.RETURNED_LETTER, Status.VALIDATION_FAILED, Status.VIRUS_SCAN_FAILED},
    "onderweg": OPEN | {Status.PENDING, Status.ACCEPTED, Status.PENDING_VIRUS_CHECK},
}
"""What the lists beside the whole one show, by their name in the address."""

_LINE: Final = """
select n.id, c.name as client, n.key_type, n.channel, n.recipient, n.reference, n.status, n.created_at,
       n.scheduled_for, n.sent_at, n.completed_at, v.name as template, n.template_version as version,
       n.sha256, tried.began_at as tried_at, tried.outcome, tried.answer, tried.id is not null as tried
from notify.notifications n join notify.clients c on c.id = n.client_id
left join notify.template_versions v on v.template_id = n.template_id and v.version = n.template_version
left join lateral (
    select id, began_at, outcome, answer from notify.notification_attempts
    where notification_id = n.id order by began_at desc limit 1
) tried on true
"""
_KEPT: Final = "n.wiped_at is null"


@dataclass(frozen=True, kw_only=True)
class WantedSent:
    """Which are asked for; `recipient` is compared whole, and `older_than` is the last one of the page before."""

    recipient: str | None = None
    reference: str | None = None
    statuses: frozenset[Status] = frozenset()
    older_than: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SentLine:
    """What a system sent, with its last attempt; without `template` it came as a PDF."""

    id: UUID
    client: str
    key_type: KeyType
    channel: Channel
    recipient: str
    reference: str | None
    status: Status
    created_at: datetime
    scheduled_for: datetime | None
    sent_at: datetime | None
    completed_at: datetime | None
    template: str | None
    version: int | None
    sha256: str | None
    tried: bool
    tried_at: datetime | None
    outcome: Outcome | None
    answer: str | None

    @property
    def failed(self) -> bool:
        """Whether it did not arrive."""
        return self.status in LISTS["mis"]

    @property
    def opens(self) -> bool:
        """Whether it is a letter that can be read: one that was not looked at yet, or holds malware, stays shut."""
        return self.sha256 is not None and self.status not in (Status.PENDING_VIRUS_CHECK, Status.VIRUS_SCAN_FAILED)

    @property
    def infected(self) -> bool:
        """Whether the scanner found malware in it."""
        return self.status is Status.VIRUS_SCAN_FAILED

    @property
    def pretended(self) -> bool:
        """Whether it was for trying out and never leaves."""
        return bool(pretended_course(self.recipient, key_type=self.key_type))

    @property
    def trouble(self) -> bool:
        """Whether its last attempt went wrong, and none went well since."""
        return self.tried and self.outcome is not Outcome.ACCEPTED and self.status is not Status.DELIVERED


@dataclass(frozen=True, kw_only=True)
class Handing:
    """One time that it was handed over; without `outcome` nobody knows how that ended."""

    began_at: datetime
    provider: str
    outcome: Outcome | None
    answer: str | None

    @property
    def accepted(self) -> bool:
        """Whether the system outside took it."""
        return self.outcome is Outcome.ACCEPTED


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a system outside reported of it later."""

    at: datetime
    action: str
    said: str


def list_sent(connection: Connection, *, wanted: WantedSent) -> Sequence[SentLine]:
    """Give a page, the newest first, and one more when there is another page."""
    asked = {
        "n.reference = %(reference)s": wanted.reference,
        "lower(n.recipient) = lower(%(recipient)s)": wanted.recipient,
        "n.status = any(%(statuses)s)": wanted.statuses,
        "n.id < %(older_than)s": wanted.older_than,
    }
    where = " and ".join([_KEPT, *(condition for condition, value in asked.items() if value)])
    rows = connection.execute(
        f"{_LINE} where {where} order by n.id desc limit {PAGE + 1}",
        {**vars(wanted), "statuses": list(wanted.statuses)},
    )
    return [_line_from(row) for row in rows]


def find_sent(connection: Connection, *, notification_id: UUID) -> SentLine | None:
    """Give one."""
    row = connection.execute(f"{_LINE} where {_KEPT} and n.id = %s", [notification_id]).fetchone()
    return _line_from(row) if row else None


def handings_of(connection: Connection, *, notification_id: UUID) -> Sequence[Handing]:
    """Give each time that it was handed over, the newest first."""
    rows = connection.execute(
        "select began_at, provider, outcome, answer from notify.notification_attempts where notification_id = %s "
        "order by began_at desc, id desc",
        [notification_id],
    )
    return [Handing(**{**row, "outcome": Outcome.of(row["outcome"])}) for row in rows]


def told_of(connection: Connection, *, notification_id: UUID) -> Sequence[Told]:
    """Give what was reported of it, the newest first."""
    rows = connection.execute(
        "select at, action, trim(concat_ws(' ', code, said)) as said from notify.reports where notification_id = %s "
        "order by at desc",
        [notification_id],
    )
    return [Told(**row) for row in rows]


def _line_from(row: dict[str, Any]) -> SentLine:
    kinds = {"key_type": KeyType(row["key_type"]), "channel": Channel(row["channel"]), "status": Status(row["status"])}
    return SentLine(**{**row, **kinds, "outcome": Outcome.of(row["outcome"])})
