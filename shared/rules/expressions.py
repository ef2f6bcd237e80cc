"""The expression language of conditions, calculations and rules: CEL in which unanswered is unknown, not false.

`a || b` is true when one side is, also while the other is unknown; `a && b` is false when one side is; anything else
with an unknown in it is unknown. All numbers are doubles, so `length * 2` means what it says for every kind of number.
Dates compare and add: `starts < today + weeks(3)`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from shared import cel
from shared.rules.facts import FUNCTIONS, Facts, Value
from shared.rules.tree import BadExpressionError, Token, Tree, free_names, parse, parts_of, tokens_of

_DEEPEST = 150
_TOO_DEEP = "This has too many parts in one another; make calculated values of some."


@dataclass(frozen=True, kw_only=True)
class Expression:
    """A compiled expression; `names` are the answers and calculated values that it reads."""

    text: str
    tree: Tree
    names: frozenset[str]
    program: cel.Program

    def evaluate(self, values: Mapping[str, Any], *, today: date) -> Value:
        """Work it out for these values; None means unknown."""
        return self.given(Facts(values, today=today))

    def given(self, facts: Facts) -> Value:
        """Work it out for these facts; None means unknown."""
        try:
            result = self.program.execute(facts.context)
        except (RuntimeError, TypeError, LookupError, ArithmeticError, ValueError):
            result = None
        if facts.failures:
            facts.failures.clear()
            return None
        return result if result is True or result is False else _from_cel(result)


@lru_cache(maxsize=10_000)
def compile_expression(text: str) -> Expression:
    """Compile once; the same text gives the same expression.

    Raises:
        BadExpressionError: not CEL, or it uses what this language leaves out, or its parts lie too deep in one another.
    """
    try:
        cel.compile(text)
    except ValueError as error:
        complaint = _first_complaint(str(error), text=text)
        sentence, at = _slip(text, at=complaint[1]) or complaint
        raise BadExpressionError(f"This is not an expression: {sentence}.", at=at) from None
    tree = _shallow(text)
    return Expression(
        text=text,
        tree=tree,
        names=frozenset(name.name for name in free_names(tree)) - {"today"},
        program=cel.compile("".join(_double(token) for token in tokens_of(text))),
    )


def _shallow(text: str) -> Tree:
    """Read a text into a tree that every check can go down without running out of room."""
    try:
        tree = parse(text, functions=FUNCTIONS)
    except RecursionError:
        raise BadExpressionError(_TOO_DEEP) from None
    level, depth = [tree], 0
    while level:
        level, depth = [part for each in level for part in parts_of(each)], depth + 1
    if depth > _DEEPEST:
        raise BadExpressionError(_TOO_DEEP)
    return tree


def _double(token: Token) -> str:
    """Write a whole number as a double: CEL refuses to multiply the two."""
    return f"{token.text}.0" if token.kind == "number" and token.text.isdigit() else token.text


def _first_complaint(message: str, *, text: str) -> tuple[str, int]:
    found = re.search(r"<input>:(\d+):(\d+): (?:Syntax error: )?(.*?)(?:, expecting| expecting|\n|$)", message)
    if found is None:
        return "it cannot be read", 0
    lines = text.splitlines(keepends=True)
    before = sum(len(line) for line in lines[: int(found[1]) - 1])
    return found[3], min(before + int(found[2]) - 1, len(text))


def _slip(text: str, *, at: int) -> tuple[str, int] | None:
    """Find what people often write instead, with what is right here; `at` is where the reader stopped."""
    bare = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", lambda found: "_" * len(found[0]), text)
    for pattern, sentence in _SLIPS:
        if found := re.search(pattern, bare):
            return sentence, found.start()
    if bare[at : at + 1] == "," and bare[at - 1 : at].isdigit():
        return "a number has a point, as in 3.5", at
    return ("a bracket is not closed", at) if bare.count("(") > bare.count(")") else None


_SLIPS = (
    (r"[\u2018\u2019\u201c\u201d]", "quotes are straight here, as in 'food'"),
    (r"[^\S \t\r\n]|\u200b", "here stands a sign that nobody sees; type the space anew"),
    (r"(?<![=!<>])=(?!=)", "compare with ==, not with ="),
    (r"(?i)\b(and|or|not|en|of|niet)\b", "write && for and, || for or, ! for not"),
    (r"['\"]", "a quote is not closed"),
)


def _from_cel(result: Any) -> Value:
    if isinstance(result, str | list | dict):
        return result
    if isinstance(result, float):
        return result if math.isfinite(result) else None
    if isinstance(result, datetime):
        return result.date()
    return float(result) if isinstance(result, int) else None
