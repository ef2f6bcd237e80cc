"""Where residents get their own files back: an address that nobody guesses, that soon ends and that knows no cookie."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from flask import Flask, abort, current_app, redirect, request
from flask.typing import ResponseReturnValue

from services.forms.actions.filling import open_form
from services.forms.domain.files import StoredFile
from services.forms.file_store import FileShelf
from services.forms.queries import find_file
from services.forms.web.counter import at_most, means, now, public, reading
from services.forms.web.finding import find_own_case
from services.forms.web.incoming import file_room
from shared.downloads import hand_out
from shared.vault import MissingFileError

LINK_LIVES = timedelta(minutes=5)


def open_downloads(app: Flask) -> None:
    """Add these doors; under the name that is for files there are no others."""
    app.before_request(_only_files)
    app.add_url_rule("/aanvraag/<token>/bestand/<uuid:file_id>", "draft_file", draft_file)
    app.add_url_rule("/status/<token>/bestand/<uuid:file_id>", "sent_file", sent_file)
    app.add_url_rule("/bestanden/<place>/<seal>", "download", download)


@public
def draft_file(token: str, *, file_id: UUID) -> ResponseReturnValue:
    """Lead to a file of a form that is being filled in."""
    return _lead(file_id, files=open_form(token, means=means(), now=now()).files)


@public
def sent_file(token: str, *, file_id: UUID) -> ResponseReturnValue:
    """Lead to a file of a form that was handed in."""
    submitted = find_own_case(token)
    with reading() as connection:
        files = FileShelf(connection).of_form(submitted.reference)
    return _lead(file_id, files=files)


@public
@at_most("120/minute")
def download(place: str, *, seal: str) -> ResponseReturnValue:
    """Give a file to be saved; a wrong link, one whose time is over and a file that stays shut are all not there."""
    vault = file_room().vault
    if vault.admits(place, seal=seal, now=now()) is None:
        abort(404)
    with reading() as connection:
        file = find_file(connection, place=place)
    if file is None or not file.opens:
        abort(404)
    try:
        content = vault.get(place)
    except MissingFileError:
        abort(404)
    return hand_out(content, name=file.name, media_type=file.type, size=file.bytes, way="save")


def _only_files() -> None:
    host = current_app.config["DOWNLOADS_HOST"]
    if host and request.host == host and request.endpoint != "download":
        abort(404)


def _lead(file_id: UUID, *, files: Iterable[StoredFile]) -> ResponseReturnValue:
    file = next((file for file in files if file.id == file_id and file.opens), None)
    if file is None:
        abort(404)
    return redirect(means().vault.link(file.place, until=now() + LINK_LIVES), code=303)
