"""How fast a client may go: requests of a key by the minute, and notifications of a client by the day.

Valkey counts for all processes. While it is away each process counts for itself: a client may then go as many times
faster as there are processes, and is still held back.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar, cast
from uuid import UUID

import redis
from flask import Blueprint, Response, g, request
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from limits.storage import MemoryStorage, Storage, storage_from_string

from services.notify.domain.notifications import KeyType
from services.notify.web.v2.errors import ApiError
from services.notify.web.v2.keys import caller

T = TypeVar("T")

AWAY_S: Final = 5.0
"""Seconds until Valkey is asked again after it did not answer."""

_TIMEOUTS: Final = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}


def spend(notifications: int) -> None:
    """Count what a bulk sends among the notifications of today. Raises ApiError (429) and counts none: too many."""
    if "spend" in g:
        g.spend(notifications)


class Pace:
    """Counts what clients ask."""

    def __init__(self, valkey_url: str, *, per_minute: int, per_day: int) -> None:
        """Allow a key so many requests in a minute, and a client so many notifications in a day.

        Those of a test key, which go nowhere, are not counted.
        """
        address = re.sub(r"^unix:", "redis+unix:", valkey_url)
        self._together = cast(Storage, storage_from_string(address, **_TIMEOUTS))  # not the kind for async
        self._alone: Storage = MemoryStorage()
        self._minute, self._day = RateLimitItemPerMinute(per_minute), RateLimitItemPerDay(per_day)
        self._away_until = 0.0
        self._ends: dict[str, float] = {}

    def watch(self, doors: Blueprint) -> None:
        """Count at these doors, and say on each answer how much is left."""
        doors.before_request(self._count)
        doors.after_request(self._tell)

    def spend(self, notifications: int, *, client_id: UUID) -> None:
        """Count so many among the notifications of a client today.

        A bulk that does not fit counts for nothing; of single ones each is counted. Raises ApiError (429): too many.
        """
        client = str(client_id)
        before = self._ask(lambda storage: storage.get(self._day.key_for(client))) if notifications > 1 else 0
        fits = before + notifications <= self._day.amount
        left, reset = self._hit(self._day, name=client, amount=notifications if fits else 0)
        if left < 0 or not fits:
            message = f"Exceeded send limits ({self._day.amount}) for today"
            raise self._too_fast(message, reset=reset, error="TooManyRequestsError")

    def _count(self) -> None:
        who = caller()
        left, reset = self._hit(self._minute, name=str(who.key_id))
        g.pace = max(0, left), reset
        if left < 0:
            most = f"{self._minute.amount} requests per 60 seconds"
            message = f"Exceeded rate limit for key type {who.key_type.value.upper()} of {most}"
            raise self._too_fast(message, reset=reset, error="RateLimitError")
        if who.key_type is KeyType.TEST:
            return
        g.spend = partial(self.spend, client_id=who.client.id)
        if request.method == "POST" and "/notifications/" in request.path:
            spend(1)

    def _tell(self, response: Response) -> Response:
        if "pace" not in g:
            return response
        left, reset = g.pace
        response.headers["RateLimit-Limit"] = str(self._minute.amount)
        response.headers["RateLimit-Remaining"] = str(left)
        response.headers["RateLimit-Reset"] = str(reset)
        if retry := g.get("retry_after"):
            response.headers["Retry-After"] = str(retry)
        return response

    def _too_fast(self, message: str, *, reset: int, error: str) -> ApiError:
        g.retry_after = max(1, reset)
        return ApiError(429, message, error=error)

    def _hit(self, item: RateLimitItem, *, name: str, amount: int = 1) -> tuple[int, int]:
        """Count so many more; give what is left (-1: it was too many) and the seconds until all is there again."""
        key, seconds = item.key_for(name), item.get_expiry()
        count = self._ask(lambda storage: storage.incr(key, seconds, amount))
        return max(-1, item.amount - count), max(0, round(self._end_of(key, first=count == amount, seconds=seconds)))

    def _end_of(self, key: str, *, first: bool, seconds: int) -> float:
        """Give in how many seconds the window of a key ends: kept, since asking for it costs as much as counting."""
        now = time.time()
        if first:
            self._ends[key] = now + seconds
        elif self._ends.get(key, 0.0) <= now:
            self._ends[key] = self._ask(lambda storage: storage.get_expiry(key))
        return self._ends[key] - now

    def _ask(self, question: Callable[[Storage], T]) -> T:
        if time.monotonic() >= self._away_until:
            try:
                return question(self._together)
            except redis.RedisError:
                self._away_until = time.monotonic() + AWAY_S
        return question(self._alone)
