"""Which answers fit their questions, and what is said of the others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.forms.domain.accepting import accept
from services.forms.domain.accepting.places import address_key, join_number, split_number
from services.forms.domain.faults import WrongAnswerError
from shared.catalogue.definitions import Choice, Kind, Question
from shared.events import Words
from tests.services.forms.noor import HOME, OBJECTEN

LABEL = Words(nl="Vraag", en="Question")
CHOICES = tuple(Choice(value=value, label=LABEL) for value in ("a", "b", "c"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def question(kind: Kind, **more: Any) -> Question:
    return Question(id="q", kind=kind, label=LABEL, choices=CHOICES, **more)


def faults(asked: Question, value: Any) -> list[tuple[str, str]]:
    with pytest.raises(WrongAnswerError) as caught:
        accept(asked, value=value)
    return [(fault.name, fault.text.nl) for fault in caught.value.faults]


@pytest.mark.parametrize("typed", ["3811lx", " 3811 LX ", "3811 lx", "3811LX"])
def test_a_postcode_is_accepted_with_any_spacing_and_case(typed: str) -> None:
    assert accept(question(Kind.ADDRESS), value={**HOME, "postcode": typed})["postcode"] == "3811 LX"


@pytest.mark.parametrize("typed", ["0811 LX", "3811 SS", "381 LX", "3811"])
def test_an_impossible_postcode_is_told_with_an_example(typed: str) -> None:
    assert faults(question(Kind.ADDRESS), {**HOME, "postcode": typed}) == [
        ("q.postcode", "Controleer de postcode: 4 cijfers en 2 letters, zoals 3811 LX")
    ]


def test_each_missing_part_of_an_address_is_named() -> None:
    assert faults(question(Kind.ADDRESS), {"postcode": "3811 LX"}) == [
        ("q.number", "Vul een huisnummer in"),
        ("q.street", "Vul de straat in"),
        ("q.town", "Vul de plaats in"),
    ]


@pytest.mark.parametrize("number", ["0", "100000", "-3", "abc"])
def test_an_impossible_house_number_is_told(number: str) -> None:
    assert faults(question(Kind.ADDRESS), {**HOME, "number": number})[0][0] == "q.number"


def test_a_house_number_carries_its_letter() -> None:
    assert join_number("14", suffix=" a") == "14-A"
    assert split_number("14-A") == ("14", "A")
    assert accept(question(Kind.ADDRESS), value={**HOME, "number": "14a"})["number"] == "14-A"


def test_to_look_an_address_up_only_postcode_and_number_count() -> None:
    assert address_key(question(Kind.ADDRESS), value={"postcode": "3811lx", "number": "14"}) == ("3811 LX", "14")


@pytest.mark.parametrize("typed", ["06 12 34 56 78", "0612345678", "+31 6 12345678", "06-12345678"])
def test_a_phone_number_is_stored_in_one_form(typed: str) -> None:
    assert accept(question(Kind.PHONE), value=typed) == "+31612345678"


def test_a_foreign_phone_number_is_accepted_with_its_country() -> None:
    assert accept(question(Kind.PHONE), value="+32 470 12 34 56") == "+32470123456"


@pytest.mark.parametrize("typed", ["12", "06 1234", "bel mij", "0" * 300])
def test_an_impossible_phone_number_is_told(typed: str) -> None:
    assert faults(question(Kind.PHONE), typed) == [("q", "Vul een telefoonnummer in zoals 06 12 34 56 78")]


@pytest.mark.parametrize("typed", ["noor@example.org", "n.d+x@a-b.example", "noor@exämple.nl"])
def test_an_email_address_is_accepted(typed: str) -> None:
    assert "@" in accept(question(Kind.EMAIL), value=typed)


@pytest.mark.parametrize(
    "typed", ["noor", "noor@", "@example.org", "noor@example", "no or@example.org", "a..b@example.org", "a@b.c\n"]
)
def test_what_is_no_email_address_is_told(typed: str) -> None:
    assert faults(question(Kind.EMAIL), typed)[0][0] == "q"


def test_a_kvk_number_has_eight_digits() -> None:
    assert accept(question(Kind.KVK), value="1234 5678") == "12345678"
    assert faults(question(Kind.KVK), "1234567") == [("q", "Vul het KVK-nummer in: dat heeft 8 cijfers")]


def test_numbers_keep_to_their_bounds_and_say_so() -> None:
    width = question(Kind.DECIMAL, minimum=0.5, maximum=30)
    assert accept(width, value="2.50") == "2.5"
    assert faults(width, "0.4") == [("q", "Vul bij ‘Vraag’ minstens 0,5 in")]
    assert faults(width, "31") == [("q", "Vul bij ‘Vraag’ hooguit 30 in")]


def test_a_text_is_tidied_and_measured() -> None:
    name = question(Kind.TEXT, minimum=2, maximum=5)
    assert accept(name, value="  a   b ") == "a b"
    assert faults(name, "x")[0][1] == "Schrijf iets meer: minstens 2 tekens bij ‘Vraag’"
    assert faults(name, "123456")[0][1] == "Maak uw antwoord korter: hooguit 5 tekens bij ‘Vraag’"
    assert faults(question(Kind.TEXT), "x" * 201)[0][1] == "Maak uw antwoord korter: hooguit 200 tekens"


@pytest.mark.parametrize("text", ["nul\x00", "surrogaat\ud800", "\x1b[31m", "onleesbaar\ufffd"])
def test_signs_that_no_letter_can_hold_are_refused(text: str) -> None:
    assert faults(question(Kind.TEXT), text)[0][1] == "Gebruik gewone letters, cijfers en leestekens"


def test_choices_come_once_and_in_the_order_of_the_question() -> None:
    assert accept(question(Kind.CHOICES), value=["c", "a", "c"]) == ["a", "c"]
    assert faults(question(Kind.CHOICES), ["d"])[0][1] == "Kies uit de antwoorden bij ‘Vraag’"


def test_only_true_declares() -> None:
    assert accept(question(Kind.DECLARATION), value=True) is True
    assert faults(question(Kind.DECLARATION), False)[0][1] == "Zet een vinkje als dit klopt: ‘Vraag’"


def test_a_wrong_cell_of_a_table_is_told_with_its_row() -> None:
    table = OBJECTEN.question("objects")
    rows = [{"kind": "container", "length": "4", "width": "2", "count": 1}, {"kind": "x", "length": "0", "depth": 1}]
    assert faults(table, rows) == [
        ("objects.1.depth", "Voorwerp 2: dit onderdeel kennen wij niet. Laat het weg."),
        ("objects.1.kind", "Voorwerp 2: kies een van de antwoorden bij ‘Soort voorwerp’"),
        ("objects.1.length", "Voorwerp 2: vul bij ‘Lengte’ minstens 0,1 in"),
    ]


def test_the_rows_of_a_table_are_kept_without_the_cell_that_is_wrong() -> None:
    rows = [{"kind": "container", "length": "0", "width": " 2", "count": 1}, {"kind": "crane", "length": "3"}]
    with pytest.raises(WrongAnswerError) as caught:
        accept(OBJECTEN.question("objects"), value=rows)
    assert caught.value.partial == [{"kind": "container", "count": 1}, {"kind": "crane", "length": "3"}]


def test_the_questions_own_words_come_first() -> None:
    own = question(Kind.EMAIL, errors={"malformed": Words(nl="Zo niet", en="Not like this")})
    assert faults(own, "x") == [("q", "Zo niet")]


@settings(max_examples=60, deadline=None)
@given(value=JSON)
def test_whatever_comes_in_is_accepted_or_refused(value: Any) -> None:
    for asked in (*(question(kind) for kind in Kind if kind is not Kind.TABLE), OBJECTEN.question("objects")):
        try:
            outcome = accept(asked, value=value)
        except WrongAnswerError as wrong:
            outcome = wrong.faults
        assert outcome is not None
