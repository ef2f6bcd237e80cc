"""An expression as a tree, each part with where it begins in the text: CEL works it out, the tree is for checks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

MACROS = frozenset({"map", "filter", "exists", "exists_one", "all"})
METHODS = frozenset({"contains", "startsWith", "endsWith"})


class BadExpressionError(Exception):
    """The expression cannot be read; `at` is where in its text, `wrong` a name that nothing `known` has."""

    def __init__(
        self, sentence: str, *, at: int = 0, wrong: str | None = None, known: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.at = at
        self.wrong = wrong
        self.known = known


@dataclass(frozen=True, kw_only=True)
class Literal:
    """A number, text, true or false as it stands there."""

    value: bool | float | str
    at: int


@dataclass(frozen=True, kw_only=True)
class Name:
    """An answer, a calculated value, a row bound by a macro, or today."""

    name: str
    at: int


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list written out."""

    items: tuple[Tree, ...]
    at: int


@dataclass(frozen=True, kw_only=True)
class Field:
    """A part of something: `r.width`, `stay.first`."""

    target: Tree
    name: str
    at: int


@dataclass(frozen=True, kw_only=True)
class Call:
    """A function; with a `target` one that is called on a text."""

    function: str
    arguments: tuple[Tree, ...]
    target: Tree | None
    at: int


@dataclass(frozen=True, kw_only=True)
class Macro:
    """Something done for each row of the target, called `variable` in the bodies."""

    macro: str
    target: Tree
    variable: str
    bodies: tuple[Tree, ...]
    at: int


@dataclass(frozen=True, kw_only=True)
class Unary:
    """`!a` or `-a`."""

    sign: str
    operand: Tree
    at: int


@dataclass(frozen=True, kw_only=True)
class Binary:
    """Two sides with a sign between them; `at` is where the sign stands."""

    sign: str
    left: Tree
    right: Tree
    at: int


@dataclass(frozen=True, kw_only=True)
class Either:
    """`condition ? yes : no`."""

    condition: Tree
    yes: Tree
    no: Tree
    at: int


Tree = Literal | Name | Listed | Field | Call | Macro | Unary | Binary | Either


class Token(NamedTuple):
    """A piece of the text: its kind is space, string, number, name, sign or end."""

    kind: str
    text: str
    at: int


def parse(text: str, *, functions: frozenset[str]) -> Tree:
    """Read an expression that CEL accepts.

    Raises:
        BadExpressionError: it uses what this language leaves out, or a function that is not one of these.
    """
    return _Parser(text, functions=functions).whole()


def tokens_of(text: str) -> Iterator[Token]:
    """Cut a text into its pieces; put together again they are the text."""
    for match in _TOKEN.finditer(text):
        yield Token(match.lastgroup or "sign", match.group(), match.start())


def parts_of(tree: Tree) -> tuple[Tree, ...]:
    """Give the parts that a tree is made of, in the order of the text."""
    match tree:
        case Literal() | Name():
            return ()
        case Listed(items=items):
            return items
        case Field(target=target):
            return (target,)
        case Call(target=target, arguments=arguments):
            return (target, *arguments) if target else arguments
        case Macro(target=target, bodies=bodies):
            return (target, *bodies)
        case Unary(operand=operand):
            return (operand,)
        case Binary(left=left, right=right):
            return (left, right)
        case Either(condition=condition, yes=yes, no=no):
            return (condition, yes, no)


def free_names(tree: Tree, *, bound: frozenset[str] = frozenset()) -> Iterator[Name]:
    """Give every name that no macro binds."""
    if isinstance(tree, Name):
        if tree.name not in bound:
            yield tree
    elif isinstance(tree, Macro):
        yield from free_names(tree.target, bound=bound)
        for body in tree.bodies:
            yield from free_names(body, bound=bound | {tree.variable})
    else:
        for part in parts_of(tree):
            yield from free_names(part, bound=bound)


