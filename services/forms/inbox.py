"""What this service hears: facts about cases, messages that were sent, files to judge, and the day that began."""

from __future__ import annotations

from datetime import datetime

from services.forms.actions.scanning import Watch
from services.forms.daily import begin_day
from services.forms.fact_inbox import hear_facts
from services.forms.file_inbox import hear_files
from services.forms.payment_inbox import UNPAID_DAYS, MaybeProvider, hear_payments
from services.forms.ports import Links
from services.forms.public_inbox import hear_public_facts
from shared.bus import Inbox
from shared.database import Connection
from shared.events import DayBegan
from shared.routes import FORMS


def open_inbox(watch: Watch, *, links: Links, provider: MaybeProvider = None, unpaid_days: int = UNPAID_DAYS) -> Inbox:
    """Open the door for facts; without a provider nothing is paid on a page."""
    inbox = Inbox(FORMS)
    hear_payments(inbox, provider=provider)
    hear_facts(inbox, links=links)
    hear_public_facts(inbox, links=links)
    hear_files(inbox, watch=watch)

    @inbox.hears(DayBegan)
    def hear_day(connection: Connection, happened: DayBegan, /, *, now: datetime) -> None:
        begin_day(connection, on=happened.on, now=now, watch=watch, links=links, unpaid_days=unpaid_days)

    return inbox
