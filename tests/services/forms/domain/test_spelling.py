"""How people write dates and numbers."""

from __future__ import annotations

import pytest

from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.spelling import read_date, read_decimal, read_whole
from shared.catalogue.definitions import Kind, Question
from shared.events import Words

START = Question(id="starts", kind=Kind.DATE, label=Words(nl="Wat is de begindag?", en="What is the first day?"))


def date_of(day: str, month: str, year: str) -> str | None:
    return read_date(START, parts={"day": day, "month": month, "year": year})


def wrong(day: str, month: str, year: str) -> list[tuple[tuple[str, ...], str]]:
    with pytest.raises(WrongAnswerError) as caught:
        date_of(day, month, year)
    return [(fault.parts, fault.text.nl) for fault in caught.value.faults]


@pytest.mark.parametrize("month", ["12", "dec", "Dec.", "december", "DECEMBER"])
def test_a_month_may_be_a_number_a_short_name_or_a_name(month: str) -> None:
    assert date_of("14", month, "2026") == "2026-12-14"


@pytest.mark.parametrize(
    ("month", "number"),
    [("mrt", "03"), ("maart", "03"), ("march", "03"), ("mei", "05"), ("may", "05"), ("okt", "10"), ("october", "10")],
)
def test_months_are_known_in_dutch_and_in_english(month: str, number: str) -> None:
    assert date_of("1", month, "2027") == f"2027-{number}-01"


def test_three_empty_fields_are_no_date_and_no_mistake() -> None:
    assert date_of("", " ", "") is None


def test_a_missing_part_is_named_and_only_that_part_is_marked() -> None:
    assert wrong("14", "", "2026") == [(("month",), "Vul bij ‘Wat is de begindag?’ ook de maand in")]
    assert wrong("14", "", "") == [(("month", "year"), "Vul bij ‘Wat is de begindag?’ ook de maand en het jaar in")]


def test_each_part_that_cannot_be_has_its_own_words() -> None:
    assert wrong("32", "12", "2026") == [(("day",), "Vul bij ‘Wat is de begindag?’ een dag in van 1 tot en met 31")]
    assert wrong("1", "13", "2026")[0][0] == ("month",)
    assert wrong("1", "1", "26") == [(("year",), "Vul bij ‘Wat is de begindag?’ het jaar in met 4 cijfers, zoals 2026")]


def test_two_wrong_parts_are_two_faults() -> None:
    assert [parts for parts, _ in wrong("40", "foo", "2026")] == [("day",), ("month",)]


def test_a_day_that_the_month_does_not_have_is_told_as_such() -> None:
    assert wrong("31", "feb", "2027") == [(("day",), "Februari 2027 heeft geen 31 dagen. Vul een andere dag in")]
    assert wrong("29", "2", "2027")[0][0] == ("day",)
    assert date_of("29", "2", "2028") == "2028-02-29"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2,5", "2.5"), ("2.5", "2.5"), (" 4 ", "4"), ("1.250,75", "1250.75"), ("1.250", "1250"), ("0,10", "0.10")],
)
def test_numbers_are_read_with_comma_or_point(typed: str, number: str) -> None:
    assert read_decimal(typed) == number


@pytest.mark.parametrize("typed", ["", "abc", "2,5,1", "2m", "1e5", "٤", "--1", "1" * 40])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_decimal(typed) is None


@pytest.mark.parametrize(("typed", "number"), [("2", 2), ("1.000", 1000), ("1 000", 1000), ("2,5", None), ("²", None)])
def test_whole_numbers_are_read(typed: str, number: int | None) -> None:
    assert read_whole(typed) == number
