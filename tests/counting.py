"""Statements counted where they are said, so that a test can hold their number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row

from shared.database import Pool


class CountingCursor(psycopg.Cursor[DictRow]):
    """Counts the statements of all connections."""

    said = 0

    def execute(self, *args: Any, **kwargs: Any) -> Any:
        """Count, then do it."""
        CountingCursor.said += 1
        return super().execute(*args, **kwargs)


@contextmanager
def counting_pool(url: str) -> Iterator[Pool]:
    """One connection whose statements are counted."""
    kwargs = {"row_factory": dict_row, "cursor_factory": CountingCursor, "autocommit": True}
    with Pool(url, kwargs=kwargs, min_size=1, max_size=1, open=True) as pool:
        yield pool
