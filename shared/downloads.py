"""Hands out files of residents, the same way in every service: nothing in them can act in our name."""

from __future__ import annotations

from typing import BinaryIO

from flask import Response, send_file

from shared.vault import Way

SHUT: str = "default-src 'none'; sandbox"
"""Even opened as a page, the file runs nothing and reaches nothing."""

PDF: str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
"""The browser's own PDF viewer does not run in a sandbox; our PDFs were disarmed when they came in."""

SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png"})
"""What a browser may show instead of saving."""


def hand_out(content: BinaryIO, *, name: str, media_type: str, size: int, way: Way) -> Response:
    """Give the file to be saved under its name, or (`way` show, for pictures and PDF) to be looked at."""
    shown = way == "show" and media_type in SHOWN
    response = send_file(content, mimetype=media_type, as_attachment=not shown, download_name=name, max_age=0)
    response.content_length = size
    response.headers["Content-Security-Policy"] = PDF if shown and media_type == "application/pdf" else SHUT
    response.headers["Cache-Control"] = "private, no-store"
    return response
