"""Leaves another system alone for a while that failed several times in a row."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

import requests

from shared.log import logger

MOST_FAILURES: Final = 3
RESTS_S: Final = 30.0
"""Seconds in which a system that failed so often is left alone."""

_AWAY: Final = (requests.RequestException, TimeoutError)
_UNREADABLE: Final = (ValueError, LookupError, TypeError, AttributeError)
"""What reading an answer of another shape than agreed ends in."""

T = TypeVar("T")


class AwayError(Exception):
    """The other system does not answer, or answers what nobody can read."""


@dataclass(kw_only=True)
class Breaker:
    """Leaves another system alone that failed several times in a row, then tries once."""

    name: str
    clock: Callable[[], float] = time.monotonic
    _failures: int = 0
    _until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self, ask: Callable[[], T]) -> T:
        """Ask, unless the other system rests.

        Raises:
            AwayError: it rests, or failed again.
        """
        with self._lock:
            if self.clock() < self._until:
                raise AwayError
        try:
            found = ask()
        except (*_AWAY, *_UNREADABLE) as error:
            self._fail()
            logger.warning("system_away", system=self.name, error=type(error).__name__)
            raise AwayError from error
        with self._lock:
            self._failures = 0
        return found

    def _fail(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= MOST_FAILURES:
                self._until = self.clock() + RESTS_S
