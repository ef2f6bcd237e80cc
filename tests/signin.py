"""The development provider of sign-ins on a port, for a service that lets people sign in there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from dev.signin import SigninSettings, make_provider, make_signin
from tests.browser import served


@contextmanager
def open_provider(folder: Path) -> Iterator[str]:
    """Its address; the secrets of the services come into the folder. Both services stand at http://localhost."""
    urls = {"forms_url": "http://localhost", "workflow_url": "http://localhost", "notify_url": "http://notify.example"}

    def signin(address: str) -> Flask:
        asked = SigninSettings(bind=address.removeprefix("http://"), secrets=folder, **urls)
        return make_signin(make_provider(asked), environment="test")

    with served(signin) as address:
        yield address
