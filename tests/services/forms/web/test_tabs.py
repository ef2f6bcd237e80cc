"""Two tabs with the same step: nothing that one filled in is undone by the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import tinyhtml5
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import Database
from tests.services.forms.conftest import open_web
from tests.services.forms.party import FILLED_IN, WITH_PARTY, asked

Fields = dict[str, list[str]]


@pytest.fixture
def app(database: Database) -> Iterator[Flask]:
    """The web door with the party, which has a question of every kind, among its products."""
    yield from open_web(database, catalogue=WITH_PARTY)


@pytest.fixture
def form(client: FlaskClient) -> str:
    """A form of which every step was filled in."""
    form = client.post("/party").location.rpartition("/")[0]
    for step, fields in FILLED_IN.items():
        sent = {name: text for name, text in fields.items() if text is not None}
        assert client.post(f"{form}/{step}", data={"asked": asked(step), **sent}).status_code == 303
    return form


def opened(client: FlaskClient, form: str, step: str) -> Fields:
    """The fields of a page in a tab, as its browser would send them when nothing is touched."""
    page = tinyhtml5.parse(client.get(f"{form}/{step}").text, namespace_html_elements=False)
    fields: Fields = {}
    for each in page.iter():
        name, kind = each.get("name"), each.get("type")
        if (
            each.tag not in ("input", "textarea", "select")
            or not name
            or kind in ("file", "submit")
            or (kind in ("radio", "checkbox") and each.get("checked") is None)
        ):
            continue
        texts = [each.get("value") or ""]
        if each.tag == "textarea":
            texts = [(each.text or "").removeprefix("\n").replace("\n", "\r\n")]
        if each.tag == "select":
            options = list(each.iter("option"))
            texts = [one.get("value") or "" for one in options if one.get("selected") is not None][:1]
            texts = texts or [options[0].get("value") or ""]
        fields.setdefault(name, []).extend(texts)
    return fields


def sent(client: FlaskClient, form: str, step: str, tab: Fields, *, save: str = "", **changes: str) -> TestResponse:
    """Send the page of a tab with these changes; `save="/bewaar"` is how it keeps itself."""
    changed = {name.replace("__", "."): [text] for name, text in changes.items()}
    return client.post(f"{form}/{step}{save}", data={**tab, **changed})


@pytest.fixture(params=list(FILLED_IN))
def step(request: pytest.FixtureRequest) -> str:
    """Each step of the party."""
    return str(request.param)


def test_a_page_that_is_sent_as_it_was_shown_is_known_as_such(client: FlaskClient, form: str, step: str) -> None:
    stale = opened(client, form, step)
    marked = {mark.partition(":")[0] for mark in stale["_shown"][0].split()[1:]}
    assert marked == {name.partition(".")[0] for name, text in FILLED_IN[step].items() if text} & set(
        asked(step).split()
    )
    emptied = {name: [""] if name.partition(".")[0] in marked else texts for name, texts in stale.items()}
    client.post(f"{form}/{step}/bewaar", data=emptied)
    assert sent(client, form, step, stale, save="/bewaar").status_code == 204
    after = opened(client, form, step)
    assert [name for name, texts in after.items() if name.partition(".")[0] in marked and any(texts)] == []


def test_a_tab_that_was_opened_before_does_not_empty_what_was_filled_in_since(client: FlaskClient) -> None:
    form = client.post("/objecten").location.rpartition("/")[0]
    first, second = opened(client, form, "what"), opened(client, form, "what")
    assert sent(client, form, "what", first, save="/bewaar", purpose="Verbouwing").status_code == 204
    answer = sent(client, form, "what", second, objects__0__length="4")
    assert answer.status_code == 422
    assert "Verbouwing" in answer.text
    now = opened(client, form, "what")
    assert (now["purpose"], now["objects.0.length"]) == (["Verbouwing"], ["4"])


def test_of_two_answers_the_last_one_counts(client: FlaskClient) -> None:
    form = client.post("/objecten").location.rpartition("/")[0]
    first, second = opened(client, form, "what"), opened(client, form, "what")
    sent(client, form, "what", first, save="/bewaar", purpose="Verbouwing")
    sent(client, form, "what", second, save="/bewaar", purpose="Verhuizing")
    assert opened(client, form, "what")["purpose"] == ["Verhuizing"]


def test_who_takes_a_change_back_after_it_was_kept_is_believed(client: FlaskClient) -> None:
    form = client.post("/objecten").location.rpartition("/")[0]
    tab = opened(client, form, "what")
    sent(client, form, "what", tab, save="/bewaar", purpose="Verbouwing", _touched="purpose")
    sent(client, form, "what", tab, save="/bewaar", _touched="purpose")
    assert opened(client, form, "what")["purpose"] == [""]


@pytest.mark.parametrize("shown", ["", "x", "-1 a:b", "9" * 5000, "0 purpose", "0 :::", "\u0663 purpose:1"])
def test_whatever_a_page_says_of_how_it_was_shown_it_is_kept(client: FlaskClient, shown: str) -> None:
    form = client.post("/objecten").location.rpartition("/")[0]
    tab = opened(client, form, "what")
    assert sent(client, form, "what", tab, save="/bewaar", purpose="Verbouwing", _shown=shown).status_code == 204
    assert opened(client, form, "what")["purpose"] == ["Verbouwing"]
