"""Numbers that somebody issued: which are accepted, how they are shown, and what is said of a mistyped one."""

from __future__ import annotations

import pytest

from services.forms.domain.accepting import accept
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.showing import show_answer
from shared.catalogue.definitions import Kind, Question
from tests.services.forms.domain.kinds import question


def told(asked: Question, value: object) -> str:
    with pytest.raises(WrongAnswerError) as caught:
        accept(asked, value=value)
    (fault,) = caught.value.faults
    return fault.text.nl


@pytest.mark.parametrize(
    "typed", ["NL91 ABNA 0417 1643 00", "nl91abna0417164300", "NL91-ABNA-0417-1643-00", "\u202aNL91ABNA0417164300"]
)
def test_an_account_number_is_stored_in_one_form(typed: str) -> None:
    assert accept(question(Kind.IBAN), value=typed) == "NL91ABNA0417164300"


@pytest.mark.parametrize("foreign", ["BE68539007547034", "DE89370400440532013000", "MT84MALT011000012345MTLCAST001S"])
def test_a_foreign_account_number_is_accepted(foreign: str) -> None:
    assert accept(question(Kind.IBAN), value=foreign) == foreign


def test_a_mistyped_account_number_is_told_otherwise_than_one_that_is_none() -> None:
    assert told(question(Kind.IBAN), "NL91ABNA0417164301").startswith("Dit rekeningnummer klopt niet")
    assert told(question(Kind.IBAN), "417164300") == "Vul een rekeningnummer (IBAN) in zoals NL91 ABNA 0417 1643 00"


def test_an_account_number_is_shown_in_groups_of_four() -> None:
    assert show_answer(question(Kind.IBAN), value="NL91ABNA0417164300").nl == "NL91 ABNA 0417 1643 00"


@pytest.mark.parametrize("typed", ["999970100", "9999 70 100", "9999.70.100"])
def test_a_bsn_stands_the_eleven_test(typed: str) -> None:
    assert accept(question(Kind.BSN), value=typed) == "999970100"


@pytest.mark.parametrize("typed", ["999970101", "123456789"])
def test_a_mistyped_bsn_is_told_as_such(typed: str) -> None:
    assert told(question(Kind.BSN), typed).startswith("Dit burgerservicenummer klopt niet")


@pytest.mark.parametrize("typed", ["000000000", "001234567", "12345", "9999701000", "BSN"])
def test_what_is_no_bsn_is_told_with_its_length(typed: str) -> None:
    assert told(question(Kind.BSN), typed) == "Vul het burgerservicenummer (BSN) in: dat heeft 9 cijfers"


def test_a_bsn_is_never_shown_in_full() -> None:
    shown = show_answer(question(Kind.BSN), value="999970100")
    assert (shown.nl, shown.en) == ("Eindigt op 100", "Ends in 100")


def test_a_branch_number_has_twelve_digits() -> None:
    assert accept(question(Kind.BRANCH), value="0000 1234 5678") == "000012345678"
    assert told(question(Kind.BRANCH), "12345678") == "Vul het vestigingsnummer in: dat heeft 12 cijfers"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ab-12-cd", "AB-12-CD"),
        ("AB1234", "AB-12-34"),
        ("12 abc 3", "12-ABC-3"),
        ("1abc23", "1-ABC-23"),
        ("ab-123-c", "AB-123-C"),
        ("A123BC", "A-123-BC"),
        ("ABC12D", "ABC-12-D"),
        ("A12BCD", "A-12-BCD"),
        ("1AB234", "1-AB-234"),
        ("123AB4", "123-AB-4"),
    ],
)
def test_a_dutch_plate_is_shown_as_it_stands_on_the_car(typed: str, shown: str) -> None:
    stored = accept(question(Kind.PLATE), value=typed)
    assert stored == shown.replace("-", "")
    assert show_answer(question(Kind.PLATE), value=stored).nl == shown


def test_a_foreign_plate_is_accepted_only_where_the_question_allows_it() -> None:
    assert told(question(Kind.PLATE), "TÜ AB 123") == "Vul een Nederlands kenteken in zoals AB-123-C"
    assert accept(question(Kind.PLATE, foreign=True), value="TÜ AB 123") == "TÜAB123"
    assert told(question(Kind.PLATE, foreign=True), "A").endswith("Een buitenlands kenteken mag ook")
