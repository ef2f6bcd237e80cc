"""Whom a note names: with @ in its text, or chosen from the list."""

from __future__ import annotations

import pytest

from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.happening import ALL, SUBJECTS, is_about
from services.workflow.domain.note import LONGEST_NOTE, write_note
from tests.services.workflow.town import ELS, MILA, SAMIR, somebody

READERS = (SAMIR, MILA, ELS)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Kijk jij hiernaar, @Mila?", ("mila",)),
        ("@samir haddad en @Els van Dijk: morgen overleg", ("samir", "els")),
        ("@Mila Janssen, @Mila", ("mila",)),
        ("Mail noor@example.org; het kost 5 euro @ stuk", ()),
        ("Geen naam", ()),
    ],
)
def test_an_at_sign_before_a_name_names_a_colleague(text: str, named: tuple[str, ...]) -> None:
    assert write_note(text, chosen="", readers=READERS).mentions == named


def test_who_is_chosen_from_the_list_is_named_once_more_not() -> None:
    assert write_note("Voor @Mila", chosen="mila", readers=READERS).mentions == ("mila",)
    assert write_note("Zie bijlage", chosen="els", readers=READERS).mentions == ("els",)
    assert write_note("Zie bijlage", chosen="ruud", readers=READERS).mentions == ()


@pytest.mark.parametrize("text", ["", "  ", "x" * (LONGEST_NOTE + 1), "Vraag het aan @Ruud", "@Milan weet het"])
def test_a_note_that_says_nothing_too_much_or_names_nobody_is_refused(text: str) -> None:
    with pytest.raises(FaultyInputError):
        write_note(text, chosen="", readers=READERS)


def test_two_colleagues_of_one_first_name_need_the_whole_name() -> None:
    readers = (*READERS, somebody("mila2", "Mila de Boer", "handler"))
    with pytest.raises(FaultyInputError) as refused:
        write_note("@Mila kijk even", chosen="", readers=readers)
    assert "hele naam" in refused.value.faults[0].reason.nl
    assert write_note("@Mila de Boer kijk even", chosen="", readers=readers).mentions == ("mila2",)


def test_a_line_stands_under_its_subject_and_always_among_all() -> None:
    assert is_about("term_suspend", subject="termijn")
    assert not is_about("note", subject="termijn")
    assert all(is_about(kind, subject=ALL) for kinds in SUBJECTS.values() for kind in (*kinds, "unheard of"))
