"""The page where anyone finds out whether a letter is ours and unchanged; it tells nothing of what is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.notify.domain.codes import read_code
from services.notify.queries import find_coded, find_unchanged
from shared.access import Permission, allows
from shared.database import Pool
from shared.law.calendar import local_date
from shared.web import limiter

LARGEST_LETTER: Final = 10_000_000
"""Bytes; no letter of ours comes near."""
LONGEST_CODE: Final = 60
"""Signs that are read of what a person typed."""


def open_checking(pool: Pool, *, good_seal: Callable[[bytes], bool] | None) -> Blueprint:
    """Make the doors; `good_seal` tells whether a letter of ours bears a good seal, if letters are sealed."""
    checking = Blueprint("checking", __name__)

    @checking.get("/controleren")
    @limiter.limit("60/minute")
    @allows(Permission.PUBLIC)
    def check() -> ResponseReturnValue:
        typed = request.args.get("code", "")[:LONGEST_CODE]
        return _verdict_on_code(typed, pool=pool) if typed else _page()

    @checking.post("/controleren")
    @limiter.limit("20/minute")
    @allows(Permission.PUBLIC)
    def check_letter() -> ResponseReturnValue:
        request.max_content_length = LARGEST_LETTER
        letter, typed = request.files.get("letter"), request.form.get("code", "")[:LONGEST_CODE].strip()
        content = letter.read() if letter else b""
        if content:
            return _verdict_on_file(content, pool=pool, good_seal=good_seal)
        return _verdict_on_code(typed, pool=pool) if typed else (_page(error=True), 422)

    return checking


def _verdict_on_file(content: bytes, *, pool: Pool, good_seal: Callable[[bytes], bool] | None) -> str:
    with pool.reading() as connection:
        made = find_unchanged(connection, sha256=hashlib.sha256(content).hexdigest())
    sealed = bool(made and good_seal and good_seal(content))  # nobody else's file is opened
    return _page(asked="letter", made=made and local_date(made), sealed=sealed)


def _verdict_on_code(typed: str, *, pool: Pool) -> str:
    code = read_code(typed)
    if code is None:
        return _page(asked="code", typed=typed)
    with pool.reading() as connection:
        made = find_coded(connection, code=code)
    return _page(asked="code", typed=code, made=made and local_date(made))


def _page(**shown: object) -> str:
    return render_template(
        "pages/check.html", **{"asked": "", "typed": "", "made": None, "error": False, "sealed": False, **shown}
    )
