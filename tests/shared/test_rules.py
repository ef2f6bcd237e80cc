"""What the expression language promises to whoever writes a rule."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.rules import BadExpressionError, Facts, columns_read, compile_expression

TODAY = date(2026, 11, 24)


def outcome(text: str, **values: Any) -> Any:
    return compile_expression(text).evaluate(values, today=TODAY)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("a || b", {"a": True}, True),
        ("a || b", {"b": True}, True),
        ("a || b", {"a": False}, None),
        ("a || b", {}, None),
        ("a && b", {"a": False}, False),
        ("a && b", {"b": False}, False),
        ("a && b", {"a": True}, None),
        ("!a", {}, None),
        ("!a || b", {"a": False}, True),
        ("!(a && b)", {"b": False}, True),
        ("a ? b : c", {"a": False, "c": True}, True),
        ("a ? b : c", {"b": True, "c": True}, None),
        ("a == b", {"a": "x"}, None),
        ("a != 'x'", {}, None),
    ],
)
def test_unknown_is_not_false_and_one_side_may_settle_it(text: str, values: dict[str, Any], expected: Any) -> None:
    assert outcome(text, **values) is expected


@pytest.mark.parametrize("empty", [{}, {"a": None}])
def test_nothing_is_granted_on_what_nobody_answered(empty: dict[str, Any]) -> None:
    assert outcome("a <= 10", **empty) is None
    assert outcome("!(a > 10)", **empty) is None


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("length * width * count", {"length": 4.0, "width": 2.5, "count": 2}, 20.0),
        ("a * 2", {"a": 2.5}, 5.0),
        ("a / 2", {"a": 3}, 1.5),
        ("a + 1.5", {"a": 1}, 2.5),
        ("-a + 10", {"a": 4}, 6.0),
        ("a == 2", {"a": 2.0}, True),
        ("a in [1, 2]", {"a": 2}, True),
        ("1e2 + a", {"a": 1}, 101.0),
        ("q2 + 2", {"q2": 1}, 3.0),
        ("a == '2 of 3'", {"a": "2 of 3"}, True),
    ],
)
def test_whole_numbers_and_decimals_mix_as_on_paper(text: str, values: dict[str, Any], expected: Any) -> None:
    assert outcome(text, **values) == expected


def test_dates_compare_and_add() -> None:
    starts, ends = date(2026, 12, 14), date(2026, 12, 18)
    assert outcome("starts < today + weeks(3)", starts=starts) is True
    assert outcome("starts <= today + weeks(2)", starts=starts) is False
    assert outcome("days(starts, ends) + 1", starts=starts, ends=ends) == 5.0
    assert outcome("today + weeks(1)") == date(2026, 12, 1)
    assert outcome("ends >= starts", starts=ends, ends=starts) is False


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert outcome("workdays(a, b)", a=date(2026, 12, 24), b=date(2026, 12, 28)) == 1.0


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("add_months(day, 1)", date(2026, 1, 31), date(2026, 2, 28)),
        ("add_months(day, -1)", date(2026, 3, 31), date(2026, 2, 28)),
        ("add_months(day, 12)", date(2024, 2, 29), date(2025, 2, 28)),
        ("add_months(day, 0.5)", date(2026, 1, 31), None),
        ("age(day)", date(2008, 11, 24), 18.0),
        ("age(day)", date(2008, 11, 25), 17.0),
        ("age(day)", date(2026, 11, 24), 0.0),
        ("age(day)", date(2026, 11, 25), None),
        ("weekday(day)", date(2026, 11, 23), 1.0),
        ("weekday(day)", date(2026, 11, 22), 7.0),
        ("holiday(day)", date(2026, 11, 22), True),
        ("holiday(day)", date(2026, 11, 21), False),
        ("holiday(day)", date(2026, 5, 5), True),
        ("holiday(day)", date(2026, 4, 3), True),
        ("holiday(day)", date(2026, 5, 15), False),
    ],
)
def test_months_ages_weekdays_and_holidays_are_counted_as_people_do(text: str, day: date, expected: Any) -> None:
    """A day that only a decree made free, such as 15 May 2026, is no holiday."""
    assert outcome(text, day=day) == expected


def test_a_function_given_the_wrong_kind_of_value_is_unknown() -> None:
    for text in ("age(4)", "weekday('monday')", "holiday(true)", "add_months(today, 'two')"):
        assert outcome(text) is None


def test_rows_of_a_table_can_be_added_and_searched() -> None:
    rows = [{"kind": "container", "area": 8.0}, {"kind": "crane", "area": 2.5}]
    assert outcome("sum(rows.map(r, r.area))", rows=rows) == 10.5
    assert outcome("rows.exists(r, r.kind == 'crane')", rows=rows) is True
    assert outcome("rows.all(r, r.area > 3)", rows=rows) is False
    assert outcome("how_many(rows) * 2", rows=rows) == 4.0


def test_a_row_with_a_gap_leaves_the_sum_unknown_and_a_search_that_reaches_it() -> None:
    rows = [{"kind": "crane", "area": 2.5}, {"kind": "container"}]
    assert outcome("sum(rows.map(r, r.area))", rows=rows) is None
    assert outcome("rows.exists(r, r.area > 2)", rows=rows) is True
    assert outcome("rows.exists(r, r.area > 3)", rows=rows) is None
    assert outcome("rows.all(r, r.area > 2)", rows=rows) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a > 3", {"a": "text"}),
        ("sum(a) > 3", {"a": "text"}),
        ("sum(a) != 3", {"a": ["x"]}),
        ("days(a, b) != 0", {"a": 1, "b": 2}),
        ("weeks(a) != weeks(1)", {"a": 1e300}),
        ("how_many(a) != 0", {"a": 3}),
        ("a + 1", {"a": float("nan")}),
        ("a + 1", {"a": 10**400}),
        ("a * a", {"a": 1e300}),
        ("a + 'x'", {"a": "\ud800"}),
    ],
)
def test_a_value_that_does_not_fit_is_unknown_and_says_nothing_on_the_way(
    text: str, values: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    assert outcome(text, **values) is None
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "sentence", "wrong"),
    [
        ("a &&", "not an expression", None),
        ("a and b", "write && for and", None),
        ("", "not an expression", None),
        ("sun(a)", "function 'sun' does not exist", "sun"),
        ("has(a.b)", "function 'has' does not exist", "has"),
        ("size(a) > 1", "function 'size' does not exist", "size"),
        ("a[0] > 1", "picked by its number", None),
        ("a == null", "no null", None),
    ],
)
def test_what_the_language_leaves_out_is_refused_with_a_sentence(text: str, sentence: str, wrong: str | None) -> None:
    with pytest.raises(BadExpressionError, match=sentence) as caught:
        compile_expression(text)
    assert caught.value.wrong == wrong


def test_an_expression_names_what_it_reads() -> None:
    text = (
        "'road' in surfaces && rows.exists(r, r.kind == 'crane' || r.kind in ['a', 'b']) && starts < today + weeks(2)"
    )
    expression = compile_expression(text)
    assert expression.names == {"surfaces", "rows", "starts"}
    assert columns_read([expression.tree], tables=["rows"]) == {"rows": {"kind"}}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("how_many(rows) > 1", set()),
        ("rows.exists(r, r.kind == 'a') && sum(rows.map(r, r.area)) > 1", {"kind", "area"}),
        ("sum(rows.filter(r, r.kind == 'a').map(s, s.area * r))", {"kind", "area"}),
        ("rows.exists(r, r.parts.exists(p, p.size > r.area))", {"parts", "area"}),
        ("a ? true : false", set()),
        ("rows == others", None),
        ("rows.map(r, r) == a", None),
        ("a && how_many((a ? rows : others).map(r, r.kind)) > 1", None),
    ],
)
def test_only_the_columns_that_are_read_need_be_handed_over(text: str, read: set[str] | None) -> None:
    found = columns_read([compile_expression(text).tree], tables=["rows"])
    assert found.get("rows") == read


def test_a_number_inside_a_text_stays_text() -> None:
    assert outcome("a + '10 m'", a="about ") == "about 10 m"


def test_one_expression_serves_many_threads() -> None:
    expression = compile_expression("a * 2 > 10 && a < 600")

    def ask(number: int) -> Any:
        return expression.evaluate({"a": number}, today=TODAY)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(1000))) == [5 < number < 600 for number in range(1000)]


def test_the_same_text_is_compiled_once() -> None:
    assert compile_expression("a > 41") is compile_expression("a > 41")


names = st.sampled_from(["a", "b", "c"])
atoms = st.one_of(names, st.sampled_from(["true", "false", "1", "2.5", "'x'", "today"]))
expressions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["||", "&&", "==", "<", "+", "*", "/", "in"]), inner).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        ),
        inner.map(lambda part: f"!({part})"),
        inner.map(lambda part: f"sum([{part}])"),
    ),
    max_leaves=8,
)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.dates(),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=3), st.floats(), max_size=2),
)


@settings(max_examples=300, deadline=None, database=None)
@given(text=expressions, known=st.dictionaries(names, values))
def test_no_expression_raises_whatever_the_values(text: str, known: dict[str, Any]) -> None:
    result = compile_expression(text).evaluate(known, today=TODAY)
    assert result is None or isinstance(result, bool | float | str | date | list | dict)


truths = st.recursive(
    names,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["||", "&&"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"!({part})"),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None, database=None)
@given(text=truths, known=st.dictionaries(names, st.booleans()), rest=st.tuples(*[st.booleans()] * 3))
def test_what_is_certain_stays_so_whatever_is_answered_later(
    text: str, known: dict[str, bool], rest: tuple[bool, ...]
) -> None:
    expression = compile_expression(text)
    early = expression.evaluate(known, today=TODAY)
    later = expression.evaluate(dict(zip("abc", rest, strict=True)) | known, today=TODAY)
    assert later is not None
    assert early in (None, later)


def test_facts_that_the_language_cannot_hold_stay_unknown() -> None:
    facts = Facts({"a": object(), "b": float("inf"), "c": [1, None], "d": "\ud800"}, today=TODAY)
    assert set(facts.plain) == {"today"}


@pytest.mark.parametrize(
    "text", ["!" * 2000 + "a", " && ".join(["a"] * 400), "a" + ".b" * 400, "a ? true : " * 300 + "b"]
)
def test_parts_in_one_another_have_a_bound_before_they_take_the_reader_down(text: str) -> None:
    with pytest.raises(BadExpressionError):
        compile_expression(text)
