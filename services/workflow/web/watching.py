"""What /health says of the parts that work beside the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.workflow.lateness import how_late
from services.workflow.web.office import office


def watch_timers() -> Mapping[str, Any]:
    """Say how many timers should have gone off, since when, and how many cases have none yet."""
    with office().pool.reading() as connection:
        late = how_late(connection)
    oldest = late.oldest.isoformat() if late.oldest else None
    return {"well": late.well, "overdue": late.overdue, "oldest": oldest, "without": late.without}
