"""What is asked after sending is answered once each: own words, or a question of the form with what it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.forms.actions.answering import NoOpenRequestError, Request, give_answer, give_words
from services.forms.domain.asked_again import question_for, read_again
from services.forms.domain.faults import WrongAnswerError
from services.forms.domain.references import new_reference
from shared.events import InformationGiven
from shared.ids import new_id
from shared.values import OWN_WORDS
from tests.services.forms.noor import ANSWERS, NOW, OBJECTEN, Memory, means_with

REFERENCE = new_reference(2026)
REQUEST = new_id()


@pytest.fixture
def memory() -> Memory:
    return Memory(asked={(REFERENCE, REQUEST)})


def asking(asked: str = OWN_WORDS) -> Request:
    return Request(
        reference=REFERENCE,
        request_id=REQUEST,
        asked=asked,
        product=OBJECTEN,
        received_at=NOW,
        known=ANSWERS,
    )


def answer(memory: Memory, asked: str, **typed: str) -> None:
    question = question_for(asked, product=OBJECTEN)
    value = read_again(question, typed={name.replace("__", "."): [text] for name, text in typed.items()})
    give_answer(asking(asked), question=question, value=value, means=means_with(memory), now=NOW)


def told(memory: Memory) -> list[Any]:
    return [fact for fact in memory.told if isinstance(fact, InformationGiven)]


def test_an_answer_in_own_words_is_kept_and_told_once(memory: Memory) -> None:
    give_words(asking(), text="1,80 meter", means=means_with(memory), now=NOW)
    with pytest.raises(NoOpenRequestError):
        give_words(asking(), text="2 meter", means=means_with(memory), now=NOW)
    (given,) = told(memory)
    assert (given.asked, given.text, given.answers, given.shown) == (OWN_WORDS, "1,80 meter", {}, ())


def test_an_answer_to_what_was_never_asked_tells_nothing(memory: Memory) -> None:
    with pytest.raises(NoOpenRequestError):
        give_words(replace(asking(), request_id=new_id()), text="x", means=means_with(memory), now=NOW)
    assert memory.told == []


def test_a_question_of_the_form_tells_its_new_answer_and_all_that_reads_differently(memory: Memory) -> None:
    answer(memory, "footway_width", footway_width="2,5")
    (given,) = told(memory)
    assert given.answers == {"footway_width": "2.5"}
    assert given.text == "2,5 m"
    assert [row.question for row in given.shown] == ["footway_width"]


@pytest.mark.parametrize(
    ("asked", "typed", "code"),
    [
        ("footway_width", {}, "missing"),
        ("footway_width", {"footway_width": "breed"}, "malformed"),
        ("footway_width", {"footway_width": "-3"}, "too_low"),
        ("ends", {"ends__day": "1", "ends__month": "1", "ends__year": "2020"}, "valid"),
    ],
)
def test_a_question_of_the_form_is_checked_as_in_the_form(
    memory: Memory, asked: str, typed: dict[str, str], code: str
) -> None:
    with pytest.raises(WrongAnswerError) as wrong:
        answer(memory, asked, **typed)
    assert [fault.code for fault in wrong.value.faults] == [code]
    assert memory.told == []
