"""The page where anyone finds out whether a letter is ours and unchanged; it tells nothing of what is in it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.notify import queries
from shared.access import Permission, allows
from shared.database import Pool
from shared.law.calendar import local_date
from shared.web import limiter

LARGEST_LETTER: Final = 10_000_000
"""Bytes; no letter of ours comes near."""


def open_checking(pool: Pool) -> Blueprint:
    """Make the doors."""
    checking = Blueprint("checking", __name__)

    @checking.get("/controleren")
    @allows(Permission.PUBLIC)
    def check() -> ResponseReturnValue:
        return render_template("pages/check.html", asked=False, made=None, error=False)

    @checking.post("/controleren")
    @limiter.limit("20/minute")
    @allows(Permission.PUBLIC)
    def check_letter() -> ResponseReturnValue:
        request.max_content_length = LARGEST_LETTER
        letter = request.files.get("letter")
        content = letter.read() if letter else b""
        if not content:
            return render_template("pages/check.html", asked=False, made=None, error=True), 422
        made = _made_at(content, pool=pool)
        return render_template("pages/check.html", asked=True, made=made and local_date(made), error=False)

    return checking


def _made_at(content: bytes, *, pool: Pool) -> datetime | None:
    with pool.reading() as connection:
        return queries.find_made(connection, sha256=hashlib.sha256(content).hexdigest())
