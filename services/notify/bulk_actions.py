"""What notify does with a table of a client: check it, keep it, and send it row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from services.notify import client_actions as actions
from services.notify.client_actions import Asked
from services.notify.client_ports import Intake
from services.notify.domain.bulk import Bulk, Checked, Fault, Row, Settled, check_table
from services.notify.domain.clients import Client
from services.notify.domain.notifications import KeyType, Notification, Template
from services.notify.domain.tables import UnreadableTableError, read_table
from shared.events import Words
from shared.ids import new_id
from shared.post import BulkAccepted

AT_ONCE: Final = 10
"""Rows of which notifications are made in one transaction."""
REFUSALS: Final = (
    actions.EmptyError,
    actions.TooLongError,
    actions.NotAllowedError,
    actions.TeamLetterError,
    actions.BadAddressError,
)


_TOO_LONG: Final = {
    "sms": Words(nl="De sms", en="The text message"),
    "email": Words(nl="De mail", en="The e-mail"),
    "letter": Words(nl="De brief", en="The letter"),
    "subject": Words(nl="Het onderwerp", en="The subject"),
}


class Bulks(Protocol):
    """Keeps bulks, within the caller's transaction."""

    def start(self, bulk_id: UUID, *, now: datetime) -> bool:
        """Note that it is being sent; False when it already was."""

    def next_rows(self, bulk_id: UUID, *, most: int) -> Sequence[Row]:
        """Give the first rows of which no notification was made yet."""

    def settle(self, bulk_id: UUID, *, rows: Sequence[Settled]) -> None:
        """Note what came of these rows."""


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Whose table it is, by which kind of key, and for which template; `sender` was chosen among the client's own."""

    client: Client
    key_type: KeyType
    template: Template
    sender: str | None = None


def check(content: bytes, *, whose: Whose, now: datetime) -> tuple[Checked, list[Notification]]:
    """Check a table; give what it holds, and what its first three rows will say."""
    try:
        checked = check_table(read_table(content), template=whose.template)
    except UnreadableTableError as error:
        return Checked(faults=[Fault(message=error.why)]), []
    fit: list[Row] = []
    first: list[Notification] = []
    for row in checked.rows:
        made = make_row(row, whose=whose, now=now)
        if isinstance(made, Fault):
            checked.faults.append(made)
            continue
        fit.append(row)
        if len(first) < 3:
            first.append(made)
    checked.rows = fit
    checked.faults.sort(key=lambda fault: fault.row or 0)
    return checked, first


def bulk_of(checked: Checked, *, name: str, whose: Whose, now: datetime) -> Bulk:
    """Give the bulk that a table without faults is."""
    return Bulk(
        id=new_id(),
        client_id=whose.client.id,
        key_type=whose.key_type,
        template_id=whose.template.id,
        template_version=whose.template.version,
        name=name,
        sender=whose.sender,
        rows=len(checked.rows),
        checked_at=now,
    )


def start(bulk: Bulk, *, bulks: Bulks, intake: Intake, now: datetime) -> bool:
    """Let a bulk be sent; asked again it goes on as it goes, and the answer is False."""
    begins = bulks.start(bulk.id, now=now)
    if begins:
        intake.tell(BulkAccepted(bulk_id=bulk.id, notification_id=None))
    return begins


def send_next(bulk: Bulk, *, whose: Whose, bulks: Bulks, intake: Intake, now: datetime) -> None:
    """Make notifications of the next rows and let them be sent, each on its own.

    All is told for now and not handed on within the job at hand, so that no job is longer than its few rows.
    """
    rows, settled = bulks.next_rows(bulk.id, most=AT_ONCE), list[Settled]()
    for row in rows:
        made = make_row(row, whose=whose, now=now)
        if isinstance(made, Fault):
            settled.append(Settled(row.number, None, made.message.en))
            continue
        intake.notifications.add(made, idempotency_key=None, request_hash=b"")
        settled.append(Settled(row.number, made.id, None))
        intake.tell(BulkAccepted(bulk_id=bulk.id, notification_id=made.id), due=now)
    bulks.settle(bulk.id, rows=settled)
    if len(rows) == AT_ONCE:
        intake.tell(BulkAccepted(bulk_id=bulk.id, notification_id=None), due=now)


def make_row(row: Row, *, whose: Whose, now: datetime) -> Notification | Fault:
    """Fill the template in for a row, or say why that cannot be."""
    asked = Asked(channel=whose.template.channel, recipient=row.recipient, values=row.values, reference=row.reference)
    try:
        return actions.make(
            asked,
            client=whose.client,
            key_type=whose.key_type,
            template=whose.template,
            find_sender=lambda: whose.sender,
            now=now,
        )
    except REFUSALS as error:
        return Fault(row=row.number, message=_why(error))


def _why(error: Exception) -> Words:
    match error:
        case actions.TooLongError():
            kind, length, _ = error.args
            return Words(
                nl=f"{_TOO_LONG[kind].nl} heeft {length} tekens", en=f"{_TOO_LONG[kind].en} has {length} characters"
            )
        case actions.EmptyError():
            return Words(nl="Er blijft geen tekst over", en="No text is left")
        case actions.BadAddressError():
            lines = f"{actions.FEWEST_LINES} tot {actions.MOST_LINES} regels"
            return Words(nl=f"Een adres heeft {lines}", en=str(error))
    return Words(nl="Deze sleutel mag hier niet heen sturen", en="This key may not send to this recipient")
