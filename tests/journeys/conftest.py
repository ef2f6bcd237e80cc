"""The running house, and browsers for people with and without JavaScript."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
import requests
from playwright.sync_api import Browser, Page

from dev.house import House
from tests.browser import base_url, browser_type_launch_args

__all__ = ["base_url", "browser_type_launch_args"]

PATIENCE_S = 20.0


class Town(Protocol):
    """Where the services are."""

    def url(self, part: str) -> str:
        """Give the address of forms, workflow, notify, mailbox or signin."""


@dataclass(frozen=True)
class TownElsewhere:
    """A house that somebody else started, e.g. in containers: BALIE_BASE=http://localhost:8000 gives ports 8010 ff."""

    host: str
    base: int

    def url(self, part: str) -> str:
        """Give the address of a part."""
        order = ["forms", "workflow", "notify", "mailbox", "signin"]
        return f"http://{self.host}:{self.base + 10 * (order.index(part) + 1)}"


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The whole house, started once for all journeys; or the one at BALIE_BASE."""
    elsewhere = os.environ.get("BALIE_BASE", "").rpartition(":")
    if elsewhere[2]:
        yield TownElsewhere(elsewhere[0].removeprefix("http://"), int(elsewhere[2]))
        return
    var: Path = tmp_path_factory.mktemp("house")
    with House(var=var, settings={"RATE_LIMITS": "off"}) as house:
        yield house


class Mailbox:
    """What arrived in the mail."""

    def __init__(self, address: str) -> None:
        self._address = address

    def newest_to(self, to: str, *, subject: str) -> dict[str, Any]:
        """Wait for a mail to this address whose subject has this text, and give the newest."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            mails = requests.get(f"{self._address}/api/messages", timeout=5).json()["messages"]
            found = [mail for mail in mails if to in mail["to"] and subject.lower() in mail["subject"].lower()]
            if found:
                return max(found, key=lambda mail: str(mail["received_at"]))
            time.sleep(0.2)
        raise AssertionError(f"no mail with subject {subject!r}")


@pytest.fixture
def mailbox(town: Town) -> Mailbox:
    return Mailbox(town.url("mailbox"))


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def visitor(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Someone at a browser, once with JavaScript and once without; any word on the console fails the test."""
    context = browser.new_context(java_script_enabled=request.param, locale="nl-NL")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []
