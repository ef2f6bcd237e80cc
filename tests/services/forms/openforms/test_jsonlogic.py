"""JsonLogic and what we make of it say the same of the same answers; what has no like here is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from services.forms.openforms.jsonlogic import translate
from services.forms.openforms.parts import NotCarriedError, Variable
from shared.rules import compile_expression
from tests.services.forms.openforms.reference import TODAY, apply

CODES = {"eik": "eik", "Iets anders": "iets_anders", "2": "c_2"}
NAMES: Mapping[str, Variable] = {
    "aantal": Variable(name="number_of", type="number"),
    "bedrag": Variable(name="amount", type="number"),
    "naam": Variable(name="name", type="text"),
    "soort": Variable(name="kind", type="text", values=CODES),
    "akkoord": Variable(name="agreed", type="bool"),
    "groep": Variable(name="group", type="list", values=CODES),
    "dag": Variable(name="day", type="date"),
    "rijen": Variable(
        name="rows",
        type="rows",
        columns={
            "hoogte": Variable(name="height", type="number"),
            "wat": Variable(name="what", type="text", values=CODES),
        },
    ),
}
NUMBERS = st.integers(-20, 20)
DAYS = st.dates(date(1940, 1, 1), date(2040, 12, 31))
ROWS = st.lists(st.fixed_dictionaries({"hoogte": NUMBERS, "wat": st.sampled_from(sorted(CODES))}), max_size=4)
ANSWERS = st.fixed_dictionaries(
    {
        "aantal": NUMBERS,
        "bedrag": NUMBERS,
        "naam": st.text("ab'\\é\"", min_size=1, max_size=4),
        "soort": st.sampled_from(sorted(CODES)),
        "akkoord": st.booleans(),
        "groep": st.fixed_dictionaries({code: st.booleans() for code in CODES}),
        "dag": DAYS,
        "rijen": ROWS,
    }
)


def ours(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers as we store them."""
    rows = [{"height": row["hoogte"], "what": CODES[row["wat"]]} for row in answers["rijen"]]
    return {
        "number_of": answers["aantal"],
        "amount": answers["bedrag"],
        "name": answers["naam"],
        "kind": CODES[answers["soort"]],
        "agreed": answers["akkoord"],
        "group": [CODES[code] for code, chosen in answers["groep"].items() if chosen],
        "day": answers["dag"],
        "rows": rows,
    }


def var(name: str) -> dict[str, Any]:
    return {"var": name}


