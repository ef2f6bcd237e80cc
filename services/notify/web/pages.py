"""The pages of notify: what it is, and the letter behind a link."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.notify.web.drawer import Drawer
from services.notify.web.keys import give_key, has_key
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.web import limiter


def open_pages(drawer: Drawer, *, key: str) -> Blueprint:
    """Make the doors; `key` signs the proof that a person knew the reference, and the code."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    @allows(Permission.PUBLIC)
    def about() -> ResponseReturnValue:
        return render_template("pages/about.html")

    @pages.get("/brieven/<token>")
    @limiter.limit("60/minute")
    @allows(Permission.PUBLIC)
    def letter(token: str) -> ResponseReturnValue:
        found, now = drawer.find(token), utc_now()
        if found.valid_until < now:
            return _expired(token)
        if not has_key(token, key=key, now=now):
            return render_template("pages/ask.html", wrong=False, typed="")
        return render_template("pages/letter.html", letter=found, token=token)

    @pages.post("/brieven/<token>")
    @limiter.limit("20/minute")
    @allows(Permission.PUBLIC)
    def open_letter(token: str) -> ResponseReturnValue:
        now = utc_now()
        asked = _still_asked(token, drawer=drawer, now=now)
        return asked or give_key(redirect(request.full_path.rstrip("?"), 303), token=token, key=key, now=now)

    @pages.get('/brieven/<token>/<any("besluit", "kaart"):paper>.pdf')
    @limiter.limit("60/minute")
    @allows(Permission.PUBLIC)
    def document(token: str, paper: str) -> ResponseReturnValue:
        found, now = drawer.find(token), utc_now()
        if not has_key(token, key=key, now=now) or found.valid_until < now:
            return redirect(url_for("pages.letter", token=token), 303)
        content = drawer.content(found) if paper == "besluit" else drawer.card(found)
        return pdf_response(content, name=f"{paper}.pdf")

    _open_renewing(pages, drawer=drawer)
    return pages


def _open_renewing(pages: Blueprint, *, drawer: Drawer) -> None:
    @pages.post("/brieven/<token>/nieuwe-link")
    @limiter.limit("5/minute")
    @allows(Permission.PUBLIC)
    def renew(token: str) -> ResponseReturnValue:
        drawer.renew(token, now=utc_now())
        return render_template("pages/expired.html", token=token, asked=True)


def _still_asked(token: str, *, drawer: Drawer, now: datetime) -> ResponseReturnValue | None:
    """The page that stands between what somebody sent and the letter; None: nothing, it is theirs."""
    found, typed, code = drawer.find(token), request.form.get("reference", ""), request.form.get("code")
    if found.valid_until < now:
        return _expired(token)
    coded = drawer.asks_code(found)
    if coded and code is not None:
        if drawer.opens_with_code(token, typed=code, reference=typed, now=now):
            return None
        return render_template("pages/code.html", reference=typed, wrong=True), 422
    if not drawer.opens(token, typed=typed, coded=coded, now=now):
        return render_template("pages/ask.html", wrong=True, typed=typed), 422
    if not coded:
        return None
    drawer.send_code(token, now=now)
    return render_template("pages/code.html", reference=typed, wrong=False)


def _expired(token: str) -> ResponseReturnValue:
    return render_template("pages/expired.html", token=token, asked=False), 410


def pdf_response(content: bytes, *, name: str) -> Response:
    """Give a PDF to read in the browser, or to keep when the address asks for a `download`."""
    response = Response(content, content_type="application/pdf")
    way = "attachment" if "download" in request.args else "inline"
    response.headers["Content-Disposition"] = f"{way}; filename={name}"
    # the browser's own viewer brings its style and frame; nothing in a PDF of ours runs
    response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
