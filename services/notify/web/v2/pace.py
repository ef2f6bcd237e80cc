"""How fast a client may go: requests of a key by the minute, and notifications of a client by the day.

Valkey counts for all processes. While it is away each process counts for itself: a client may then go as many times
faster as there are processes, and is still held back.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Final, TypeVar

import redis
from flask import Blueprint, Response, g, request
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from services.notify.domain.notifications import KeyType
from services.notify.web.v2.errors import ApiError
from services.notify.web.v2.keys import caller

T = TypeVar("T")

AWAY_S: Final = 5.0
"""Seconds until Valkey is asked again after it did not answer."""

_TIMEOUTS: Final = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}


class Pace:
    """Counts what clients ask."""

    def __init__(self, valkey_url: str, *, per_minute: int, per_day: int) -> None:
        """Allow a key so many requests in a minute, and a client so many notifications in a day.

        Those of a test key, which go nowhere, are not counted.
        """
        storage = storage_from_string(re.sub(r"^unix:", "redis+unix:", valkey_url), **_TIMEOUTS)
        self._together, self._alone = FixedWindowRateLimiter(storage), FixedWindowRateLimiter(MemoryStorage())
        self._minute, self._day = RateLimitItemPerMinute(per_minute), RateLimitItemPerDay(per_day)
        self._away_until = 0.0

    def watch(self, doors: Blueprint) -> None:
        """Count at these doors, and say on each answer how much is left."""
        doors.before_request(self._count)
        doors.after_request(self._tell)

    def _count(self) -> None:
        who = caller()
        key = str(who.key_id)
        if not self._ask(lambda limiter: limiter.hit(self._minute, key)):
            most = f"{self._minute.amount} requests per 60 seconds"
            raise self._too_fast(
                f"Exceeded rate limit for key type {who.key_type.value.upper()} of {most}",
                item=self._minute,
                name=key,
                error="RateLimitError",
            )
        client = str(who.client.id)
        sends = request.method == "POST" and "/notifications/" in request.path and who.key_type is not KeyType.TEST
        if sends and not self._ask(lambda limiter: limiter.hit(self._day, client)):
            raise self._too_fast(
                f"Exceeded send limits ({self._day.amount}) for today",
                item=self._day,
                name=client,
                error="TooManyRequestsError",
            )

    def _tell(self, response: Response) -> Response:
        if "caller" not in g:
            return response
        left, reset = self._left(self._minute, name=str(caller().key_id))
        response.headers["RateLimit-Limit"] = str(self._minute.amount)
        response.headers["RateLimit-Remaining"] = str(left)
        response.headers["RateLimit-Reset"] = str(reset)
        if retry := g.get("retry_after"):
            response.headers["Retry-After"] = str(retry)
        return response

    def _too_fast(self, message: str, *, item: RateLimitItem, name: str, error: str) -> ApiError:
        g.retry_after = max(1, self._left(item, name=name)[1])
        return ApiError(429, message, error=error)

    def _left(self, item: RateLimitItem, *, name: str) -> tuple[int, int]:
        """Give what is left, and the seconds until all is there again."""
        stats = self._ask(lambda limiter: limiter.get_window_stats(item, name))
        return stats.remaining, max(0, round(stats.reset_time - time.time()))

    def _ask(self, question: Callable[[FixedWindowRateLimiter], T]) -> T:
        if time.monotonic() >= self._away_until:
            try:
                return question(self._together)
            except redis.RedisError:
                self._away_until = time.monotonic() + AWAY_S
        return question(self._alone)
