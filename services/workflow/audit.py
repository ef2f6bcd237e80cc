"""The audit log of cases: who did what in which case, and who looked at what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.audit import LOOK, Act, AuditLog, Verdict
from shared.database import Connection
from shared.log import logger

__all__ = ["LOG", "LOOK", "Act", "Verdict", "list_looks", "record", "tell_head", "verify"]

LOG: Final = AuditLog(schema="workflow", lock=4_114_001)

record = LOG.record
verify = LOG.verify


def tell_head(connection: Connection) -> None:
    """Write the last row down in the log of the application, so that a later check can ask for it (BIO2 8.15.06)."""
    for row in connection.execute("select number, hash from workflow.audit_head"):
        logger.info("audit_head", number=row["number"], hash=row["hash"])


def list_looks(connection: Connection, *, most: int = 200) -> Sequence[Mapping[str, Any]]:
    """Give the last looks at sensitive answers with the name of who looked, the newest first."""
    return connection.execute(
        """
        select a.number, a.at, a.act, a.reference, a.details, coalesce(p.name, a.who) as who
        from workflow.audit a left join workflow.people p on p.subject = a.who
        where a.act like 'look.%%' order by a.number desc limit %s
        """,
        [most],
    ).fetchall()
