"""A consumer's door for facts: which function handles which event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

from shared.database import Connection
from shared.routes import HEARERS

E = TypeVar("E")

FAILURES_BEFORE_DEAD: Final = 20


class PermanentError(Exception):
    """This message can never be handled as it is; a person must look at it."""


class Handler(Protocol):
    """Handles one event within the given transaction; `now` is UTC."""

    def __call__(self, connection: Connection, happened: Any, /, *, now: datetime) -> None:
        """Raise PermanentError when it can never work, anything else to be called again later."""


class Inbox:
    """The handlers of one consumer."""

    def __init__(self, consumer: str) -> None:
        """Open the door of this consumer (a name in `shared.routes`)."""
        self.consumer = consumer
        self._handlers: dict[type, Handler] = {}
        self._endings: dict[type, Handler] = {}
        self._failures: dict[type, int] = {}

    def hears(self, event_class: type, *, failures: int = FAILURES_BEFORE_DEAD) -> Callable[[Handler], Handler]:
        """Enter a handler for an event; after so many `failures` it is a dead message.

        Raises:
            ValueError: the route does not lead here, or the event has a handler already.
        """
        if self.consumer not in HEARERS.get(event_class, ()):
            raise ValueError(f"{event_class.__name__} is not routed to {self.consumer}")
        if event_class in self._handlers:
            raise ValueError(f"{event_class.__name__} has two handlers in {self.consumer}")

        def enter(handler: Handler) -> Handler:
            self._handlers[event_class] = handler
            self._failures[event_class] = failures
            return handler

        return enter

    def gives_up(self, event_class: type) -> Callable[[Handler], Handler]:
        """Enter what to do, in the same transaction, when an event heard here becomes a dead message.

        Raises:
            ValueError: the event has no handler here.
        """
        if event_class not in self._handlers:
            raise ValueError(f"{event_class.__name__} is not heard by {self.consumer}")

        def enter(ending: Handler) -> Handler:
            self._endings[event_class] = ending
            return ending

        return enter

    def patience(self, happened: object, /) -> int:
        """Give after how many failures this event is a dead message."""
        return self._failures.get(type(happened), FAILURES_BEFORE_DEAD)

    @property
    def heard(self) -> frozenset[type]:
        """The events that have a handler here."""
        return frozenset(self._handlers)

    def handle(self, connection: Connection, happened: object, /, *, now: datetime) -> None:
        """Give the event to its handler.

        Raises:
            PermanentError: nobody here handles this event, or the handler says it never can.
        """
        handler = self._handlers.get(type(happened))
        if handler is None:
            raise PermanentError(f"{self.consumer} has no handler for {type(happened).__name__}")
        handler(connection, happened, now=now)

    def give_up(self, connection: Connection, happened: object, /, *, now: datetime) -> None:
        """Keep what follows from this event becoming a dead message; for most nothing does."""
        ending = self._endings.get(type(happened))
        if ending:
            ending(connection, happened, now=now)
