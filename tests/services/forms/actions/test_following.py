"""Only who knows the reference sees a case; an opinion leaves no trace of who gave it."""

from __future__ import annotations

from datetime import date

import pytest

from services.forms.actions.following import (
    TooManyTriesError,
    UnknownCaseError,
    WrongReferenceError,
    give_opinion,
    recognise,
)
from services.forms.domain.references import new_reference
from services.forms.ports import Opinion, Tried
from shared.crypto import token_hash
from shared.events import OpinionGiven
from tests.services.forms.noor import NOW, Memory, means_with

REFERENCE = new_reference(2026)
OTHER = new_reference(2026)


@pytest.fixture
def memory() -> Memory:
    return Memory(tries={token_hash("link"): Tried(reference=REFERENCE, tries=0)})


def knock(memory: Memory, *, typed: str, link: str = "link") -> str:
    return recognise(link, typed=typed, means=means_with(memory), now=NOW)


def test_the_right_reference_opens_the_page_however_it_is_typed(memory: Memory) -> None:
    assert knock(memory, typed=REFERENCE.lower().replace("-", " ")) == REFERENCE
    assert memory.tries[token_hash("link")].tries == 0


def test_a_wrong_reference_opens_nothing_and_is_counted(memory: Memory) -> None:
    for typed in (OTHER, "", "x" * 500):
        with pytest.raises(WrongReferenceError):
            knock(memory, typed=typed)
    assert memory.tries[token_hash("link")].tries == 3


def test_after_ten_tries_even_the_right_reference_must_wait(memory: Memory) -> None:
    for _ in range(10):
        with pytest.raises(WrongReferenceError):
            knock(memory, typed=OTHER)
    with pytest.raises(TooManyTriesError):
        knock(memory, typed=REFERENCE)


def test_an_unknown_link_is_unknown_whatever_is_typed(memory: Memory) -> None:
    with pytest.raises(UnknownCaseError):
        knock(memory, typed=REFERENCE, link="another")


def test_an_opinion_is_kept_without_who_gave_it(memory: Memory) -> None:
    opinion = Opinion(product="objecten", subject="late", verdict="unclear", words="Wat is een beleidsregel?")
    give_opinion(opinion, means=means_with(memory), now=NOW)
    assert memory.opinions == [opinion]
    told = OpinionGiven(
        product="objecten", subject="late", verdict="unclear", words="Wat is een beleidsregel?", on=date(2026, 11, 24)
    )
    assert memory.told == [told]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Mail noor@example.org maar", "Mail [weggelaten] maar"),
        ("Bel 06 1234 5678 of +31 (0)6-12345678.", "Bel [weggelaten] of [weggelaten]."),
        ("Ik woon op 3811 LX 14 en 3811lx", "Ik woon op [weggelaten] en [weggelaten]"),
        ("BSN 999993653", "BSN [weggelaten]"),
        ("NL91 ABNA 0417 1643 00 is mijn rekening", "[weggelaten] is mijn rekening"),
        ("Zie zaak Z-2026-7KQ4-M2XD", "Zie zaak [weggelaten]"),
        ("Zie https://voorbeeld.example/status/geheim", "Zie [weggelaten]"),
        ("Waarom 1,80 meter en 8 weken voor 2027?", "Waarom 1,80 meter en 8 weken voor 2027?"),
    ],
)
def test_what_points_at_a_person_is_left_out_of_an_opinion(memory: Memory, typed: str, kept: str) -> None:
    opinion = Opinion(product="objecten", subject="late", verdict="needless", words=typed)
    give_opinion(opinion, means=means_with(memory), now=NOW)
    assert [each.words for each in memory.opinions] == [kept]
    assert [told.words for told in memory.told if isinstance(told, OpinionGiven)] == [kept]
