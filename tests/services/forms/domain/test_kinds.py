"""Every kind of question: what fits comes back the same through every rendering, and nothing breaks a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema_rs import validator_for

from services.forms.domain.accepting import accept, empty
from services.forms.domain.describing import describe_answer
from services.forms.domain.faults import Fault, WrongAnswerError, fault
from services.forms.domain.reading import read_fields
from services.forms.domain.retyping import retype
from services.forms.domain.showing import show_answer
from shared.catalogue.definitions import Kind, Question
from shared.events import Words
from tests.services.forms.domain.kinds import ANSWERED, HOSTILE, good_answers, question

every_kind = pytest.mark.parametrize("kind", ANSWERED)
# some strategies hit upon blank or hostile text often, which is passed over: in a bad draw more often than not
patiently = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(HOSTILE),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
PARTS = {
    Kind.DATE: ("day", "month", "year"),
    Kind.PERIOD: tuple(f"{end}.{part}" for end in ("first", "last") for part in ("day", "month", "year")),
    Kind.ADDRESS: ("postcode", "number", "suffix", "street", "town"),
    Kind.LOCATION: ("words", "point"),
    Kind.TABLE: (
        "0.c_text",
        "0.c_date.day",
        "0.c_amount",
        "0.inner.1.c_bsn",
        "3.c_choice",
        "0.inner.0.c_period.last.day",
    ),
}


@every_kind
@patiently
@given(data=st.data())
def test_an_answer_that_fits_comes_back_the_same_through_its_fields(kind: Kind, data: st.DataObject) -> None:
    asked = question(kind)
    stored = accepted(asked, data.draw(good_answers(kind)))
    typed = retype([asked], answers={"q": stored}) | by_hand(asked, stored, name="q")
    again = read_fields([asked], typed=typed)
    assert again.faults == ()
    assert accept(asked, value=again.answers["q"]) == stored
    assert accept(asked, value=stored) == stored


@every_kind
@patiently
@given(data=st.data())
def test_an_answer_that_fits_is_text_in_both_languages(kind: Kind, data: st.DataObject) -> None:
    stored = accepted(question(kind), data.draw(good_answers(kind)))
    said = show_answer(question(kind), value=stored)
    assert said.nl
    assert said.en


@every_kind
@patiently
@given(data=st.data())
def test_every_stored_answer_is_as_its_schema_says(kind: Kind, data: st.DataObject) -> None:
    stored = accepted(question(kind), data.draw(good_answers(kind)))
    schema = validator_for(describe_answer(question(kind)), validate_formats=True)
    assert [error.message for error in schema.iter_errors(stored)] == []


@every_kind
def test_the_schema_of_a_kind_refuses_what_its_check_refuses(kind: Kind) -> None:
    schema = validator_for(describe_answer(question(kind)), validate_formats=True)
    for value in (None, [], {}, "", 1.5, [[]], {"a": 1}, "\n"):
        assert not schema.is_valid(value)
        with pytest.raises(WrongAnswerError):
            accept(question(kind), value=value)


@every_kind
@patiently
@given(value=JSON)
def test_what_a_program_sends_fits_or_is_told_by_name(kind: Kind, value: Any) -> None:
    stored, faults = outcome(question(kind), value)
    assert stored is not None or faults
    assert all(f"{one.name}.".startswith("q.") for one in faults)


@every_kind
@patiently
@given(data=st.data())
def test_what_a_person_types_fits_or_is_told_by_name(kind: Kind, data: st.DataObject) -> None:
    asked = question(kind)
    names = [f"q.{part}" for part in PARTS.get(kind, ())] or ["q"]
    typed = {name: [data.draw(st.sampled_from(HOSTILE) | st.text(max_size=30))] for name in names}
    reading = read_fields([asked], typed=typed)
    faults = list(reading.faults)
    for value in reading.answers.values():
        faults += outcome(asked, value)[1]
    assert all(f"{one.name}.".startswith("q.") and one.text.nl and one.text.en for one in faults)


@every_kind
@pytest.mark.parametrize("code", ["missing", "malformed", "too_low", "too_high", "valid"])
def test_every_kind_has_words_for_each_way_it_can_be_wrong(kind: Kind, code: str) -> None:
    said = fault(question(kind, minimum=1, maximum=1250.5), code=code).text
    assert not any(sign in text for text in (said.nl, said.en) for sign in "{}")
    assert len(said.nl.split()) <= 15


@every_kind
def test_the_words_of_the_question_come_before_those_of_its_kind(kind: Kind) -> None:
    own = Words(nl="Zo niet", en="Not like this")
    assert fault(question(kind, errors={"missing": own}), code="missing").text == own


def outcome(asked: Question, value: Any) -> tuple[Any, tuple[Fault, ...]]:
    """The stored answer, which can be shown, or what is wrong."""
    try:
        stored = accept(asked, value=value)
    except WrongAnswerError as wrong:
        return None, wrong.faults
    assert show_answer(asked, value=stored).nl
    return stored, ()


def accepted(asked: Question, value: Any) -> Any:
    """The stored form of an answer, or of the part that fits; one that does not fit at all is passed over."""
    try:
        return accept(asked, value=value)
    except WrongAnswerError as wrong:
        assume(wrong.partial)
        return accepted(asked, wrong.partial)


def by_hand(asked: Question, stored: Any, *, name: str) -> dict[str, list[str]]:
    """The fields for street and town, which a page holds only when they are typed by hand."""
    if asked.kind is Kind.ADDRESS:
        return {f"{name}.{part}": [stored[part]] for part in ("street", "town")}
    fields: dict[str, list[str]] = {}
    rows: list[Mapping[str, Any]] = stored if asked.kind is Kind.TABLE else []
    for index, row in enumerate(rows):
        for column in asked.columns:
            if not empty(row.get(column.id)):
                fields |= by_hand(column, row[column.id], name=f"{name}.{index}.{column.id}")
    return fields
