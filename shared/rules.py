"""The expression language of conditions, calculations and rules: CEL in which unanswered is unknown, not false.

`a || b` is true when one side is, also while the other is unknown; `a && b` is false when one side is; anything else
with an unknown in it is unknown. All numbers are doubles, so `length * 2` means what it says for every kind of number.
Dates compare and add: `starts < today + weeks(3)`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

from shared import cel
from shared.law.calendar import is_general_holiday, working_days_between
from shared.law.counting import add_months

FUNCTIONS = frozenset(
    "sum how_many days weeks workdays add_months age weekday holiday contains startsWith endsWith".split()  # noqa: SIM905
)
MACROS = frozenset({"map", "filter", "exists", "exists_one", "all"})

Value = bool | float | str | date | list[Any] | dict[str, Any] | None


class BadExpressionError(Exception):
    """The expression cannot be read."""

    def __init__(self, sentence: str, *, wrong: str | None = None, known: frozenset[str] = frozenset()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.wrong = wrong
        self.known = known


class Facts:
    """What is known when expressions are evaluated; prepared once, then used for many expressions.

    Not for two threads at once: make one for each evaluation.
    """

    def __init__(self, values: Mapping[str, Any], *, today: date) -> None:
        self.values: dict[str, Any] = {}
        self.today = today
        self.failures: list[Exception] = []
        self._plain: dict[str, Any] = {"today": _as_moment(today)}
        self.context = cel.Context(
            functions=_functions(self.failures, today=today)
        )  # not of self: the circle would never be freed
        self.context.set_variable_resolver(self._plain.get)
        for name, known in values.items():
            self.know(name, value=known)

    def know(self, name: str, *, value: Any) -> None:
        """Add one value; what the language cannot hold stays unknown.

        A list is handed over once. One value is looked up when it is read: after each value handed over, CEL sets up
        all of them again at its next evaluation, 40 µs among 300 values.
        """
        try:
            plain = _to_cel(value)
            if plain is None:
                return
            if isinstance(plain, list | dict):
                self.context.add_variable(name, plain)
            else:
                self._plain[name] = plain
        except (ValueError, OverflowError):
            return
        self.values[name] = value


@dataclass(frozen=True, kw_only=True)
class Expression:
    """A compiled expression.

    `names` are the answers and computed values it reads, `columns` the columns of tables it reads as (table, column),
    `compared` the texts it compares with as (name or table.column, text).
    """

    text: str
    names: frozenset[str]
    columns: frozenset[tuple[str, str]]
    compared: frozenset[tuple[str, str]]
    bound: frozenset[str]
    program: cel.Program

    def evaluate(self, values: Mapping[str, Any], *, today: date) -> Value:
        """Work it out for these values; None means unknown."""
        return self.given(Facts(values, today=today))

    def given(self, facts: Facts) -> Value:
        """Work it out for these facts; None means unknown."""
        facts.failures.clear()
        try:
            result = self.program.execute(facts.context)
        except (RuntimeError, TypeError, LookupError, ArithmeticError, ValueError):
            return None
        return None if facts.failures else _from_cel(result)

    def fault_of_kind(self, facts: Facts) -> str | None:
        """Say what is wrong when values of these kinds cannot go together, e.g. a date and a number."""
        facts.failures.clear()
        try:
            self.program.execute(facts.context)
        except TypeError:
            if any(isinstance(failure, ValueError) for failure in facts.failures):
                return None  # a function could not do it with these values; what became of that says nothing
            return "This puts values of different kinds together, such as a text and a number."
        except (RuntimeError, LookupError, ArithmeticError, ValueError):
            return None
        return None


@lru_cache(maxsize=10_000)
def compile_expression(text: str) -> Expression:
    """Compile once; the same text gives the same expression.

    Raises:
        BadExpressionError: not CEL, or it uses what this language leaves out.
    """
    try:
        cel.compile(text)
    except ValueError as error:
        raise BadExpressionError(f"This is not an expression: {_first_complaint(str(error))}.") from None
    tokens = [token for token in _tokens(text) if token.kind != "space"]
    _refuse_what_is_left_out(tokens)
    bound = dict(_bound(tokens))
    program = cel.compile("".join(_double(token) for token in _tokens(text)))
    return Expression(
        text=text,
        names=frozenset(program.variables()) - frozenset(bound) - {"today"},
        columns=frozenset(_columns(tokens, bound=bound)),
        compared=frozenset(_compared(tokens, bound=bound)),
        bound=frozenset(bound),
        program=program,
    )


class _Token(NamedTuple):
    kind: str
    text: str


_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*)
      | (?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\w))
      | (?P<name>[A-Za-z_]\w*)
      | (?P<sign>&&|\|\||[<>=!]=|.)""",
    re.VERBOSE | re.DOTALL,
)
_WHOLE = re.compile(r"\d+")


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        yield _Token(match.lastgroup or "sign", match.group())


def _double(token: _Token) -> str:
    """Write a whole number as a double: CEL refuses to multiply the two."""
    return f"{token.text}.0" if token.kind == "number" and _WHOLE.fullmatch(token.text) else token.text


def _first_complaint(message: str) -> str:
    found = re.search(r"<input>:\d+:\d+: (?:Syntax error: )?(.*?)(?:, expecting| expecting|\n|$)", message)
    return found.group(1) if found else "it cannot be read"


