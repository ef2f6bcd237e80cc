"""The web side that the mailbox and the sign-in provider share: the house style, strict headers, a plain server."""

from __future__ import annotations

import logging
from pathlib import Path

from flask import Flask, Response
from werkzeug.serving import make_server

from shared.look.look import install
from shared.look.texts import Texts

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
)
POLICY += "frame-src 'self'; frame-ancestors 'self'; base-uri 'none'"


class ProductionError(Exception):
    """This program is for development only and refuses to run with ENVIRONMENT=production."""


def make_pages(name: str, *, environment: str) -> Flask:
    """A Flask application in the house style with `/health`.

    Raises:
        ProductionError: the environment is production.
    """
    if environment == "production":
        raise ProductionError(f"{name} {ProductionError.__doc__}")
    pages = Flask(name, root_path=str(Path(__file__).parent))
    install(pages, texts=Texts({}), municipality=lambda: "Balie", language_of=lambda: "nl")
    pages.add_url_rule("/health", "health", lambda: {"status": "up"})
    pages.after_request(_guard)
    return pages


def serve_pages(pages: Flask, *, bind: str) -> None:
    """Serve until the process is ended."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a line per look at a page drowns what matters
    host, _, port = bind.partition(":")
    make_server(host, int(port), pages, threaded=True).serve_forever()


def _guard(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Cache-Control", "no-store")
    return response
