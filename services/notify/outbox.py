"""What the doors for facts share: the outbox of one transaction, and which errors no second attempt will mend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Final

from services.notify.actions import Outbox
from services.notify.box_store import BoxStore
from services.notify.client_store import CallbackStore
from services.notify.made_store import MadeRegister
from services.notify.ports import (
    BusyError,
    RefusedError,
    UnknownLetterError,
    UnknownMessageError,
    UnknownNotificationError,
)
from services.notify.stop_store import StopStore
from services.notify.store import LetterStore, MessageStore
from shared.bus import Courier, PermanentError
from shared.database import Connection

TRIES_OF_A_DAY: Final = 36
"""Waits double from a second to an hour and stay there: so many, each jittered, take a day."""

PERMANENT: Final = (RefusedError, UnknownLetterError, UnknownMessageError, UnknownNotificationError)


def open_outbox(connection: Connection, *, now: datetime, messages: MessageStore | None = None) -> Outbox:
    """Give what keeps and tells within this transaction."""
    courier = Courier(connection, now=now)
    return Outbox(
        messages=messages or MessageStore(connection),
        letters=LetterStore(connection),
        register=MadeRegister(connection),
        stops=StopStore(connection),
        boxes=BoxStore(connection),
        subscribers=CallbackStore(connection).hearing_of_cases,
        tell=courier.tell,
    )


def permanent(handler: Callable[..., None]) -> Callable[..., None]:
    """Say which errors of ours no second attempt will mend."""

    @wraps(handler)
    def guarded(connection: Connection, happened: Any, /, *, now: datetime) -> None:
        try:
            handler(connection, happened, now=now)
        except PERMANENT as error:
            raise PermanentError(f"{type(error).__name__}: {error}") from error

    return guarded


def in_turn(handler: Callable[..., None]) -> Callable[..., None]:
    """Hear again at its turn of what a system outside takes no more of for now: it was not tried, so nothing failed."""

    @wraps(handler)
    def guarded(connection: Connection, happened: Any, /, *, now: datetime) -> None:
        try:
            handler(connection, happened, now=now)
        except BusyError as busy:
            Courier(connection, now=now).tell(happened, due=busy.due)

    return guarded
