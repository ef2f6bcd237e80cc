"""Markup, formulas and templates in answers stay text on the whole trip: pages, copies, case, mails and letter."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.forms.actions.scanning import Watch
from services.forms.inbox import open_inbox
from services.forms.scanning import NoScanner
from services.workflow.inbox import inbox
from shared.bus import Inbox
from shared.bus.deliver import Counter
from shared.clock import utc_now
from shared.shelves import Folder
from shared.vault import Vault
from tests.conftest import Database
from tests.services.forms.noor import LINKS
from tests.services.forms.web.noors_browser import post_step, send, start
from tests.services.notify.sink import open_sink
from tests.services.notify.trip import Trip, open_trip
from tests.services.workflow.conftest import Town, make_app, open_town
from tests.services.workflow.town import SAMIR

PLANTED: Mapping[str, str] = {
    "name": "=SUM(1+1) Noor <script src=//evil.example/x></script> de Vries",
    "purpose": '"><img src=x onerror=alert(1)> </textarea><svg onload=alert(2)> {{ 7*7 }} {% raw %} ${7*7} &lt;b&gt;',
    "spot": '=HYPERLINK("http://evil.example";"klik") @SUM(1+1)*cmd|\' /C calc\'!A0 <a href="javascript:f()">x</a>',
}
OWN = "<iframe src=javascript:alert(4)></iframe> =1+1 {{ 6*6 }}"
"""What a case handler pastes into a decision."""


class House:
    """The three services on one database; facts travel when they are told to."""

    def __init__(self, database: Database, *, forms: Flask, town: Town, trip: Trip, folder: Path) -> None:
        self.resident = forms.test_client()
        self.samir = town.client(SAMIR)
        self.town, self.trip, self._database = town, trip, database
        watch = Watch(vault=Vault(Folder(folder), key="a key for tests only"), scanner=NoScanner())
        self._inboxes: dict[str, Inbox] = {"workflow": inbox, "forms": open_inbox(watch, links=LINKS)}

    def travel(self) -> None:
        """Bring every fact where it is heard, until none is under way."""
        self.trip.now = utc_now()
        while any([self._hear(service) for service in ("workflow", "forms")] + [self._post(), self._press()]):
            pass

    def _hear(self, service: str) -> int:
        waiting = "select event_id from bus.delivery where consumer = %s and done_at is null and dead_at is null"
        ids = [str(row["event_id"]) for row in self.trip.rows(f"{waiting} order by event_id", [service])]
        counter = Counter(self._inboxes[service], database_url=self._database.dsn(service), clock=utc_now)
        try:
            return counter.handle(ids, job="test")
        finally:
            counter.close()

    def _post(self) -> int:
        return self.trip.work("notify")

    def _press(self) -> int:
        return self.trip.work("press")


@pytest.fixture
def house(app: Flask, database: Database, tmp_path: Path) -> Iterator[House]:
    """The three services."""
    workflow = make_app(issuer="http://127.0.0.1:9", secret="invented")
    with (
        open_town(workflow, database=database) as town,
        open_sink() as sink,
        open_trip(database.dsn("notify"), vault=tmp_path / "letters", smtp_url=sink.url) as trip,
    ):
        trip.sink = sink  # type: ignore[attr-defined]
        yield House(database, forms=app, town=town, trip=trip, folder=tmp_path / "files")


# the press leaves its colour profile open (weasyprint 70.0)
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
def test_what_was_planted_in_answers_is_text_wherever_it_comes(house: House) -> None:
    status = _apply(house.resident)
    house.travel()
    reference = house.town.rows("select reference from workflow.cases")[0]["reference"]
    _read_as_staff(house.samir, reference)
    _decide(house.samir, reference)
    house.travel()
    _read_decision(house, status)
    assert house.trip.rows("select reason from bus.delivery where dead_at is not null") == []


def _apply(client: FlaskClient) -> str:
    """Fill in and send; the address of the status page."""
    form = start(client)
    assert post_step(client, form, step="what", purpose=PLANTED["purpose"]).status_code == 303
    assert post_step(client, form, step="where", spot=PLANTED["spot"]).status_code == 303
    assert post_step(client, form, step="when").status_code == 303
    assert post_step(client, form, step="who", name=PLANTED["name"], email="noor").status_code == 422
    assert post_step(client, form, step="who", name=PLANTED["name"]).status_code == 303
    for step, name in (("what", "purpose"), ("where", "spot"), ("who", "name")):
        _holds(client.get(f"{form}/{step}").text, PLANTED[name])
    _holds(client.get(f"{form}/controleren").text, *PLANTED.values())
    status = send(client, form).headers["Location"].removesuffix("/ontvangen")
    copy = client.get(f"{status}/antwoorden.json")
    assert {name: copy.get_json()["answers"][name] for name in PLANTED} == dict(PLANTED)
    assert copy.headers["Content-Disposition"].startswith("attachment")
    assert "<" not in copy.headers["Content-Disposition"]
    _is_tame(client.get(f"{status}/antwoorden.pdf").data)
    _holds(client.get(status).text)
    _holds(client.get(f"{status}/ontvangen").text)
    return status


def _read_as_staff(client: FlaskClient, reference: str) -> None:
    case = f"/zaken/{reference}"
    assert client.post(f"{case}/pakken", data={}).status_code == 303
    _holds(client.get("/").text, PLANTED["name"])
    _holds(client.get("/", query_string={"q": PLANTED["name"]}).text)
    _takes_along(client)
    _holds(client.get(case).text, *PLANTED.values())
    for page in ("termijn", "tijdlijn", "vraag", "besluit"):
        _holds(client.get(f"{case}/{page}").text)


def _takes_along(client: FlaskClient) -> None:
    """The list of cases as a file: what was typed stands there, and begins as no formula does."""
    rows = list(csv.reader(io.StringIO(client.get("/lijst.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert f"'{PLANTED['name']}" in rows[1]
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


def _decide(client: FlaskClient, reference: str) -> None:
    editor = f"/zaken/{reference}/besluit"
    page = client.get(editor).text
    hidden = {name: _hidden(page, name) for name in ("version", "editor")}
    own = {"own_conditions.0.text": OWN, "own_conditions.0.because": OWN, "own_conditions.0.source": OWN}
    fields: dict[str, Any] = {"result": "granted", "grant_reasons": ["no-harm"], "conditions": ["dates"], **own}
    saved = client.post(editor, data={**hidden, **fields})
    assert saved.status_code == 303, saved.text
    _holds(client.get(editor).text, OWN)
    page = client.get(f"{editor}/controle").text
    _holds(page)
    _holds(client.get(f"{editor}/brief").text, OWN, PLANTED["name"])
    assert client.post(f"{editor}/controle", data={"version": _hidden(page, "version")}).status_code == 303


def _read_decision(house: House, status: str) -> None:
    _holds(house.resident.get(status).text, OWN)
    notice = house.trip.told("NoticeSent")
    letter = next(told for told in notice if told["letter_sha256"])
    _is_tame(house.trip.vault.get(letter["letter_sha256"]))
    mails = house.trip.sink.taken  # type: ignore[attr-defined]
    assert len(mails) >= 2
    for mail in mails:
        assert not [text for text in (*PLANTED.values(), OWN, "<script", "=HYPERLINK") if text in mail.as_string()]
        _holds(mail.get_body(("html",)).get_content())


class _Reader(HTMLParser):
    """Reads a page as a browser does: what its elements would do, and the text and values that people see."""

    def __init__(self) -> None:
        super().__init__()
        self.dangers: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            leads = name in ("href", "src", "action", "formaction", "data", "srcdoc")
            away = leads and re.match(r"\s*(javascript:|(https?:)?//evil|x$)", value or "")
            if away or name.startswith("on"):
                self.dangers.append(f"{tag} {name}={value}")
            if name == "value" and value:
                self.seen.append(value)

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def _holds(page: str, *texts: str) -> None:
    """Whether a page shows these texts as they were typed, and does nothing that stands in them."""
    reader = _Reader()
    reader.feed(page)
    assert reader.dangers == []
    seen = " ".join(" ".join(reader.seen).split())
    missing = [text for text in texts if " ".join(text.split()) not in seen]
    assert missing == []


def _is_tame(pdf: bytes) -> None:
    """Whether a PDF leads nowhere foreign and starts nothing."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [str(one) for one in document.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]
        actions = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one]
        kinds = {str(one["/S"]) for one in actions} & {"/JavaScript", "/Launch", "/GoToR", "/SubmitForm", "/ImportData"}
        links = [str(one["/URI"]) for one in actions if "/URI" in one]
    assert found
    assert kinds == set()
    assert [link for link in links if "evil" in link or "javascript" in link] == []


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]
