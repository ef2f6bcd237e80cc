"""Several things asked at once: each on a page of its own, checked as in the form, until all are answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from shared.database import connect
from tests.services.forms import files
from tests.services.forms.domain.test_cases import ASKED, REQUEST
from tests.services.forms.noor import NOW
from tests.services.forms.shelf import inbox
from tests.services.forms.web.filing import Desk, alone, app, client, desk, post_form, scanner, sent
from tests.services.forms.web.noors_browser import summary_of

__all__ = ["alone", "app", "client", "desk", "scanner"]


def ask(desk: Desk, *asks: str) -> None:
    (told,) = desk.told("SubmissionReceived")
    with connect(desk.database.dsn("forms")) as connection:
        inbox.handle(connection, replace(ASKED, reference=told["reference"], asks=asks), now=NOW)


def test_each_thing_is_answered_by_itself_and_leads_on_to_the_next(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    ask(desk, "footway_width", "drawing", "own-words")
    page = client.get(status).text
    assert page.count("Te doen") == 3
    way = f"{status}/vraag/{REQUEST}"
    assert "Vraag 1 van 3" in client.get(f"{way}/footway_width").text
    wrong = client.post(f"{way}/footway_width", data={"footway_width": "breed"})
    assert (wrong.status_code, [name for name, _ in summary_of(wrong)]) == (422, ["footway_width"])
    assert client.post(f"{way}/footway_width", data={"footway_width": "2,5"}).location == f"{way}/drawing"
    page = client.get(status).text
    assert (page.count("Te doen"), "2,5 m" in page) == (2, True)
    answer = post_form(client, f"{way}/drawing", {}, {"drawing": (("nieuw.pdf", files.pdf()),)})
    assert answer.location == f"{way}/own-words"
    last = client.post(f"{way}/own-words", data={"text": "Zo breed is het."})
    assert "Dank u wel. Uw antwoord is bij ons." in client.get(last.location).text
    assert "Wij hebben een vraag voor u" not in client.get(status).text
    given = desk.told("InformationGiven")
    assert [each["asked"] for each in given] == ["footway_width", "drawing", "own-words"]
    assert given[1]["answers"]["drawing"][0]["id"] == given[1]["files"][0]["id"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("", b"", "Voeg een tekening toe"), ("brief.odt", b"geen tekening", "brief.odt")],
)
def test_a_file_is_checked_as_in_the_form(
    client: FlaskClient, desk: Desk, name: str, content: bytes, said: str
) -> None:
    status = sent(client)
    ask(desk, "drawing")
    answer = post_form(client, f"{status}/vraag/{REQUEST}/drawing", {}, {"drawing": ((name, content),)})
    assert answer.status_code == 422
    assert said in answer.text
    assert desk.told("InformationGiven") == []


def test_an_address_is_typed_whole(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    ask(desk, "place")
    way = f"{status}/vraag/{REQUEST}/place"
    assert 'name="place.street"' in client.get(way).text
    typed = {"place.postcode": "3811lx", "place.number": "16", "place.street": "", "place.town": "Amersfoort"}
    assert client.post(way, data=typed).status_code == 422
    assert client.post(way, data={**typed, "place.street": "Voorbeeldstraat"}).status_code == 303
    (given,) = desk.told("InformationGiven")
    assert given["text"] == "Voorbeeldstraat 16, 3811 LX Amersfoort"


def test_what_is_not_asked_or_answered_already_leads_back(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    ask(desk, "footway_width")
    way = f"{status}/vraag/{REQUEST}"
    for asked in ("drawing", "own-words", "nothing"):
        assert client.get(f"{way}/{asked}").location == f"{status}?beantwoord=al"
    for _ in range(2):
        answer = client.post(f"{way}/footway_width", data={"footway_width": "2,5"})
    assert answer.location == f"{status}?beantwoord=al"
    assert len(desk.told("InformationGiven")) == 1


def test_a_browser_that_may_not_see_the_case_finds_no_question(client: FlaskClient, desk: Desk) -> None:
    status = sent(client)
    ask(desk, "footway_width")
    stranger = desk.app.test_client()
    assert stranger.get(f"{status}/vraag/{REQUEST}/footway_width").status_code == 404
