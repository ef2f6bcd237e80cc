"""Calls a client back about one thing, where it wants to hear of that, and keeps the attempt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from services.notify.attempt_store import CallJournal
from services.notify.callbacks import Callback, HttpCaller
from services.notify.callings import Calling
from services.notify.client_store import CallbackStore
from services.notify.domain.clients import callback_about
from services.notify.sending import attempt
from shared.bus import event_at_hand
from shared.database import Connection
from shared.keyring import Keyring


@dataclass(frozen=True, kw_only=True)
class Line:
    """What calling takes: the `ring` opens the secrets of clients, the `journal` keeps each attempt."""

    caller: HttpCaller
    ring: Keyring
    journal: Callable[[], CallJournal]


def call_back(calling: Calling, *, connection: Connection, line: Line, now: datetime) -> None:
    """Tell the client, if it wants to hear of this.

    Raises:
        RefusedError, UnreachableError: as `HttpCaller.call`, after it was noted.
    """
    callback = _callback_of(calling, connection=connection, ring=line.ring)
    if callback is None:
        return
    journal = line.journal()
    attempt(
        partial(line.caller.call, callback, call=calling.call, now=now),
        provider=callback.host,
        content=calling.call.text,
        begin=partial(journal.begin, calling.client_id, kind=calling.kind, event_id=event_at_hand()),
        end=journal.end,
    )


def _callback_of(calling: Calling, *, connection: Connection, ring: Keyring) -> Callback | None:
    """Give where a client hears of this; None: it wants to hear nothing of it."""
    kept = CallbackStore(connection).find(calling.client_id, kind=calling.kind)
    if kept is None:
        return None
    about = callback_about(calling.client_id, kind=calling.kind)
    return Callback(
        url=kept["url"],
        secret=ring.open(kept["sealed_secret"], about=about),
        bearer=ring.open(kept["sealed_bearer"], about=about) if kept["sealed_bearer"] else None,
    )
