"""The term calculator: any term of law with its steps, and clear words for what cannot be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.workflow.law_choices import choices
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import RUUD, SAMIR

START = "start.day=14&start.month=sep&start.year=2026"


@pytest.mark.parametrize(
    ("asked", "day", "article"),
    [
        (f"kind=permit&{START}", "9 november 2026", "Ow 16.64 lid 1"),
        (f"kind=permit&{START}&longer=1", "21 december 2026", "Ow 16.64 lid 2"),
        ("kind=general&start.day=2&start.month=3&start.year=2026", "28 april 2026", "Atw 1"),
        ("kind=views&start.day=16&start.month=4&start.year=2026", "27 mei 2026", "Awb 3:16 lid 1-2"),
        ("kind=papers&start.day=27&start.month=11&start.year=2026", "28 december 2026", "Awb 8:42 lid 1"),
        ("kind=silent_withdrawn&start.day=13&start.month=4&start.year=2026", "26 mei 2026", "Awb 4:20f lid 2"),
        ("kind=penalty&start.day=2&start.month=1&start.year=2026", "17 januari 2026", "Awb 4:17 lid 3"),
        (
            "kind=own&amount=3&unit=days&set_by=act&start.day=2&start.month=4&start.year=2026",
            "8 april 2026",
            "Atw 2",
        ),
        (
            "kind=general&start.day=1&start.month=6&start.year=2026&stops.0.first.day=11&stops.0.first.month=6"
            "&stops.0.first.year=2026&stops.0.last.day=17&stops.0.last.month=6&stops.0.last.year=2026",
            "3 augustus 2026",
            "Awb 4:15 lid 2 onder a",
        ),
    ],
)
def test_a_term_is_worked_out_with_its_articles(town: Town, asked: str, day: str, article: str) -> None:
    page = town.client(SAMIR).get(f"/termijnen?{asked}")
    assert page.status_code == 200
    assert f"De laatste dag is {day}" in page.text
    assert article in page.text


@pytest.mark.parametrize(
    ("asked", "field", "told"),
    [
        ("kind=permit&start.day=31&start.month=2&start.year=2026", "start-day", "Deze datum bestaat niet"),
        (f"kind=nonsense&{START}", "kind", "Kies een termijn uit de lijst"),
        (f"kind=own&amount=0&{START}", "amount", "Vul een getal in van 1 tot en met 1000"),
        (
            f"kind=permit&{START}&stops.0.first.day=2&stops.0.first.month=3&stops.0.first.year=2026"
            "&stops.0.last.day=1&stops.0.last.month=3&stops.0.last.year=2026",
            "stops-0-last-day",
            "De laatste dag ligt voor de eerste dag",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_field(town: Town, asked: str, field: str, told: str) -> None:
    page = town.client(SAMIR).get(f"/termijnen?{asked}")
    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert told in page.text


def test_the_empty_page_asks_and_who_may_see_nothing_sees_nothing(town: Town) -> None:
    assert "Reken uit" in town.client(SAMIR).get("/termijnen").text
    assert town.client(RUUD).get("/termijnen").status_code == 403


@pytest.fixture
def read_otherwise(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A municipality that chose the other reading of two open questions."""
    monkeypatch.setenv("TWO_WEEK_TERM_UNDER_ATW", "on")
    monkeypatch.setenv("ATW_ON_POST_WEEK", "off")
    choices.cache_clear()
    yield
    monkeypatch.undo()
    choices.cache_clear()


PENALTY = "kind=penalty&start.day=19&start.month=dec&start.year=2026"
POSTED = "kind=post_week&start.day=18&start.month=5&start.year=2026"


def test_where_the_law_is_open_the_page_says_how_it_is_read_here(town: Town) -> None:
    client = town.client(SAMIR)
    assert "De 2 weken na een ingebrekestelling schuiven niet op." in client.get("/termijnen").text
    assert "De laatste dag is 3 januari 2027" in client.get(f"/termijnen?{PENALTY}").text
    posted = client.get(f"/termijnen?{POSTED}").text
    assert "De laatste dag is 26 mei 2026" in posted
    assert "Reken voor de zekerheid op 25 mei 2026" in posted


@pytest.mark.usefixtures("read_otherwise")
def test_another_reading_is_a_setting(town: Town) -> None:
    client = town.client(SAMIR)
    assert "De 2 weken na een ingebrekestelling schuiven op." in client.get("/termijnen").text
    assert "De laatste dag is 5 januari 2027" in client.get(f"/termijnen?{PENALTY}").text
    assert "De laatste dag is 25 mei 2026" in client.get(f"/termijnen?{POSTED}").text