def _refuse_what_is_left_out(tokens: list[_Token]) -> None:
    known = FUNCTIONS | MACROS
    for token, following in pairwise(tokens):
        if token.kind == "name" and following.text == "(" and token.text not in known | {"in"}:
            raise BadExpressionError(f"The function '{token.text}' does not exist.", wrong=token.text, known=known)
        if following.text == "[" and (token.kind == "name" or token.text in ")]") and token.text != "in":
            raise BadExpressionError("A row cannot be picked by its number; use exists, all, map or sum.")
    if any(token == ("name", "null") for token in tokens):
        raise BadExpressionError("There is no null: what is not answered is unknown.")


def _bound(tokens: list[_Token]) -> Iterator[tuple[str, str]]:
    """Find the names that macros bind: `r` of table `objects` in `objects.map(r, r.width)`."""
    for at in range(len(tokens) - 5):
        table, dot, macro, opening, name, comma = tokens[at : at + 6]
        if (dot.text, opening.text, comma.text) == (".", "(", ",") and macro.text in MACROS:
            yield name.text, table.text


def _columns(tokens: list[_Token], *, bound: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for at in range(len(tokens) - 2):
        row, dot, column = tokens[at : at + 3]
        called = tokens[at + 3 : at + 4] == [_Token("sign", "(")]
        if row.text in bound and dot.text == "." and column.kind == "name" and not called:
            yield bound[row.text], column.text


def _compared(tokens: list[_Token], *, bound: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for at, token in enumerate(tokens):
        if token.text in ("==", "!=") or token == ("name", "in"):
            before, after = _name_before(tokens, at=at, bound=bound), _name_after(tokens, at=at, bound=bound)
            if before:
                yield from ((before, text) for text in _strings_after(tokens, at=at))
            if after and at and tokens[at - 1].kind == "string":
                yield after, tokens[at - 1].text[1:-1]


def _name_before(tokens: list[_Token], *, at: int, bound: Mapping[str, str]) -> str | None:
    if at >= 3 and tokens[at - 2].text == "." and tokens[at - 3].text in bound:
        return f"{bound[tokens[at - 3].text]}.{tokens[at - 1].text}"
    return tokens[at - 1].text if at and tokens[at - 1].kind == "name" else None


def _name_after(tokens: list[_Token], *, at: int, bound: Mapping[str, str]) -> str | None:
    if at + 3 < len(tokens) and tokens[at + 1].text in bound and tokens[at + 2].text == ".":
        return f"{bound[tokens[at + 1].text]}.{tokens[at + 3].text}"
    return tokens[at + 1].text if at + 1 < len(tokens) and tokens[at + 1].kind == "name" else None


def _strings_after(tokens: list[_Token], *, at: int) -> Iterator[str]:
    listed = tokens[at + 1 : at + 2] == [_Token("sign", "[")]
    for token in tokens[at + 1 + listed :]:
        if token.kind == "string":
            yield token.text[1:-1]
        if not listed or token.text == "]":
            return


def _functions(failures: list[Exception], *, today: date) -> dict[str, Callable[..., Any]]:
    def safe(work: Callable[..., Any]) -> Callable[..., Any]:
        return partial(_safely, failures, work)

    return {
        "age": safe(partial(_age, today=today)),
        "add_months": safe(_add_months),
        "weekday": safe(lambda day: float(day.isoweekday())),
        "holiday": safe(lambda day: is_general_holiday(day.date())),
        "sum": safe(math.fsum),
        "how_many": safe(lambda rows: float(len(rows))),
        "days": safe(lambda first, last: float((last - first).days)),
        "weeks": safe(lambda number: timedelta(weeks=number)),
        "workdays": safe(_workdays),
    }


def _workdays(first: datetime, last: datetime) -> float:
    return float(working_days_between(first.date(), until=last.date()))


def _add_months(day: datetime, number: float) -> datetime:
    if not float(number).is_integer():
        raise ValueError(number)
    return _as_moment(add_months(day.date(), months=int(number)))


def _age(birth: datetime, *, today: date) -> float:
    """Whole years; who was born on 29 February is a year older on 1 March in other years."""
    years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    if years < 0:
        raise ValueError(years)
    return float(years)


def _safely(failures: list[Exception], work: Callable[..., Any], *given: Any) -> Any:
    """CEL prints what a function raises and goes on; here the whole expression becomes unknown."""
    try:
        return work(*given)
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError) as error:
        failures.append(error)
        return None


def _to_cel(value: Any) -> Any:
    if isinstance(value, str):
        value.encode()  # half a character, as a broken client may send, is refused here
        return value
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        number = float(value)
        return number if math.isfinite(number) else None
    if isinstance(value, date):
        return _as_moment(value)
    if isinstance(value, Mapping):
        return {str(key): plain for key, inner in value.items() if (plain := _to_cel(inner)) is not None}
    if isinstance(value, list | tuple):
        items = [_to_cel(inner) for inner in value]
        return None if None in items else items
    return None


def _from_cel(result: Any) -> Value:
    if isinstance(result, datetime):
        return result.date()
    if isinstance(result, bool | str | list | dict):
        return result
    if isinstance(result, int | float) and math.isfinite(result):
        return float(result)
    return None


def _as_moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
