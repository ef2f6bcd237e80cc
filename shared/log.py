"""One JSON line per thing that happened, without anything personal in it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

_part: dict[str, str] = {}
_bound: ContextVar[Mapping[str, Any] | None] = ContextVar("bound", default=None)


class Logger:
    """Writes to standard error at once. Events are names, facts plain values; neither holds personal data."""

    def info(self, event: str, /, **facts: Any) -> None:
        """Tell what went as it should."""
        _write(event, level="info", facts=facts)

    def warning(self, event: str, /, **facts: Any) -> None:
        """Tell what mended itself or will be tried again."""
        _write(event, level="warning", facts=facts)

    def error(self, event: str, /, **facts: Any) -> None:
        """Tell what a person must look at."""
        _write(event, level="error", facts=facts)


logger = Logger()


def start_log(part: str) -> None:
    """Have every line of this process name the part it comes from, e.g. `forms.serve`."""
    _part["part"] = part


def bind(**facts: Any) -> None:
    """Have every line in this context (one request in one thread) carry these facts, and no others from before."""
    _bound.set(facts)


def _write(event: str, *, level: str, facts: Mapping[str, Any]) -> None:
    at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    line = {**_part, **(_bound.get() or {}), **facts, "event": event, "level": level, "timestamp": at}
    sys.stderr.write(json.dumps(line, default=str) + "\n")
