"""Guessing a reference, a link or a file name gives the same 404, with the same work behind it, as what never was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.forms.web.counter import Counter
from tests.conftest import Database
from tests.counting import CountingCursor, counting_pool
from tests.fuzz.visitor import browser_of
from tests.services.forms.web.noors_browser import fill_in, send
from tests.services.notify.noor import DECIDED
from tests.services.notify.trip import Trip
from tests.services.workflow.conftest import Town, make_app, open_town
from tests.services.workflow.town import RUUD, SAMIR

TOKEN = "0123456789abcdef0123456789abcdef"
NEVER = ("Z-2026-2222-2222", "x", "%00", "..\\etc", "' or 1=1 --", "é" * 300)
"""What belongs to nothing: well formed, and in no form at all."""

SECRETS = frozenset({"token", "reference", "place", "file_id", "draft_id", "view_id", "request_id", "payment_id"})
"""What a door calls the thing that one must know."""

CASE_DOORS = ("/antwoorden.pdf", "/antwoorden.json", "/intrekken", f"/bestand/{UUID(int=7)}")
STAFF_DOORS = ("", "/termijn", "/tijdlijn", "/besluit", "/besluit/brief", f"/bestanden/{UUID(int=7)}")


class Answer(NamedTuple):
    """What came back, and how many statements it took."""

    status: int
    page: str
    statements: int


@pytest.fixture
def counted(app: Flask) -> Flask:
    """The forms service, with its statements counted."""
    counter: Counter = app.extensions["balie_forms"]
    counter.pool.kwargs["cursor_factory"] = CountingCursor
    return app


def test_a_guessed_link_of_a_draft_is_told_nothing(counted: Flask) -> None:
    client = counted.test_client()
    form = fill_in(client)
    for door in ("/what", "/controleren"):
        real = _ask(client, f"{form}{door}")
        assert (real.status, real.statements > 0) == (200, True), "the doors are there, and what they ask is counted"


def test_a_guess_at_any_door_of_the_counter_is_told_the_same_nothing(counted: Flask) -> None:
    client, doors = counted.test_client(), list(_secret_doors(counted))
    assert len(doors) > 50, "all doors that a secret opens"
    for method, door in doors:
        answers = {_ask(client, door(guess), method=method) for guess in (TOKEN, "x", "' or 1=1 --", "é" * 300)}
        assert [answer.status for answer in answers] == [404], door(TOKEN)


def test_a_link_of_somebody_elses_case_is_as_if_it_did_not_exist(counted: Flask) -> None:
    mine = counted.test_client()
    theirs = send(mine, fill_in(mine)).headers["Location"].removesuffix("/ontvangen")
    stranger = counted.test_client()
    for door in CASE_DOORS:
        answers = {_ask(stranger, f"{case}{door}") for case in (theirs, f"/status/{TOKEN}", "/status/x")}
        assert [(answer.status, answer.statements) for answer in answers] == [(404, 0)], "reading a case takes time"
    assert stranger.get(f"{theirs}/ontvangen").headers["Location"] == theirs, "the link itself leads to the reference"


def test_a_case_of_somebody_else_is_as_if_it_did_not_exist_for_who_signed_in(counted: Flask) -> None:
    mine = browser_of(counted, bsn="999970100")
    receipt = mine.get(send(mine, fill_in(mine)).headers["Location"]).text
    found = re.search(r"Z-\d{4}-\w{4}-\w{4}", receipt)
    assert found
    other = browser_of(counted, bsn="999990019")
    answers = {_ask(other, f"/mijn/{reference}") for reference in (found[0], *NEVER)}
    assert [answer.status for answer in answers] == [404]
    assert _ask(other, f"/mijn/verder/{uuid4()}") in answers


def test_a_guessed_address_of_a_file_is_refused_before_anything_is_looked_for(counted: Flask) -> None:
    client = counted.test_client()
    seals = ("save.4000000000." + "0" * 32, "save.1." + "0" * 32, "x", "é", "save.4000000000.")
    places = (uuid4().hex, "..", "x")
    answers = {_ask(client, f"/bestanden/{place}/{seal}") for place in places for seal in seals}
    assert [(answer.status, answer.statements) for answer in answers] == [(404, 0)]


def test_an_unknown_form_is_not_found_at_every_door(counted: Flask) -> None:
    client = counted.test_client()
    assert {_ask(client, f"/{name}").status for name in ("paspoort", "é" * 300, "%00")} == {404}
    for door in ("", "/submissions", "/files"):
        way = client.post if door else client.get
        paths = [f"/api/v1/forms/{name}{door}" for name in ("paspoort", "x" * 300, "%00")]
        answers = [way(path, headers={"Idempotency-Key": "k"}) for path in paths]
        assert {(answer.status_code, answer.get_json()["title"]) for answer in answers} == {(404, "Dit bestaat niet.")}


@pytest.fixture
def town(database: Database) -> Iterator[Town]:
    """The workflow service with one case, with its statements counted."""
    workflow = make_app(issuer="http://127.0.0.1:9", secret="invented")
    with open_town(workflow, database=database) as made:
        office = workflow.extensions["balie_workflow"]
        with counting_pool(made.url) as pool:
            workflow.extensions["balie_workflow"] = replace(office, pool=pool)
            yield made
        workflow.extensions["balie_workflow"] = office


def test_a_case_that_somebody_may_not_see_is_as_if_it_did_not_exist(town: Town) -> None:
    reference = town.receive()
    ruud, samir = town.client(RUUD), town.client(SAMIR)
    assert _ask(samir, f"/zaken/{reference}").status == 200
    for door in STAFF_DOORS:
        answers = [_ask(ruud, f"/zaken/{one}{door}") for one in (reference, *NEVER)]
        assert answers[0] == answers[1]
        assert len({(answer.status, answer.page) for answer in answers}) == 1
        assert answers[0].status in (403, 404), "whoever may see nothing at all may be told so, whatever is asked"
    headers = town.bearer(RUUD)
    at_api = [ruud.get(f"/api/v1/cases/{one}", headers=headers) for one in (reference, NEVER[0], "x")]
    assert len({(answer.status_code, answer.get_json()["title"]) for answer in at_api}) == 1
    assert at_api[0].status_code in (403, 404)


def test_a_guessed_link_of_a_letter_is_told_nothing(notify_app: Flask, trip: Trip) -> None:
    trip.tell(DECIDED)
    for consumer in ("notify", "press", "notify"):
        trip.work(consumer)
    client = notify_app.test_client()
    notify_app.extensions["balie_pool"].kwargs["cursor_factory"] = CountingCursor
    link = trip.told("NoticeSent")[0]["letter_link"].removeprefix("http://notify.example")
    real = _ask(client, link)
    assert (real.status, real.statements > 0) == (200, True), "the door is there, and what it asks is counted"
    for door in ("", "/besluit.pdf"):
        answers = {_ask(client, f"/brieven/{token}{door}") for token in (TOKEN, "x", "é" * 300, "%00")}
        assert [answer.status for answer in answers] == [404]


def _secret_doors(app: Flask) -> Iterator[tuple[str, Callable[[str], str]]]:
    """Each door that only who knows a secret can open, with how its address is made of a guess at that.

    Where a payment leads back to says the same to everybody, with or without such a payment.
    """
    for rule in app.url_map.iter_rules():
        if SECRETS & rule.arguments and not rule.rule.startswith(("/beheer", "/betaald")):
            pattern = re.sub(r"<uuid:\w+>", str(UUID(int=7)), rule.rule).replace("<step_id>", "what")
            for method in sorted({"GET", "POST"} & (rule.methods or set())):
                yield method, lambda guess, pattern=pattern: re.sub(r"<\w+>", lambda _: guess, pattern)


def _ask(client: FlaskClient, path: str, *, method: str = "GET") -> Answer:
    """Ask for a page, without its trace number and without its own address, to which the choice of language leads."""
    before = CountingCursor.said
    answer = client.open(path, method=method)
    page = re.sub(r'balie-num">[0-9a-f]{8}<', "", answer.text)
    page = re.sub(r'href="[^"]*\?taal=', 'href="?taal=', page)
    return Answer(answer.status_code, page, CountingCursor.said - before)
