"""The registers of persons and companies: what they fill in, and what happens when they are away."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from dev.people import PEOPLE
from dev.registers import COMPANIES, PERSONS, make_registers
from services.forms.breaker import MOST_FAILURES, RESTS_S, AwayError, Breaker
from services.forms.domain.identity import Identity
from services.forms.domain.prefilling import source_of, sources_of
from services.forms.registers import Companies, Persons, Registers
from services.forms.schemas import check_answers
from shared.catalogue.definitions import Prefill
from tests.browser import served
from tests.services.forms.noor import HOME, OBJECTEN
from tests.services.workflow.town import whole_catalogue

pytestmark = pytest.mark.machine

NOOR = Identity(kind="person", number="999970100", mark=b"n", level="midden", name="Noor", email="noor@example.org")
STEIGER = Identity(kind="company", number="68750110", mark=b"s", level="eh3", name="De Steiger")
FROM = {
    "name": Prefill.PERSON_NAME,
    "contact_address": Prefill.PERSON_ADDRESS,
    "email": Prefill.ACCOUNT_EMAIL,
    "organisation": Prefill.COMPANY_NAME,
    "kvk": Prefill.COMPANY_KVK,
}
KNOWS = replace(
    OBJECTEN,
    steps=tuple(
        replace(step, questions=tuple(replace(one, prefill=FROM.get(one.id)) for one in step.questions))
        for step in OBJECTEN.steps
    ),
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the two registers are."""
    with served(make_registers(environment="test")) as address:
        yield address


@contextmanager
def answering(held: socket.socket, *, body: bytes | None) -> Iterator[None]:
    """Answer the one who comes with this body; without one, drip a byte of an answer now and then until the end."""
    over = threading.Event()

    def answer() -> None:
        with held.accept()[0] as line, suppress(OSError):
            line.recv(65536)
            length = 10_000 if body is None else len(body)
            line.sendall(
                f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n".encode()
            )
            line.sendall(body or b"")
            while body is None and not over.wait(0.1):
                line.sendall(b" ")

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def registers(address: str) -> Registers:
    return Registers(
        persons=Persons(f"{address}/brp", key="k"), companies=Companies(f"{address}/kvk", key="k"), check=check_answers
    )


def test_a_person_starts_with_name_address_and_mail(address: str) -> None:
    known = registers(address)(KNOWS, who=NOOR)
    assert known.answers == {"name": "Noor de Vries", "contact_address": HOME, "email": "noor@example.org"}
    assert known.origins["name"] == {"source": "brp", "value": "Noor de Vries"}
    assert known.origins["email"]["source"] == "sign_in"


def test_a_company_starts_with_its_name_and_number(address: str) -> None:
    known = registers(address)(KNOWS, who=STEIGER)
    assert known.answers == {"organisation": "Bouwbedrijf De Steiger", "kvk": "68750110"}


def test_a_secret_address_and_an_unknown_person_leave_the_question_open(address: str) -> None:
    found = Persons(f"{address}/brp", key="k")
    assert found.find("999970409") == {
        Prefill.PERSON_NAME: "Joris Bakker",
        Prefill.PERSON_BIRTH_DATE: "1959-11-02",
    }
    assert found.find("999991607") == {}
    assert Companies(f"{address}/kvk", key="k").find("69599084") == {}


def test_a_register_that_is_away_lets_people_type_and_that_is_remembered() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        nowhere = f"http://127.0.0.1:{held.getsockname()[1]}"
    known = registers(nowhere)(KNOWS, who=NOOR)
    assert known.answers == {"email": "noor@example.org"}
    assert known.origins["name"] == {"source": "away", "value": None}
    assert "organisation" not in known.origins
    answers = {"name": "Noor de Vries", "email": "n@example.org"}
    assert sources_of(origins=known.origins, answers=answers) == {"name": "away", "email": "typed"}
    assert source_of("purpose", origins=known.origins, answers=answers) is None


@pytest.mark.parametrize(
    "told", [["x"], {}, {"personen": ["x"]}, {"personen": [{"naam": None}]}, {"personen": {"a": 1}}]
)
def test_a_register_that_answers_what_nobody_can_read_lets_people_type(told: object) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held, answering(held, body=json.dumps(told).encode()):
        persons = Persons(f"http://127.0.0.1:{held.getsockname()[1]}", key="k")
        with pytest.raises(AwayError):
            persons.find("999970100")


def test_a_register_that_never_gets_to_the_end_of_its_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.forms.registers.WAITS_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as held, answering(held, body=None):
        persons = Persons(f"http://127.0.0.1:{held.getsockname()[1]}", key="k")
        with pytest.raises(AwayError):
            persons.find("999970100")


def test_requests_that_hang_keep_no_later_one_from_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr("services.forms.registers.WAITS_S", 0.02)
    monkeypatch.setattr(Persons, "_ask", lambda *_: over.wait())
    for _ in range(20):
        with pytest.raises(AwayError):
            Persons("http://127.0.0.1:1", key="k").find("999970100")
    monkeypatch.setattr("services.forms.registers.WAITS_S", 5)
    monkeypatch.setattr(Persons, "_ask", lambda *_: {})
    assert Persons("http://127.0.0.1:1", key="k").find("999970100") == {}
    over.set()


def test_after_three_failures_a_register_is_left_alone_for_half_a_minute() -> None:
    now = [0.0]
    breaker = Breaker(name="brp", clock=lambda: now[0])
    asked: list[int] = []

    def fail() -> None:
        asked.append(1)
        raise ValueError

    for _ in range(MOST_FAILURES + 2):
        with pytest.raises(AwayError):
            breaker.call(fail)
    assert len(asked) == MOST_FAILURES
    now[0] = RESTS_S
    assert breaker.call(lambda: "there again") == "there again"


def test_everybody_who_signs_in_here_is_in_a_register() -> None:
    numbers = {person.known.get("bsn") or person.known.get("kvk") for person in PEOPLE if person.acr}
    assert numbers == {*PERSONS, *COMPANIES}


def test_the_sign_in_fills_in_the_number_of_a_person_and_of_nobody_else(address: str) -> None:
    card = whole_catalogue().product("gehandicaptenparkeerkaart")
    known = registers(address)(card, who=NOOR)
    assert known.answers["bsn"] == NOOR.number
    assert known.origins["bsn"] == {"source": "sign_in", "value": NOOR.number}
    assert "bsn" not in registers(address)(card, who=STEIGER).answers
