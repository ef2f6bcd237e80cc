"""Destroys what this service has of a case whose term of keeping is over: messages, attempts to send them, letters."""

from __future__ import annotations

from datetime import datetime

from services.notify.ports import Tell, Vault
from shared.bus import Courier, Inbox
from shared.database import Connection
from shared.destroying import destroy_rows
from shared.record_events import CaseDestroyed, CaseDestructionOrdered

_PRESSED = """
select unnest(array_remove(array[p.sha256, p.card_sha256], null)) as sha256
from notify.pressings p join notify.letters l on l.id = p.letter_id where l.reference = %s
"""


def hear_destruction(inbox: Inbox, *, vault: Vault) -> None:
    """Enter the handler of the order."""

    @inbox.hears(CaseDestructionOrdered)
    def destroy(connection: Connection, ordered: CaseDestructionOrdered, *, now: datetime) -> None:
        destroy_case(connection, ordered=ordered, now=now, vault=vault, tell=Courier(connection, now=now).tell)


def destroy_case(
    connection: Connection, *, ordered: CaseDestructionOrdered, now: datetime, vault: Vault, tell: Tell
) -> None:
    """Destroy all of it and report; letters go first, so that a crash leaves rows by which they are found again."""
    pressed = [row["sha256"] for row in connection.execute(_PRESSED, [ordered.reference])]
    for sha256 in pressed:
        vault.delete(sha256)
    rows = destroy_rows(connection, schema="notify", reference=ordered.reference, but={"audit"})
    told = CaseDestroyed(reference=ordered.reference, service="notify", at=now, rows=rows, files=len(pressed))
    tell(told)
