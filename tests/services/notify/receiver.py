"""A client of the API that listens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask, request

from tests.browser import served


@dataclass
class Receiver:
    """A client that listens; it answers with `status`."""

    base: str = ""
    status: int = 204
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def open_receiver() -> Iterator[Receiver]:
    """Listen at `/receipts` on a free port."""
    receiver, app = Receiver(), Flask("receiver")

    @app.post("/receipts")
    def hear() -> tuple[str, int]:
        receiver.heard.append(({name.lower(): value for name, value in request.headers}, request.get_data()))
        return "", receiver.status

    with served(app) as base:
        receiver.base = base
        yield receiver
