"""What Noor does in her browser, and what she reads there."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.database import connect
from tests.conftest import Database
from tests.services.forms.noor import FIELDS, asked, fields


def start(client: FlaskClient) -> str:
    """Begin a form; its address."""
    answer = client.post("/objecten")
    assert answer.status_code == 303
    return answer.location.rpartition("/")[0]


def post_step(client: FlaskClient, form: str, *, step: str, query: str = "", **changes: Any) -> TestResponse:
    """Send a step as the browser does."""
    sent: dict[str, Any] = {"asked": " ".join(asked(step)), **fields(step, **changes)}
    return client.post(f"{form}/{step}{query}", data=sent)


def fill_in(client: FlaskClient, *, steps: tuple[str, ...] = tuple(FIELDS)) -> str:
    """Fill in these steps; the address of the form."""
    form = start(client)
    for step in steps:
        assert post_step(client, form, step=step).status_code == 303
    return form


def send(client: FlaskClient, form: str, **chosen: str) -> TestResponse:
    """Press the last button of the check page, with what was chosen there."""
    page = client.get(f"{form}/controleren").text
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision
    return client.post(f"{form}/controleren", data={"revision": revision[1], **chosen})


def told(database: Database, name: str) -> list[dict[str, Any]]:
    """What was told under this name, the first in front."""
    with connect(database.dsn()) as connection:
        rows = connection.execute("select payload from bus.event where name = %s order by id", [name]).fetchall()
    return [row["payload"] for row in rows]


def title_of(answer: TestResponse) -> str:
    """The title of the page."""
    found = re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)
    assert found
    return found[1]


def summary_of(answer: TestResponse) -> list[tuple[str, str]]:
    """The links of the error summary: anchor and text."""
    block = re.search(r"data-error-summary>(.*?)</div>", answer.text, re.DOTALL)
    return re.findall(r'<a href="#([^"]+)">(.*?)</a>', block[1]) if block else []
