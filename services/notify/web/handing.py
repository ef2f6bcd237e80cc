"""The page behind the link to a file: says what it is, and gives it to whoever knows the address it was mailed to."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from services.notify.file_store import SharedFile, SharedFiles
from services.notify.ports import Vault
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.database import Pool
from shared.events import Words
from shared.law.calendar import local_date
from shared.problems import ProblemError
from shared.web import limiter

_GONE = Words(
    nl="Dit bestand is er niet, of niet meer. Vraag wie u mailde om een nieuwe link.",
    en="This file is not there, or not any more. Ask who mailed you for a new link.",
)


def open_handing(pool: Pool, *, vault: Vault) -> Blueprint:
    """Make the doors; the file itself goes only by a button, so that no mail scanner opens it."""
    pages = Blueprint("handing", __name__)

    @pages.get("/bestanden/<token>")
    @limiter.limit("60/minute")
    @allows(Permission.PUBLIC)
    def show(token: str) -> ResponseReturnValue:
        return render_template("pages/file.html", file=_find(token, pool=pool), wrong=False, typed="")

    @pages.post("/bestanden/<token>")
    @limiter.limit("20/minute")
    @allows(Permission.PUBLIC)
    def hand_over(token: str) -> ResponseReturnValue:
        file, typed = _find(token, pool=pool), request.form.get("email", "").strip()
        if file.confirm is not None and typed.casefold() != file.confirm:
            return render_template("pages/file.html", file=file, wrong=True, typed=typed), 422
        content = vault.get(file.sha256)
        with pool.connection() as connection:
            SharedFiles(connection).note_opened(file, now=utc_now())
        response = Response(content, content_type=file.type)
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return pages


def _find(token: str, *, pool: Pool) -> SharedFile:
    with pool.reading() as connection:
        found = SharedFiles(connection).find(token, today=local_date(utc_now()))
    if found is None:
        raise ProblemError(404, title=_GONE)
    return found
