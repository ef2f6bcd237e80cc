"""The pages of notify: what it is, and the letter behind a link."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.notify.web.drawer import Drawer
from services.notify.web.keys import give_key, has_key
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.web import limiter


def open_pages(drawer: Drawer, *, key: str) -> Blueprint:
    """Make the doors; `key` signs the proof that a person knew the reference."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    @allows(Permission.PUBLIC)
    def about() -> ResponseReturnValue:
        return render_template("pages/about.html")

    @pages.get("/brieven/<token>")
    @limiter.limit("60/minute")
    @allows(Permission.PUBLIC)
    def letter(token: str) -> ResponseReturnValue:
        found = drawer.find(token)
        if not has_key(token, key=key, now=utc_now()):
            return render_template("pages/ask.html", wrong=False, typed="")
        return render_template("pages/letter.html", letter=found, token=token)

    @pages.post("/brieven/<token>")
    @limiter.limit("20/minute")
    @allows(Permission.PUBLIC)
    def open_letter(token: str) -> ResponseReturnValue:
        now, typed = utc_now(), request.form.get("reference", "")
        if not drawer.opens(token, typed=typed, now=now):
            return render_template("pages/ask.html", wrong=True, typed=typed), 422
        return give_key(redirect(request.full_path.rstrip("?"), 303), token=token, key=key, now=now)

    @pages.get('/brieven/<token>/<any("besluit", "kaart"):paper>.pdf')
    @limiter.limit("60/minute")
    @allows(Permission.PUBLIC)
    def document(token: str, paper: str) -> ResponseReturnValue:
        content = drawer.content(token) if paper == "besluit" else drawer.card(token)
        if not has_key(token, key=key, now=utc_now()):
            return redirect(url_for("pages.letter", token=token), 303)
        return pdf_response(content, name=f"{paper}.pdf")

    return pages


def pdf_response(content: bytes, *, name: str) -> Response:
    """Give a PDF to read in the browser, or to keep when the address asks for a `download`."""
    response = Response(content, content_type="application/pdf")
    way = "attachment" if "download" in request.args else "inline"
    response.headers["Content-Disposition"] = f"{way}; filename={name}"
    # the browser's own viewer brings its style and frame; nothing in a PDF of ours runs
    response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