def _pairs(kind: st.SearchStrategy[Any], signs: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return st.tuples(st.sampled_from(signs), kind, kind).map(lambda drawn: {drawn[0]: [drawn[1], drawn[2]]})


def _numbers(depth: int) -> st.SearchStrategy[Any]:
    plain = NUMBERS | st.sampled_from([var("aantal"), var("bedrag")])
    if not depth:
        return plain
    inner = _numbers(depth - 1)
    total = {"reduce": [{"map": [var("rijen"), var("hoogte")]}, {"+": [var("current"), var("accumulator")]}, 0]}
    choose = st.tuples(_conditions(depth - 1), inner, inner).map(lambda drawn: {"if": list(drawn)})
    turned = inner.map(lambda value: {"-": [value]})
    return plain | st.just(total) | choose | turned | _pairs(inner, ("+", "-", "*", "min", "max"))


def _conditions(depth: int) -> st.SearchStrategy[Any]:
    plain = st.one_of(
        st.sampled_from(
            [var("akkoord"), {"!": [var("akkoord")]}, {"!!": [var("aantal")]}, {"!!": [var("rijen")]}, True]
        ),
        st.sampled_from(sorted(CODES)).map(lambda code: {"==": [var("soort"), code]}),
        st.sampled_from(sorted(CODES)).map(lambda code: {"!=": [code, var("soort")]}),
        st.sampled_from(sorted(CODES)).map(lambda code: var(f"groep.{code}")),
        st.lists(st.sampled_from(sorted(CODES)), max_size=3).map(lambda codes: {"in": [var("soort"), codes]}),
        st.text("ab'\\é\"", min_size=1, max_size=2).map(lambda text: {"in": [text, var("naam")]}),
        st.text("ab'\\é\"", min_size=1, max_size=2).map(lambda text: {"===": [var("naam"), text]}),
        NUMBERS.map(lambda number: {"==": [var("aantal"), str(number)]}),
        st.booleans().map(lambda wanted: {"==": [var("akkoord"), wanted]}),
        _days(),
        NUMBERS.flatmap(_over_rows),
    )
    if not depth:
        return plain
    inner = _conditions(depth - 1)
    joined = st.tuples(st.sampled_from(("and", "or")), st.lists(inner, min_size=1, max_size=3))
    compared = _pairs(_numbers(depth - 1), ("<", "<=", ">", ">=", "==", "!="))
    between = st.tuples(_numbers(0), _numbers(0), _numbers(0)).map(lambda drawn: {"<": list(drawn)})
    either = st.tuples(inner, inner, inner).map(lambda drawn: {"if": list(drawn)})
    return st.one_of(
        plain,
        joined.map(lambda drawn: {drawn[0]: drawn[1]}),
        inner.map(lambda one: {"!": [one]}),
        compared,
        between,
        either,
    )


def _days() -> st.SearchStrategy[Any]:
    delta = st.tuples(st.integers(-90, 90), st.integers(-20, 20), st.integers(-40, 40)).map(list)
    shifted = st.tuples(st.sampled_from("+-"), delta).map(lambda pair: {pair[0]: [{"today": []}, {"rdelta": pair[1]}]})
    sides = st.tuples(st.just({"date": var("dag")}), shifted | st.just({"today": []})).flatmap(st.permutations)
    return st.tuples(st.sampled_from(("<", "<=", ">", ">=", "==")), sides).map(lambda pair: {pair[0]: list(pair[1])})


def _over_rows(number: int) -> st.SearchStrategy[Any]:
    body = st.sampled_from([{">": [var("hoogte"), number]}, {"==": [var("wat"), "Iets anders"]}])
    return st.tuples(st.sampled_from(("some", "all", "none")), body).map(
        lambda drawn: {drawn[0]: [var("rijen"), drawn[1]]}
    )


@settings(max_examples=600, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(logic=_conditions(3), answers=ANSWERS)
def test_both_say_the_same_of_the_same_answers(logic: Any, answers: Mapping[str, Any]) -> None:
    try:
        cel = translate(logic, names=NAMES)
    except NotCarriedError:
        assume(False)
    said = compile_expression(cel).evaluate(ours(answers), today=TODAY)
    assert said is bool(apply(logic, answers)), cel


@settings(max_examples=300, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(logic=_conditions(2))
def test_nearly_all_of_the_logic_that_forms_use_is_carried(logic: Any) -> None:
    assert compile_expression(translate(logic, names=NAMES))


CARRIED: list[tuple[Any, str]] = [
    ({"==": [var("soort"), "Iets anders"]}, "kind == 'iets_anders'"),
    ({"==": [var("aantal"), "5"]}, "number_of == 5"),
    ({"!": [var("groep.eik")]}, "!('eik' in group)"),
    ({"in": ["eik", var("groep")]}, "'eik' in group"),
    ({"in": [var("soort"), ["eik", "Iets anders"]]}, "kind in ['eik', 'iets_anders']"),
    ({"!!": [var("naam")]}, "name != ''"),
    ({"<": [1, var("aantal"), 5]}, "1 < number_of && number_of < 5"),
    ({">=": [{"today": []}, {"+": [{"date": var("dag")}, {"rdelta": [18]}]}]}, "today >= add_months(day, 216)"),
    ({"<": [var("dag"), {"+": [{"today": []}, {"rdelta": [0, 0, 10]}]}]}, "days(today, day) < 10"),
    ({"some": [var("rijen"), {">": [var("hoogte"), 2]}]}, "rows.exists(r, r.height > 2)"),
]


@pytest.mark.parametrize(("logic", "cel"), CARRIED)
def test_logic_is_written_as_people_would_write_it(logic: Any, cel: str) -> None:
    assert translate(logic, names=NAMES) == cel


REFUSED: list[tuple[Any, str]] = [
    ({"missing": ["naam"]}, "de bewerking ‘missing’"),
    ({"==": [var("naam"), ""]}, "een leeg antwoord"),
    ({"!": [var("naam")]}, "een leeg antwoord"),
    ({"==": [var("naam"), None]}, "de waarde null"),
    ({"==": [var("naam"), 5]}, "een vergelijking van een tekst met een getal"),
    ({"<": [var("naam"), "b"]}, "een vergelijking van een tekst met een tekst"),
    ({"<": [{"date": var("dag")}, {"date": "2020-01-01"}]}, "een vaste datum"),
    ({"==": [var("elders"), 1]}, "de variabele ‘elders’"),
    ({"var": ["naam", "x"]}, "de variabele"),
    ({"log": "x", "and": []}, "log"),
    ({"reduce": [var("rijen"), var("current"), 1]}, "‘reduce’ dat geen som is"),
    ({"==": [var("naam"), "a\x00"]}, "onzichtbare tekens"),
    ({"method": [var("naam"), "exec"]}, "de bewerking ‘method’"),
    ([], "[]"),
    ({"and": []}, "zonder voorwaarden"),
    ({"if": [True]}, "zonder ‘anders’"),
    ({"+": [{"date": var("dag")}, {"rdelta": ["x"]}]}, "een verschil dat wij niet kennen"),
]


@pytest.mark.parametrize(("logic", "named"), REFUSED)
def test_what_has_no_like_here_is_refused_by_name(logic: Any, named: str) -> None:
    with pytest.raises(NotCarriedError) as refused:
        translate(logic, names=NAMES)
    assert named in str(refused.value)


_NAMED = ("var", "==", "and", "!", "in", "+", "-", "if", "some", "rdelta", "date", "x")
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["naam", "rijen"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMED), inner, max_size=2),
    max_leaves=12,
)


@settings(max_examples=400, derandomize=True, database=None, deadline=None)
@given(logic=_JSON)
def test_whatever_stands_there_is_carried_or_refused(logic: Any) -> None:
    try:
        cel = translate(logic, names=NAMES)
    except NotCarriedError:
        cel = "true"
    assert compile_expression(cel)
