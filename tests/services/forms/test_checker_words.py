"""Who looks after the forms reads in Dutch what the checker says."""

from __future__ import annotations

import re

import pytest
import yaml

from services.forms.checker_words import WORDS, in_dutch
from shared.catalogue.reader import examine
from tests.shared.catalogue import test_mistakes as mistakes
from tests.shared.catalogue.test_planted import HANDLING, IN_FORM, Planted, plant
from tests.shared.catalogue.wide import FILES, FORM, PROCESS

ALL_IN_FORM = [*IN_FORM, *mistakes.IN_FORM]


@pytest.mark.parametrize(
    "planted", [*ALL_IN_FORM, *HANDLING, *mistakes.IN_PROCESS], ids=lambda planted: planted[1][:40]
)
def test_every_planted_fault_is_told_in_dutch(planted: Planted) -> None:
    file, text = ("form.yaml", FORM) if planted in ALL_IN_FORM else ("process.yaml", PROCESS)
    changed, _ = plant(text, planted)
    faults = examine({**FILES, file: changed}, product_id="party").faults
    assert faults
    assert [fault.sentence for fault in faults if in_dutch(fault.sentence) is None] == []


def test_names_come_back_in_the_dutch_sentence_and_words_are_put_into_dutch() -> None:
    assert in_dutch("There is no question 'x'.") == "Er is geen vraag ‘x’."
    assert in_dutch("There is no team 'event'.") == "‘event’ bestaat hier niet als team."
    assert (
        in_dutch("Here must be a number, and this is a text.") == "Hier hoort een getal te staan, en dit is een tekst."
    )
    assert in_dutch("From 2026-01-01 there is no fee for class 'small' until 2026-02-01.") == (
        "Van 2026-01-01 tot 2026-02-01 is er geen tarief van de soort ‘small’."
    )


def test_a_sentence_that_nobody_put_into_dutch_stays_as_it_is() -> None:
    assert in_dutch("The moon is made of cheese.") is None


def test_each_dutch_sentence_takes_the_places_of_its_english_one() -> None:
    kept = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    for english, dutch in kept["sentences"].items():
        places = english.count("{}")
        named = {int(number) for number in re.findall(r"\{(\d)\}", dutch)}
        assert dutch.count("{}") == places if not named else named <= set(range(places)), english
