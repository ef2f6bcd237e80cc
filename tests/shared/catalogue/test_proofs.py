"""A condition is called impossible only when no answers make it true."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.catalogue.check.proofs import Prover
from shared.catalogue.definitions import Choice, Kind, Question
from shared.events import Words
from shared.rules import compile_expression

WORDS = Words(nl="a", en="a")
CHOICES = tuple(Choice(value=value, label=WORDS) for value in ("red", "blue"))
QUESTIONS = (
    Question(id="colour", kind=Kind.CHOICE, label=WORDS, choices=CHOICES),
    Question(id="colours", kind=Kind.CHOICES, label=WORDS, choices=CHOICES),
    Question(id="sure", kind=Kind.YES_NO, label=WORDS),
    Question(id="number", kind=Kind.INTEGER, label=WORDS, minimum=0, maximum=3, when="sure"),
    Question(id="width", kind=Kind.DECIMAL, label=WORDS, minimum=0, maximum=3),
)
PROVER = Prover(QUESTIONS)
ANSWERS: dict[str, list[Any]] = {
    "colour": [None, "red", "blue"],
    "colours": [None, ["red"], ["red", "blue"]],
    "sure": [None, True, False],
    "number": [None, 0, 1, 2, 3],
    "width": [None, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0],
}


def may_be_true(condition: str) -> bool:
    expression = compile_expression(condition)
    for values in product(*ANSWERS.values()):
        known = dict(zip(ANSWERS, values, strict=True))
        if not known["sure"]:
            known["number"] = None
        if expression.evaluate(known, today=date(2026, 1, 1)) is True:
            return True
    return False


@pytest.mark.parametrize(
    ("condition", "because"),
    [
        ("colour == 'red' && colour == 'blue'", "colour"),
        ("colour != 'red' && colour != 'blue'", "colour"),
        ("!(colour in ['red', 'blue'])", "colour"),
        ("'red' in colours && !('red' in colours)", "colours"),
        ("sure && !sure", "sure"),
        ("sure == true && sure == false", "sure"),
        ("number > 3", "number"),
        ("number > 1 && number < 2", "number"),
        ("number != 0 && number < 1", "number"),
        ("width > 2.5 && width < 2.5", "width"),
        ("width < 0", "width"),
        ("number > 0 && !sure", "sure"),
        ("(sure || colour == 'red') && !sure && colour == 'blue'", "colour"),
        ("sure ? number < 0 : number > 1", "sure"),
        ("width < number && width >= number", "width"),
        ("false", "false"),
        ("sure && false", "false"),
    ],
)
def test_what_contradicts_itself_is_told(condition: str, because: str) -> None:
    assert PROVER.contradiction(compile_expression(condition).tree) == because
    assert not may_be_true(condition)


atoms = st.one_of(
    st.sampled_from(["colour", "'x'"]).flatmap(
        lambda _: st.tuples(st.sampled_from(["==", "!="]), st.sampled_from(["red", "blue"])).map(
            lambda parts: f"colour {parts[0]} '{parts[1]}'"
        )
    ),
    st.sampled_from(["colour in ['red']", "colour in ['red', 'blue']", "'blue' in colours", "'red' in colours"]),
    st.sampled_from(["sure", "sure == true", "sure != true", "true", "false", "how_many(colours) > 1"]),
    st.tuples(
        st.sampled_from(["number", "width"]),
        st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
        st.sampled_from(["0", "1", "2.5", "3", "4", "number", "width", "width + 1"]),
    ).map(" ".join),
    st.sampled_from(["2 < number", "3 >= width", "1 == number", "0 != width"]),
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"!({part})"),
        st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]} ? {parts[1]} : {parts[2]})"),
    ),
    max_leaves=7,
)


@settings(max_examples=250, deadline=None, database=None)
@given(condition=conditions)
def test_nothing_that_some_answers_make_true_is_called_impossible(condition: str) -> None:
    if PROVER.contradiction(compile_expression(condition).tree) is not None:
        assert not may_be_true(condition)
