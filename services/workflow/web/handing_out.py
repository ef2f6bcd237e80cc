"""Hands out a table to take along, as CSV or as a workbook, named after what it is and the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from flask import Response

from services.workflow.sheets import Row, csv_of, xlsx_of
from services.workflow.web.office import today
from shared.problems import problem_of

_KINDS: Final[Mapping[str, tuple[str, Callable[..., bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_of),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_of),
}


def hand_out(name: str, *, form: str, head: Sequence[str], rows: Sequence[Row]) -> Response:
    """Write the table in this form. Raises ProblemError: 404, when there is no such form."""
    if form not in _KINDS:
        raise problem_of(404)
    media_type, write = _KINDS[form]
    disposition = f'attachment; filename="{name}-{today().isoformat()}.{form}"'
    return Response(write(head, rows=rows), content_type=media_type, headers={"Content-Disposition": disposition})