_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*)
      | (?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\w))
      | (?P<name>[A-Za-z_]\w*)
      | (?P<sign>&&|\|\||[<>=!]=|.)""",
    re.VERBOSE | re.DOTALL,
)
_BINDS = ({"||"}, {"&&"}, {"<", "<=", ">", ">=", "==", "!=", "in"}, {"+", "-"}, {"*", "/", "%"})
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class _Parser:
    """Reads from the loosest sign to the tightest; what CEL refuses was refused before."""

    def __init__(self, text: str, *, functions: frozenset[str]) -> None:
        self._tokens = [token for token in tokens_of(text) if token.kind != "space"]
        self._tokens.append(Token("end", "", len(text)))
        self._next = 0
        self._functions = functions

    def whole(self) -> Tree:
        tree = self._either()
        if self._ahead.kind != "end":
            raise _left_out(self._ahead)
        return tree

    @property
    def _ahead(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _took(self, sign: str) -> bool:
        if self._ahead.text != sign or self._ahead.kind == "string":
            return False
        self._next += 1
        return True

    def _expect(self, sign: str) -> None:
        if not self._took(sign):
            raise _left_out(self._ahead)

    def _either(self) -> Tree:
        condition = self._binary(0)
        at = self._ahead.at
        if not self._took("?"):
            return condition
        yes = self._either()
        self._expect(":")
        return Either(condition=condition, yes=yes, no=self._either(), at=at)

    def _binary(self, level: int) -> Tree:
        if level == len(_BINDS):
            return self._unary()
        left = self._binary(level + 1)
        while self._ahead.text in _BINDS[level] and self._ahead.kind != "string":
            sign = self._take()
            left = Binary(sign=sign.text, left=left, right=self._binary(level + 1), at=sign.at)
        return left

    def _unary(self) -> Tree:
        at = self._ahead.at
        for sign in ("!", "-"):
            if self._took(sign):
                return Unary(sign=sign, operand=self._unary(), at=at)
        return self._member()

    def _member(self) -> Tree:
        tree = self._primary()
        while True:
            if self._took("."):
                tree = self._part(tree)
            elif self._ahead.text == "[":
                raise BadExpressionError(
                    "A row cannot be picked by its number; use exists, all, map or sum.", at=self._ahead.at
                )
            else:
                return tree

    def _part(self, target: Tree) -> Tree:
        name = self._take()
        if not self._took("("):
            return Field(target=target, name=name.text, at=name.at)
        if name.text in MACROS:
            return self._macro(target, name)
        if name.text not in METHODS:
            raise _unknown(name, known=METHODS | MACROS)
        return Call(function=name.text, arguments=self._arguments(")"), target=target, at=name.at)

    def _macro(self, target: Tree, macro: Token) -> Tree:
        variable = self._take()
        self._expect(",")
        bodies = self._arguments(")")
        return Macro(macro=macro.text, target=target, variable=variable.text, bodies=bodies, at=macro.at)

    def _arguments(self, closing: str) -> tuple[Tree, ...]:
        arguments: list[Tree] = []
        while not self._took(closing):
            arguments.append(self._either())
            if not self._took(","):
                self._expect(closing)
                break
        return tuple(arguments)

    def _primary(self) -> Tree:
        token = self._take()
        if token.kind == "string":
            return Literal(value=_ESCAPE.sub(r"\1", token.text[1:-1]), at=token.at)
        if token.kind == "number":
            return Literal(value=float(token.text), at=token.at)
        if token.kind == "name":
            return self._named(token)
        if token.text == "(":
            tree = self._either()
            self._expect(")")
            return tree
        if token.text == "[":
            return Listed(items=self._arguments("]"), at=token.at)
        raise _left_out(token)

    def _named(self, token: Token) -> Tree:
        if token.text in ("true", "false"):
            return Literal(value=token.text == "true", at=token.at)
        if token.text == "null":
            raise BadExpressionError("There is no null: what is not answered is unknown.", at=token.at)
        if not self._took("("):
            return Name(name=token.text, at=token.at)
        if token.text not in self._functions:
            raise _unknown(token, known=self._functions | MACROS)
        return Call(function=token.text, arguments=self._arguments(")"), target=None, at=token.at)


def _left_out(token: Token) -> BadExpressionError:
    return BadExpressionError(f"This language leaves out '{token.text}' here.", at=token.at)


def _unknown(token: Token, *, known: frozenset[str]) -> BadExpressionError:
    sentence = f"The function '{token.text}' does not exist."
    return BadExpressionError(sentence, at=token.at, wrong=token.text, known=known)
