"""What this service hears: facts about cases, messages that were sent, files to judge, and the day that began."""

from __future__ import annotations

from datetime import datetime

from services.forms.actions.scanning import Watch
from services.forms.daily import begin_day
from services.forms.domain.cases import CASE_FACTS, CaseFact
from services.forms.fact_store import keep_fact, keep_notice
from services.forms.file_inbox import hear_files
from services.forms.payment_inbox import UNPAID_DAYS, MaybeProvider, hear_payments
from services.forms.ports import Links
from shared.bus import Inbox
from shared.database import Connection
from shared.events import DayBegan, NoticeSent
from shared.routes import FORMS


def open_inbox(watch: Watch, *, links: Links, provider: MaybeProvider = None, unpaid_days: int = UNPAID_DAYS) -> Inbox:
    """Open the door for facts; without a provider nothing is paid on a page."""
    inbox = Inbox(FORMS)
    hear_payments(inbox, provider=provider)
    for fact in CASE_FACTS:
        inbox.hears(fact)(hear_case)
    inbox.hears(NoticeSent)(hear_notice)
    hear_files(inbox, watch=watch)

    @inbox.hears(DayBegan)
    def hear_day(connection: Connection, happened: DayBegan, /, *, now: datetime) -> None:
        begin_day(connection, on=happened.on, now=now, watch=watch, links=links, unpaid_days=unpaid_days)

    return inbox


def hear_case(connection: Connection, happened: CaseFact, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    """Keep the fact; the page of the case follows from all of them together."""
    keep_fact(connection, fact=happened)


def hear_notice(connection: Connection, happened: NoticeSent, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    """Keep that a message went out: a decision can be read from then on."""
    keep_notice(connection, notice=happened)
