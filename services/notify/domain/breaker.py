"""Whether a provider is to be tried: after some failures on end it rests, and then one message finds out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

RESTS_AFTER: Final = 3
SHORTEST_REST: Final = timedelta(seconds=30)
LONGEST_REST: Final = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Health:
    """How often on end a provider gave no answer, and until when it rests (aware)."""

    failures: int = 0
    until: datetime | None = None

    def rests(self, now: datetime) -> bool:
        """Tell whether it is left alone now; after its rest the next message is the probe."""
        return self.until is not None and now < self.until

    def after(self, *, up: bool, now: datetime) -> Health:
        """Give its health after one more try: well at once, or resting twice as long as before."""
        if up:
            return Health()
        failures = self.failures + 1
        if failures < RESTS_AFTER:
            return Health(failures=failures)
        rest = min(SHORTEST_REST * 2 ** min(failures - RESTS_AFTER, 10), LONGEST_REST)
        return Health(failures=failures, until=now + rest)
