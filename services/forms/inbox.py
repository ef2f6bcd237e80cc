"""What this service hears: facts about cases, messages that were sent, files to judge, and the day that began."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.forms.actions.scanning import Watch, give_up, judge_file
from services.forms.domain.cases import CASE_FACTS, CaseFact
from services.forms.file_store import FileShelf, forget_file, loose_files, waiting_files
from services.forms.pace import count_pace
from services.forms.store import forget_old, keep_fact, keep_notice
from shared.bus import Courier, Inbox
from shared.database import Connection
from shared.events import DayBegan, FileAwaitsScan, NoticeSent
from shared.routes import FORMS

KEYS_KEPT = timedelta(days=30)
LOOSE_KEPT = timedelta(days=1)


def open_inbox(watch: Watch) -> Inbox:
    """Open the door for facts."""
    inbox = Inbox(FORMS)
    for fact in CASE_FACTS:
        inbox.hears(fact)(hear_case)
    inbox.hears(NoticeSent)(hear_notice)

    @inbox.hears(FileAwaitsScan)
    def hear_file(connection: Connection, happened: FileAwaitsScan, /, *, now: datetime) -> None:
        tell = Courier(connection, now=now).tell
        judge_file(happened.file_id, watch=watch, files=FileShelf(connection), tell=tell)

    @inbox.gives_up(FileAwaitsScan)
    def end_waiting(connection: Connection, happened: FileAwaitsScan, /, *, now: datetime) -> None:
        tell = Courier(connection, now=now).tell
        give_up(happened.file_id, watch=watch, files=FileShelf(connection), tell=tell, now=now)

    @inbox.hears(DayBegan)
    def begin_day(connection: Connection, happened: DayBegan, /, *, now: datetime) -> None:
        forget_old(connection, today=happened.on, answered_before=now - KEYS_KEPT)
        count_pace(connection, today=happened.on)
        for file_id, place in loose_files(connection, before=now - LOOSE_KEPT):
            watch.vault.delete(place)
            forget_file(connection, file_id=file_id)
        for file_id in waiting_files(connection, before=now - LOOSE_KEPT):
            Courier(connection, now=now).tell(FileAwaitsScan(file_id=file_id))

    return inbox


def hear_case(connection: Connection, happened: CaseFact, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    """Keep the fact; the page of the case follows from all of them together."""
    keep_fact(connection, fact=happened)


def hear_notice(connection: Connection, happened: NoticeSent, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    """Keep that a message went out: a decision can be read from then on."""
    keep_notice(connection, notice=happened)
