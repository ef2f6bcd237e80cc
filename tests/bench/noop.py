"""The yardstick of HTTP: an empty page behind the same server with the same settings as a service."""

from __future__ import annotations

from flask import Flask

from shared.serve import serve


def web() -> Flask:
    """Make an app with one page that does nothing."""
    app = Flask(__name__)
    app.add_url_rule("/", "page", lambda: "nothing")
    return app


if __name__ == "__main__":
    serve("tests.bench.noop:web()")
