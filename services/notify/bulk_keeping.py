"""Checks a table and keeps it when all of it is right; while it is checked no connection waits for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.notify.bulk_actions import Whose, bulk_of, check
from services.notify.bulk_store import BulkStore
from services.notify.domain.bulk import Bulk, Checked
from services.notify.domain.notifications import Notification
from shared.database import Connection, Pool


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A table as it was uploaded: its content, whose it is, what they call it, and whether staff uploaded it."""

    content: bytes
    name: str
    whose: Whose
    by_staff: bool = False


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What came of it: without `bulk` it has faults. `first` are what its first rows will say."""

    checked: Checked
    first: Sequence[Notification]
    bulk: Bulk | None


def keep_table(
    upload: Upload, *, pool: Pool, now: datetime, note: Callable[[Connection, Bulk], None] = lambda _on, _bulk: None
) -> Kept:
    """Check a table and keep it; `note` is done in the same transaction."""
    checked, first = check(upload.content, whose=upload.whose, now=now)
    if checked.faults:
        return Kept(checked=checked, first=first, bulk=None)
    bulk = replace(bulk_of(checked, name=upload.name, whose=upload.whose, now=now), by_staff=upload.by_staff)
    with pool.connection() as connection:
        BulkStore(connection).add(bulk, rows=checked.rows)
        note(connection, bulk)
    return Kept(checked=checked, first=first, bulk=bulk)
