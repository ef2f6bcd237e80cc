"""An example of a message with the text that is being written, in a frame beside it and as a letter to print."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from services.notify.editing import Workshop
from services.notify.proofing import Contents, UnfitError, example_letter, example_mail
from services.notify.web.desk.room import Room
from services.notify.web.desk.texts import named, typed_fields
from services.notify.web.pages import pdf_response
from services.notify.wording_form import content_of
from services.notify.wording_store import WordingStore, serving_contents
from shared.access import Permission, allows
from shared.clock import utc_now

_STYLED: Final = "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'"
"""The look of a mail stands in its elements; nothing in it runs, and it sends nothing."""


def open_previewing(room: Room, *, workshop: Workshop, check_page: str) -> Blueprint:
    """Make the doors; letters can be checked at `check_page`."""
    pages = Blueprint("previewing", __name__)

    @pages.route("/beheer/teksten/<name>/voorbeeld", methods=["GET", "POST"])
    @allows(Permission.ADMINISTER)
    def show(name: str) -> ResponseReturnValue:
        contents = _contents(named(name), room=room, workshop=workshop)
        way, _, language = request.values.get("kijk", "").partition(".")
        try:
            mail = example_mail(
                name,
                contents=contents,
                language="en" if language == "en" else "nl",
                workshop=workshop,
                now=utc_now(),
            )
        except UnfitError:
            return _unfit()
        if way == "text":
            return _framed(render_template("desk/text-example.html", mail=mail))
        return _framed(mail.html)

    @pages.route("/beheer/teksten/<name>/brief.pdf", methods=["GET", "POST"])
    @allows(Permission.ADMINISTER)
    def letter(name: str) -> ResponseReturnValue:
        contents = _contents(named(name), room=room, workshop=workshop)
        try:
            pdf = example_letter(name, contents=contents, workshop=workshop, check_page=check_page, now=utc_now())
        except UnfitError:
            return _unfit(), 422
        return pdf_response(pdf, name="voorbeeld.pdf")

    return pages


def _contents(name: str, *, room: Room, workshop: Workshop) -> Contents:
    """Give all texts as they are said now, but this one as it is typed, else as its draft has it."""
    with room.pool.reading() as connection:
        contents = serving_contents(connection, folder=workshop.folder)
        if request.method == "POST":
            return {**contents, name: content_of(typed_fields(name))}
        draft = WordingStore(connection).drafts().get(name)
    return {**contents, name: draft.content} if draft else contents


def _unfit() -> Response:
    return _framed(render_template("desk/text-example.html", mail=None))


def _framed(page: str) -> Response:
    response = make_response(page)
    response.headers["Content-Security-Policy"] = _STYLED
    return response
