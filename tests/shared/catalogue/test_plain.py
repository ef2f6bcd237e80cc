"""Residents read short, active sentences in everyday words; names of laws do not make a sentence long."""

from __future__ import annotations

import pytest

from shared.catalogue.check.plain import complaints
from shared.catalogue.faults import Place
from shared.catalogue.nodes import Written


def told(text: str, *, key: str = "text") -> list[str]:
    written = Written(key=key, text=text, place_within=lambda *, at: Place(file="x", column=at))
    return [sentence for _, sentence, _ in complaints(written)]


FIFTEEN = "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{FIFTEEN}.", None),
        (f"{FIFTEEN} zestien.", 16),
        (f"Kort. {FIFTEEN} zestien! Kort?", 16),
        (f"{FIFTEEN} (artikel 2:10 lid 1 onder a).", None),
        (f"{FIFTEEN}, volgens APV 2:10 lid 1 en Awb 4:2.", 17),
        ("Dit mag volgens de Algemene plaatselijke verordening en de Algemene wet bestuursrecht tot 12.30 uur.", None),
    ],
)
def test_a_sentence_has_at_most_fifteen_words(text: str, words: int | None) -> None:
    assert told(text) == ([f"This sentence has {words} words; make it 15 or fewer (B1)."] if words else [])


@pytest.mark.parametrize(
    "text",
    [
        "De aanvraag wordt beoordeeld.",
        "De vergunning kan worden ingetrokken.",
        "Uw bestand wordt eerst goed gecontroleerd.",
        "De regels werden gisteren door de raad besproken.",
        "U wordt gebeld.",
    ],
)
def test_a_sentence_says_who_does_it(text: str) -> None:
    assert ["says not who does it" in sentence for sentence in told(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "De weg wordt dicht of smal.",
        "Dit wordt een verbod.",
        "De geluiden worden harder.",
        "Dat wordt gevaarlijk.",
        "Het besluit is verzonden.",
        "U wordt gezond.",
    ],
)
def test_what_only_becomes_something_is_no_passive(text: str) -> None:
    assert told(text) == []


def test_a_stiff_word_comes_with_a_better_one() -> None:
    assert told("U dient dit conform de regels te doen.") == [
        "'dient' is not plain Dutch; write 'moet' (B1).",
        "'conform' is not plain Dutch; write 'volgens' (B1).",
    ]
    assert told("Je krijgt bericht.") == ["'Je' is not plain Dutch; write 'u' (B1)."]


@pytest.mark.parametrize(
    ("label", "double"),
    [
        ("Wat verkoopt u en waar staat u?", True),
        ("Hebt u een hond? Of een kat?", True),
        ("Sluit u de weg af en is er een omleiding?", True),
        ("Is het een feest of een markt?", False),
        ("Naam van het bedrijf of de organisatie", False),
        ("Waar staat het precies?", False),
    ],
)
def test_a_label_asks_one_thing(label: str, double: bool) -> None:
    assert (told(label, key="label") != []) is double
    assert told(label, key="title") == []


def test_help_has_at_most_forty_words() -> None:
    assert told("Dat is zo. " * 13, key="hint") == []
    assert told("Dat is zo. " * 14, key="hint") == ["This help has 42 words; make it 40 or fewer (B1)."]
    assert told("Dat is zo. " * 14, key="text") == []
