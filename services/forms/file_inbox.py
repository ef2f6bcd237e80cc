"""Hears what must happen to files: the scanner judges them, and with their case they are destroyed."""

from __future__ import annotations

from datetime import datetime

from services.forms.actions.scanning import Watch, give_up, judge_file
from services.forms.destroying import destroy_case
from services.forms.file_store import FileShelf
from shared.bus import Courier, Inbox
from shared.database import Connection
from shared.events import FileAwaitsScan
from shared.record_events import CaseDestructionOrdered


def hear_files(inbox: Inbox, *, watch: Watch) -> None:
    """Enter the handlers."""

    @inbox.hears(FileAwaitsScan)
    def hear_file(connection: Connection, happened: FileAwaitsScan, /, *, now: datetime) -> None:
        tell = Courier(connection, now=now).tell
        judge_file(happened.file_id, watch=watch, files=FileShelf(connection), tell=tell)

    @inbox.gives_up(FileAwaitsScan)
    def end_waiting(connection: Connection, happened: FileAwaitsScan, /, *, now: datetime) -> None:
        tell = Courier(connection, now=now).tell
        give_up(happened.file_id, watch=watch, files=FileShelf(connection), tell=tell, now=now)

    @inbox.hears(CaseDestructionOrdered)
    def hear_destruction(connection: Connection, happened: CaseDestructionOrdered, /, *, now: datetime) -> None:
        tell = Courier(connection, now=now).tell
        destroy_case(connection, ordered=happened, now=now, vault=watch.vault, tell=tell)
