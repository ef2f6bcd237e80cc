"""What this service does once a day: warn, erase what is over, count, and look after files and payments."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from services.forms.actions.scanning import Watch
from services.forms.counting import count_day
from services.forms.draft_store import forget_old
from services.forms.file_store import forget_file, loose_files, waiting_files
from services.forms.payment_inbox import watch_payments
from services.forms.ports import Links
from services.forms.reminding import end_unpaid, remind_people
from services.forms.support_store import forget_unconfirmed
from shared.bus import Courier
from shared.database import Connection
from shared.events import FileAwaitsScan

KEYS_KEPT = timedelta(days=30)
LOOSE_KEPT = timedelta(days=1)


def begin_day(connection: Connection, *, on: date, now: datetime, watch: Watch, links: Links, unpaid_days: int) -> None:
    """Do all of it, in the caller's transaction; a second time the same day changes nothing."""
    tell = Courier(connection, now=now).tell
    forget_old(connection, today=on, answered_before=now - KEYS_KEPT)
    forget_unconfirmed(connection, today=on)
    remind_people(connection, on=on, links=links, tell=tell, now=now)
    end_unpaid(connection, today=on, days=unpaid_days, tell=tell)
    for file_id, place in loose_files(connection, before=now - LOOSE_KEPT):
        watch.vault.delete(place)
        forget_file(connection, file_id=file_id)
    for file_id in waiting_files(connection, before=now - LOOSE_KEPT):
        tell(FileAwaitsScan(file_id=file_id))
    watch_payments(connection, tell=tell, now=now)
    count_day(connection, today=on, tell=tell)
