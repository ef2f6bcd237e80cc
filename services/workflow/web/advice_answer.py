"""Reads what an adviser fills in."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from werkzeug.datastructures import MultiDict

from services.workflow.domain.advice import Given, Opinion
from services.workflow.web.reading import read_text


def read_given(form: MultiDict[str, str], *, by: str, at: datetime) -> Given:
    """Read an answer; each line of the conditions is one condition. What is wrong with it, the domain says."""
    lines = (line.strip() for line in read_text(form, name="conditions").split("\n"))
    return Given(
        opinion=cast(Opinion, form.get("opinion", "")),
        words=read_text(form, name="words").strip(),
        conditions=tuple(line for line in lines if line),
        by=by,
        at=at,
    )
