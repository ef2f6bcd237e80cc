"""The part of the door of notify that hears who wants the Berichtenbox."""

from __future__ import annotations

from datetime import datetime

from services.notify.box_store import BoxStore
from shared.bus import Inbox, event_at_hand
from shared.database import Connection
from shared.post import BoxChosen


def hear_boxes(inbox: Inbox) -> None:
    """Enter the handler."""

    @inbox.hears(BoxChosen)
    def know_box(connection: Connection, chosen: BoxChosen, *, now: datetime) -> None:  # noqa: ARG001 the fact tells when
        BoxStore(connection).keep(chosen.reference, sealed=chosen.sealed, fact=event_at_hand())
