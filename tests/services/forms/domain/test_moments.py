"""Times and periods: how people write them, and what is said when they cannot be."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from services.forms.domain.accepting import accept
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.reading import read_fields
from services.forms.domain.showing import show_answer
from services.forms.domain.spelling import read_amount, read_time
from shared.catalogue.definitions import Kind
from tests.services.forms.domain.kinds import question

STAY = question(Kind.PERIOD)


def days(first: str, last: str) -> Mapping[str, list[str]]:
    """The fields of a period; each day as "14 12 2026", a dash for an empty field."""
    return {
        f"q.{end}.{part}": [text.strip("-")]
        for end, day in (("first", first), ("last", last))
        for part, text in zip(("day", "month", "year"), day.split(), strict=True)
    }


@pytest.mark.parametrize("typed", ["9.30", "9:30", "09:30", "0930", "930", "9u30", "9.30 uur", "9.30 am", "9:30 a.m."])
def test_a_time_is_read_as_people_write_it(typed: str) -> None:
    assert read_time(typed) == "09:30"


def test_an_afternoon_may_be_english() -> None:
    assert [read_time(text) for text in ("2 pm", "12 pm", "12 am", "9 uur")] == ["14:00", "12:00", "00:00", "09:00"]


@pytest.mark.parametrize("typed", ["", "24:00", "9:60", "13 pm", "half tien", "1:5", "٩", "9" * 50])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert read_time(typed) is None


def test_a_time_is_shown_as_on_the_clock_of_the_language() -> None:
    shown = show_answer(question(Kind.TIME), value="09:30")
    assert (shown.nl, shown.en) == ("9.30 uur", "09:30")


def test_a_period_is_read_day_by_day() -> None:
    reading = read_fields([STAY], typed=days("14 dec 2026", "2 1 2027"))
    assert reading.answers == {"q": {"first": "2026-12-14", "last": "2027-01-02"}}
    assert show_answer(STAY, value=reading.answers["q"]).nl == (
        "maandag 14 december 2026 tot en met zaterdag 2 januari 2027"
    )


def test_a_period_of_one_day_is_shown_as_that_day() -> None:
    one = accept(STAY, value={"first": "2026-12-14", "last": "2026-12-14"})
    assert show_answer(STAY, value=one).en == "Monday 14 December 2026"


def test_only_the_wrong_part_of_the_wrong_day_is_marked() -> None:
    reading = read_fields([STAY], typed=days("14 13 2026", "31 2 2027"))
    assert [(one.name, one.parts, one.text.nl) for one in reading.faults] == [
        ("q.first.month", ("month",), "Vul bij ‘Eerste dag’ een maand in: 1 tot en met 12, of de naam"),
        ("q.last.day", ("day",), "Februari 2027 heeft geen 31 dagen. Vul een andere dag in"),
    ]
    assert "q" not in reading.answers


@pytest.mark.parametrize(
    ("value", "name", "said"),
    [
        ({"first": "2026-12-14"}, "q.last", "Vul de laatste dag in"),
        ({"last": "2026-12-14"}, "q.first", "Vul de eerste dag in"),
        (
            {"first": "2026-12-14", "last": "2026-12-13"},
            "q.last",
            "De laatste dag ligt voor de eerste dag. Vul een latere laatste dag in",
        ),
        (
            {"first": "2026-02-30", "last": "2026-12-13"},
            "q.first",
            "De eerste dag bestaat niet. Controleer de dag, de maand en het jaar",
        ),
        ("2026-12-14", "q", "Vul de eerste en de laatste dag in bij ‘Vraag’"),
    ],
)
def test_a_period_that_cannot_be_is_told_at_its_end(value: object, name: str, said: str) -> None:
    with pytest.raises(WrongAnswerError) as caught:
        accept(STAY, value=value)
    assert [(one.name, one.text.nl) for one in caught.value.faults] == [(name, said)]


@pytest.mark.parametrize("typed", ["12,50", "12.50", "€ 12,50", "€12,5", "12,50 euro", "EUR 12.50"])
def test_an_amount_is_read_as_people_write_it(typed: str) -> None:
    assert read_amount(typed) == "12.50"


def test_thousands_and_whole_euros_are_understood() -> None:
    whole = ("1.250", "€ 1.250,-", "1,250.00", "1 250,--")
    assert [read_amount(text) for text in whole] == ["1250.00"] * 4


@pytest.mark.parametrize("typed", ["", "€", "0,125", "12,50,00", "veel", "1e3", "9" * 40])
def test_what_is_no_amount_is_none(typed: str) -> None:
    assert read_amount(typed) is None


def test_an_amount_has_two_decimals_and_is_not_negative_by_itself() -> None:
    assert accept(question(Kind.AMOUNT), value="5") == "5.00"
    assert accept(question(Kind.AMOUNT, minimum=-10), value="-5.5") == "-5.50"
    assert show_answer(question(Kind.AMOUNT), value="1250.00").nl == "€\xa01.250,00"
    with pytest.raises(WrongAnswerError) as caught:
        accept(question(Kind.AMOUNT), value="-0.01")
    assert caught.value.faults[0].text.nl == "Vul een bedrag in van € 0 of meer"


def test_the_bounds_of_an_amount_are_told_in_euros() -> None:
    with pytest.raises(WrongAnswerError) as caught:
        accept(question(Kind.AMOUNT, minimum=1, maximum=1250.5), value="2000")
    said = caught.value.faults[0].text
    assert (said.nl, said.en) == (
        "Vul bij ‘Vraag’ hooguit € 1.250,5 in",
        "Fill in at most €1,250.5 at ‘Question’",
    )
