"""No page offers what its reader may not do: each link and button on each page opens for who sees it."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from shared.access import Permission, Person, Role, may, permission_of
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import REFERENCE, SAMIR, somebody, submission
from tests.services.workflow.web.test_who_may import ARGUMENTS, doors

FREE: Final = "Z-2026-FREE-0001"
PEOPLE: Final = [somebody(f"offer-{role.value}", f"A {role.value}", role.value, "team:*") for role in Role]


class Controls(HTMLParser):
    """Reads off a page where its links lead and what its forms and buttons send."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self._method, self._action = "GET", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a link, form or button opens."""
        told = dict(attrs)
        if tag == "a" and told.get("href"):
            self.found.add(("GET", str(told["href"])))
        if tag == "form":
            self._method, self._action = str(told.get("method") or "get").upper(), str(told.get("action") or "")
            self.found.add((self._method, self._action))
        if tag == "button" and told.get("formaction"):
            self.found.add((self._method, str(told["formaction"])))


def pages(town: Town) -> Iterator[str]:
    """Every page, for a case that somebody holds and for one that nobody does."""
    for reference in (REFERENCE, FREE):
        with town.app.test_request_context():
            for rule, method in doors(town):
                if method == "GET" and not rule.rule.startswith("/api/"):
                    values: Any = {name: {**ARGUMENTS, "reference": reference}[name] for name in rule.arguments}
                    yield town.app.url_for(rule.endpoint, **values)


def asked_by(town: Town, *, method: str, path: str) -> Permission | None:
    """What a door of this service asks; None for an address that is none."""
    try:
        endpoint, _ = town.app.url_map.bind("localhost").match(path, method=method)
    except HTTPException:
        return None
    return permission_of(town.app.view_functions[endpoint])


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.subject)
def test_each_link_and_button_on_each_page_opens_for_who_sees_it(town: Town, person: Person) -> None:
    town.receive(submission(FREE))
    town.claimed(SAMIR)
    client, refused, tried = town.client(person), set(), 0
    for page in pages(town):
        with client.get(page) as answer:
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            read = Controls()
            read.feed(answer.text)
        for method, address in read.found:
            there = urlsplit(urljoin(f"http://localhost{page}", address))
            permission = asked_by(town, method=method, path=there.path) if there.hostname == "localhost" else None
            tried += permission is not None
            if permission and not may(person, permission=permission):
                refused.add((page, method, there.path))
    assert refused == set()
    assert tried > 0
