"""The running house, and browsers for people with and without JavaScript."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext

from dev.house import House
from tests.browser import base_url, browser_type_launch_args, open_browser

__all__ = ["base_url", "browser_type_launch_args"]

PATIENCE_S = 20.0
PARTS = ("forms", "workflow", "notify", "mailbox", "signin")


class Town(Protocol):
    """Where the services are."""

    def url(self, part: str) -> str:
        """Give the address of forms, workflow, notify, mailbox or signin."""


@dataclass(frozen=True)
class TownElsewhere:
    """A house that somebody else started, such as containers: base http://localhost:8000 gives the ports 8010 to 8050.

    It must have the trial mailbox and sign-in provider.
    """

    base: str

    def url(self, part: str) -> str:
        """Give the address of a part."""
        at = urlsplit(self.base)
        return f"{at.scheme}://{at.hostname}:{(at.port or 0) + 10 * (PARTS.index(part) + 1)}"

    def greet(self) -> None:
        """See that every part answers, so that nobody waits for a house that is not there."""
        for address in map(self.url, PARTS):
            try:
                requests.get(address, timeout=PATIENCE_S)
            except requests.ConnectionError:
                pytest.exit(f"BALIE_BASE={self.base}: nothing answers at {address}", returncode=1)


@pytest.fixture(scope="session")
def town() -> Iterator[Town]:
    """The whole house, started once for all journeys; or the one at BALIE_BASE."""
    if base := os.environ.get("BALIE_BASE"):
        elsewhere = TownElsewhere(base)
        elsewhere.greet()
        yield elsewhere
        return
    with House(settings={"RATE_LIMITS": "off"}) as house:
        yield house


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browsers run scripts. Pages are the same without; axe needs them."""
    runs: bool = request.param
    return runs


@pytest.fixture
def browsers(browser: Browser, scripts: bool) -> Iterator[list[BrowserContext]]:
    """Browsers of three people that know nothing of each other."""
    with ExitStack() as opened:
        yield [opened.enter_context(open_browser(browser, scripts=scripts)) for _ in range(3)]


class Mailbox:
    """What arrived in the mail."""

    def __init__(self, address: str) -> None:
        self._address = address

    def newest_to(self, to: str, *, subject: str, says: str = "") -> dict[str, Any]:
        """Wait for a mail to this address whose subject and text have this, and give the newest."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            mails = requests.get(f"{self._address}/api/messages", timeout=5).json()["messages"]
            mine = [mail for mail in mails if to in mail["to"] and says in mail["text"]]
            found = [mail for mail in mine if subject.lower() in mail["subject"].lower()]
            if found:
                return max(found, key=lambda mail: str(mail["received_at"]))
            time.sleep(0.2)
        raise AssertionError(f"no mail with subject {subject!r}")


@pytest.fixture
def mailbox(town: Town) -> Mailbox:
    return Mailbox(town.url("mailbox"))
