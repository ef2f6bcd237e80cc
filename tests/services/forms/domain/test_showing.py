"""Answers as people read them: what was chosen stands on lines of its own, and within a row between commas."""

from __future__ import annotations

from services.forms.domain.showing import show_answer
from shared.catalogue.definitions import Choice, Kind, Question
from shared.events import Words
from tests.products import CATALOGUE

SUPPLIES = CATALOGUE.product("objecten").question("supplies")


def test_each_chosen_answer_begins_a_line() -> None:
    assert show_answer(SUPPLIES, value=["power", "water"]) == Words(nl="Stroom\nWater", en="Power\nWater")


def test_within_a_row_of_a_table_they_stand_between_commas() -> None:
    days = Question(
        id="days",
        kind=Kind.CHOICES,
        label=Words(nl="Dagen", en="Days"),
        choices=(
            Choice(value="mo", label=Words(nl="Maandag", en="Monday")),
            Choice(value="tu", label=Words(nl="Dinsdag", en="Tuesday")),
        ),
    )
    stalls = Question(id="stalls", kind=Kind.TABLE, label=Words(nl="Kramen", en="Stalls"), columns=(days,))
    assert show_answer(stalls, value=[{"days": ["mo", "tu"]}]).nl == "Regel 1: dagen Maandag, Dinsdag"
