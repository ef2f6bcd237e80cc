"""Noor applies for a disability parking card: her number and what she says of her health stand nowhere in clear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import redis
import requests

from dev.example_files import example_file
from dev.house import House
from services.forms.domain.retyping import retype
from shared.catalogue.definitions import Step
from shared.database import connect
from tests.journeys.conftest import Town
from tests.services.workflow.town import whole_catalogue

pytestmark = pytest.mark.journey

BSN = "999970100"
ILLNESS = "Door de ziekte van Bechterew kan ik geen trap op"
AILING = "zeventig meter op een goede dag"
PAPER = "brief-reumatoloog.pdf"
FILES = {"medical_papers": (PAPER, "application/pdf"), "photo": ("pasfoto.jpg", "image/jpeg")}
EMAIL = "noor.kaart@voorbeeld.example"
HOME = {"postcode": "3811 LX", "number": "14", "street": "Voorbeeldstraat", "town": "Amersfoort"}
CARD = whole_catalogue().product("gehandicaptenparkeerkaart")
ANSWERS: dict[str, Any] = {
    "request": "first",
    "applicant_kind": "person",
    "registered": True,
    "card_kind": "driver",
    "licence": "5000000001",
    "wheelchair": False,
    "distance": "over_100",
    "other_limitation": ILLNESS,
    "aids": ["walker"],
    "since": "maart 2024",
    "expected": "longer",
    "earlier_exam": False,
    "gp_consent": False,
    "wait_consent": True,
    "delivery": "collect",
    "name": "Noor de Vries",
    "contact_address": HOME,
    "email": EMAIL,
    "truth": True,
}


@pytest.fixture
def house(town: Town) -> House:
    """The house whose tables can be read."""
    if not isinstance(town, House):
        pytest.skip("the tables of a house that somebody else started cannot be read")
    return town


def sign_in(browser: requests.Session, *, forms: str) -> None:
    query = {"voor": CARD.id, "terug": f"/{CARD.id}"}
    provider = browser.get(f"{forms}/inloggen/digid", params=query, timeout=20)
    browser.post(provider.url, data={"person": "noor"}, timeout=20).raise_for_status()


def begin(browser: requests.Session, *, forms: str) -> str:
    """Begin the form; its address."""
    return browser.post(f"{forms}/{CARD.id}", timeout=20).url.rpartition("/")[0]


def turn(browser: requests.Session, form: str, *, step: Step, **changes: str) -> int:
    """Send a step with the files that it asks for; the status of the answer."""
    fields: dict[str, Any] = {**retype(step.questions, answers=ANSWERS), **changes}
    asked = [question.id for question in step.questions if question.id != "bsn"]
    files = {name: (file, example_file(file, media_type=kind)) for name, (file, kind) in FILES.items() if name in asked}
    answer = browser.post(
        f"{form}/{step.id}", data={"asked": " ".join(asked), **fields}, files=files or None, timeout=60
    )
    return answer.status_code


def send(browser: requests.Session, form: str) -> str:
    """Send the form; the address of its status page."""
    page = browser.get(f"{form}/controleren", timeout=20).text
    (revision,) = re.findall(r'name="revision" value="(\d+)"', page)
    receipt = browser.post(f"{form}/controleren", data={"revision": revision}, timeout=20)
    assert receipt.url.endswith("/ontvangen"), receipt.text
    return receipt.url.removesuffix("/ontvangen")


def everything_kept(house: House) -> Iterator[tuple[str, str]]:
    """Every row of every table, every message of the queue, every mail, every line of a log and every file name.

    The catalogue is left out: it holds the text of the products, with their invented examples.
    """
    with connect(house.dsn()) as connection:
        tables = connection.execute(
            "select format('%I.%I', schemaname, tablename) as name from pg_tables "
            "where schemaname not in ('pg_catalog', 'information_schema', 'catalogue')"
        ).fetchall()
        for table in tables:
            for row in connection.execute(f"select t::text as row from {table['name']} t"):
                yield table["name"], row["row"]
    with redis.from_url(house.valkey_url) as valkey:
        for key in valkey.scan_iter():
            yield "valkey", f"{key!r} {valkey.dump(key)!r}"
    for path in house.var.rglob("*"):
        yield "file names", path.name
        if path.is_file() and path.relative_to(house.var).parts[0] in ("log", "mail"):
            yield str(path.parent.name), path.read_text(encoding="utf-8", errors="replace")


def places_of(text: str, *, house: House) -> set[str]:
    return {place for place, kept in everything_kept(house) if text in kept}


def test_what_is_sensitive_stands_in_clear_nowhere_but_on_noors_own_pages(house: House) -> None:
    forms, browser = house.url("forms"), requests.Session()
    sign_in(browser, forms=forms)
    form = begin(browser, forms=forms)
    assert [turn(browser, form, step=step) for step in CARD.steps] == [200] * len(CARD.steps)
    assert BSN in browser.get(f"{form}/who", timeout=20).text  # filled in by the sign-in
    situation = next(step for step in CARD.steps if any(question.id == "since" for question in step.questions))
    assert turn(browser, form, step=situation, since=AILING * 20) == 422  # too long: kept as typed
    for text in (BSN, ILLNESS, AILING, PAPER):
        assert places_of(text, house=house) == set()

    turn(browser, form, step=situation)
    status = send(browser, form)
    house.wait_quiet()

    for text in (BSN, ILLNESS, PAPER):
        assert places_of(text, house=house) == set()
    assert {"bus.event", "forms.submission", "workflow.cases", "mail"} <= places_of(EMAIL, house=house)
    assert ILLNESS in browser.get(f"{status}/antwoorden.json", timeout=20).text
    for code in ("over_100", "walks-further"):  # what was chosen, and the rule that follows from it
        assert places_of(code, house=house) == set()
