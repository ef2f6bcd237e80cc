"""The audit log of messages: who read one, looked for an address, or had one sent again."""

from __future__ import annotations

from typing import Final

from services.notify.settings import Migration
from shared.audit import AuditLog, Verdict
from shared.database import connect
from shared.settings import read

LOG: Final = AuditLog(schema="notify", lock=4_114_002)


def check_audit(*, head: str | None) -> Verdict:
    """Check that the log is as it was written, and still holds the row with this hash."""
    with connect(read(Migration).database_url) as connection:
        return LOG.verify(connection, head=head)
