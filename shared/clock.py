"""The one place that looks at the clock; only doors come here."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Give this instant, aware, in UTC."""
    return datetime.now(UTC)
