"""Answers nobody expects, drawn from the definition of a product: those of an example, with some of them spoilt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from services.forms.domain.retyping import retype
from shared import catalogue
from shared.catalogue.definitions import CASES, Kind, Product, Question
from shared.catalogue.nodes import Text
from tests.services.forms.domain.kinds import HOSTILE, good_answers

HOME = Path(catalogue.__file__).parent
LONGEST = "9" * 6000
WRONG_SHAPES: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**63, 10**400, -1.5, 1e308, float("nan"), float("inf")),
    *("", " ", "x", "\ud800", LONGEST, [], [[]], [1], [None], {}, {"a": {}}, [{"a": 1}], {"": ""}, {"id": "x"}),
    *({"first": "2027-01-02", "last": "2027-01-01"}, {"lat": "x"}, {"words": "a\x00b"}, {"postcode": {}}, ["x"] * 300),
    *([{}] * 60, {"$ref": "#"}, {"__proto__": {"polluted": True}}, [{"id": "00000000-0000-0000-0000-000000000000"}]),
)

Draw = Callable[[st.SearchStrategy[Any]], Any]
Answers = dict[str, Any]
Typed = dict[str, list[str]]


def answers_of(product: Product, *, today: date) -> st.SearchStrategy[Answers]:
    """The answers of an example with up to six of them spoilt, or all of them drawn anew."""
    asked = {question.id: strategy_of(question) for question in product.questions if question.asks}
    names = sorted(asked)
    examples = examples_of(product, today=today)

    @st.composite
    def answers(draw: Draw) -> Answers:
        known = {} if draw(st.integers(0, 3)) == 3 else draw(st.sampled_from(examples))
        most = draw(st.sampled_from((1, 1, 2, 6))) if known else len(names)
        some = draw(st.lists(st.sampled_from(names), max_size=most, unique=True))
        strange = draw(st.dictionaries(_NAMES, st.sampled_from(WRONG_SHAPES), max_size=2)) if _seldom(draw) else {}
        return {**known, **{name: draw(asked[name]) for name in some}, **strange}

    return answers()


def fields_of(product: Product, *, today: date) -> st.SearchStrategy[Typed]:
    """The fields of all pages as an example fills them in, with up to six of them typed over and some more sent."""
    filled = [retype(product.questions, answers=example) for example in examples_of(product, today=today)]

    @st.composite
    def fields(draw: Draw) -> Typed:
        known = draw(st.sampled_from(filled))
        names = st.sampled_from(sorted(known))
        changed = st.one_of(names, names, names, names.flatmap(_beside), _NAMES)
        most = draw(st.sampled_from((1, 2, 6)))
        return {**known, **draw(st.dictionaries(changed, st.lists(_TEXTS, max_size=3), max_size=most))}

    return fields()


def examples_of(product: Product, *, today: date) -> list[Answers]:
    """The example answers of a product, as far from today as they were from their own day; files come another way."""
    found = []
    for path in sorted((HOME / product.id / CASES).glob("*.yaml")):
        example = Text(file=path.name, faults=[]).open(path.read_text(encoding="utf-8"))
        assert example
        later, answers = today - example.day("on"), example.plain("answers")
        known = {one.id for one in product.questions if one.kind is not Kind.FILE}
        found.append({name: _moved(value, later=later) for name, value in answers.items() if name in known})
    return found


def strategy_of(question: Question) -> st.SearchStrategy[Any]:
    """Answers to one question: good ones, hostile texts, and shapes that no answer has."""
    hostile = st.sampled_from(HOSTILE)
    usual = hostile if question.kind in (Kind.TEXT, Kind.LONG_TEXT) else _good(question)
    return st.one_of(usual, usual, _good(question), hostile, st.sampled_from(WRONG_SHAPES))


def _good(question: Question) -> st.SearchStrategy[Any]:
    codes = [choice.value for choice in question.choices]
    if question.kind is Kind.CHOICE:
        return st.sampled_from(codes)
    if question.kind is Kind.CHOICES:
        return st.lists(st.sampled_from(codes), min_size=1, max_size=len(codes))
    if question.kind is Kind.TABLE:
        cells = {column.id: strategy_of(column) for column in question.columns}
        row = st.fixed_dictionaries({}, optional=cells)
        return st.lists(row, min_size=1, max_size=4)
    if question.kind is Kind.FILE:
        return st.lists(st.fixed_dictionaries({"id": st.uuids().map(str) | st.sampled_from(HOSTILE)}), max_size=3)
    return good_answers(question.kind)


def _seldom(draw: Draw) -> bool:
    return bool(draw(st.integers(0, 3)) == 3)


def _beside(name: str) -> st.SearchStrategy[str]:
    """A field that might belong to the same question: another row, a part that does not exist."""
    first, _, rest = name.partition(".")
    rows = st.sampled_from(("0", "1", "49", "50", "999", "1000", "-1", "00", "²", "x", ""))
    return st.one_of(rows.map(lambda row: f"{first}.{row}.{rest}"), _NAMES.map(lambda other: f"{first}.{other}"))


def _moved(value: Any, *, later: timedelta) -> Any:
    """The same answer with every date so much later."""
    if isinstance(value, dict):
        return {name: _moved(inner, later=later) for name, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, later=later) for inner in value]
    return str(date.fromisoformat(value) + later) if _is_date(value) else value


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and value[:4].isdigit()


_HALF = "\ud800".encode("utf-8", "replace").decode()
_NAMES = st.sampled_from(("answers", "__class__", "id", "a.b.c", "\x00", _HALF)) | st.text(max_size=12)
_TYPED = tuple(text.encode("utf-8", "replace").decode() for text in (*HOSTILE, LONGEST))
_TEXTS = st.sampled_from(_TYPED) | st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
