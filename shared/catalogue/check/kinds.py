"""Kinds of values, and whether the values in an expression go together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shared.catalogue.faults import nearest_name
from shared.rules.tree import Binary, Call, Either, Field, Listed, Literal, Macro, Name, Tree, Unary


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a value: its kind in words, with what is in a list and which parts a thing has.

    `codes` are the only texts that it can be, `name` says whose they are.
    """

    kind: str
    item: Known | None = None
    parts: Mapping[str, Known] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    name: str = ""


ANYTHING = Known(kind="anything")
NUMBER = Known(kind="a number")
TEXT = Known(kind="a text")
TRUTH = Known(kind="true or false")
DATE = Known(kind="a date")
SPAN = Known(kind="a number of weeks")


def list_of(item: Known) -> Known:
    """The kind of a list."""
    return Known(kind="a list", item=item)


def parts(**of: Known) -> Known:
    """The kind of a thing with parts."""
    return Known(kind="several parts", parts=of)


_ADDED = {
    ("a number", "a number"): NUMBER,
    ("a text", "a text"): TEXT,
    ("a date", "a number of weeks"): DATE,
    ("a number of weeks", "a date"): DATE,
    ("a number of weeks", "a number of weeks"): SPAN,
}
_TAKEN = {("a number", "a number"): NUMBER, ("a date", "a number of weeks"): DATE}
_ORDERED = {"a number", "a text", "a date", "a number of weeks"}
_FUNCTIONS: Mapping[str, tuple[tuple[Known, ...], Known]] = {
    "age": ((DATE,), NUMBER),
    "add_months": ((DATE, NUMBER), DATE),
    "weekday": ((DATE,), NUMBER),
    "holiday": ((DATE,), TRUTH),
    "days": ((DATE, DATE), NUMBER),
    "weeks": ((NUMBER,), SPAN),
    "workdays": ((DATE, DATE), NUMBER),
    "sum": ((list_of(NUMBER),), NUMBER),
    "how_many": ((list_of(ANYTHING),), NUMBER),
    "contains": ((TEXT,), TRUTH),
    "startsWith": ((TEXT,), TRUTH),
    "endsWith": ((TEXT,), TRUTH),
}

Complain = Callable[[Tree, str, str | None], None]


class Judge:
    """Tells the kind of an expression among known names, and complains of what does not go together."""

    def __init__(self, names: Mapping[str, Known], *, complain: Complain) -> None:
        self._names = names
        self._complain = complain

    def kind_of(self, tree: Tree, *, rows: Mapping[str, Known] | None = None) -> Known:
        """Give the kind; `rows` are the names that macros around it bind."""
        bound = rows or {}
        match tree:
            case Literal(value=value):
                return TRUTH if isinstance(value, bool) else NUMBER if isinstance(value, float) else TEXT
            case Name():
                return self._name(tree, bound)
            case Listed(items=items):
                return list_of(self._same(items, bound))
            case Field():
                return self._part(tree, bound)
            case Call():
                return self._call(tree, bound)
            case Macro():
                return self._macro(tree, bound)
            case Unary():
                return self._need(tree.operand, TRUTH if tree.sign == "!" else NUMBER, bound)
            case Binary():
                return self._binary(tree, bound)
            case Either():
                self._need(tree.condition, TRUTH, bound)
                return self._same((tree.yes, tree.no), bound)

    def _name(self, tree: Name, bound: Mapping[str, Known]) -> Known:
        if tree.name in bound:
            return bound[tree.name]
        known = self._names.get(tree.name)
        if known is None:
            self._complain(tree, f"There is no question '{tree.name}'.", nearest_name(tree.name, among=self._names))
        return known or ANYTHING

    def _part(self, tree: Field, bound: Mapping[str, Known]) -> Known:
        target = self.kind_of(tree.target, rows=bound)
        if target.kind == "anything":
            return ANYTHING
        if tree.name in target.parts:
            return target.parts[tree.name]
        if target.kind == "a list":
            self._complain(tree, "A list has no parts; use exists, all, map or sum.", None)
        else:
            whose = f" of '{target.name}'" if target.name else ""
            nearest = nearest_name(tree.name, among=target.parts)
            self._complain(tree, f"There is no part or column{whose} '{tree.name}'.", nearest)
        return ANYTHING

    def _call(self, tree: Call, bound: Mapping[str, Known]) -> Known:
        wanted, result = _FUNCTIONS[tree.function]
        if tree.target is not None:
            self._need(tree.target, TEXT, bound)
        if len(tree.arguments) != len(wanted):
            number = {1: "one value", 2: "two values"}[len(wanted)]
            self._complain(tree, f"The function '{tree.function}' takes {number}.", None)
            return result
        for argument, kind in zip(tree.arguments, wanted, strict=True):
            self._need(argument, kind, bound)
        return result

    def _macro(self, tree: Macro, bound: Mapping[str, Known]) -> Known:
        if tree.variable in self._names:
            self._complain(tree, f"'{tree.variable}' is the name of a question; call the row something else.", None)
        target = self._need(tree.target, list_of(ANYTHING), bound)
        inner = {**bound, tree.variable: target.item or ANYTHING}
        if tree.macro == "map":
            *conditions, result = tree.bodies
            for condition in conditions:
                self._need(condition, TRUTH, inner)
            return list_of(self.kind_of(result, rows=inner))
        for body in tree.bodies:
            self._need(body, TRUTH, inner)
        return target if tree.macro == "filter" else TRUTH

    def _binary(self, tree: Binary, bound: Mapping[str, Known]) -> Known:
        if tree.sign in ("&&", "||"):
            self._need(tree.left, TRUTH, bound)
            return self._need(tree.right, TRUTH, bound)
        left, right = self.kind_of(tree.left, rows=bound), self.kind_of(tree.right, rows=bound)
        if tree.sign == "in":
            return self._within(tree, left, right)
        if tree.sign in ("+", "-"):
            return self._reckoned(tree, left, right)
        if tree.sign in ("*", "/"):
            self._check(tree.left, left, NUMBER)
            if tree.sign == "/" and right == NUMBER and isinstance(tree.right, Literal) and not tree.right.value:
                self._complain(tree.right, "This divides by 0, so it has no value; divide by another number.", None)
            return self._check(tree.right, right, NUMBER)
        if tree.sign == "%":
            self._complain(tree, "There is no remainder (%) in this language.", None)
            return NUMBER
        return self._compared(tree, left, right)

    def _within(self, tree: Binary, left: Known, right: Known) -> Known:
        right = self._check(tree.right, right, list_of(ANYTHING))
        item = right.item or ANYTHING
        self._pair(tree, left, item)
        self._codes(tree.left, item)
        self._codes(tree.right, left)
        return TRUTH

    def _reckoned(self, tree: Binary, left: Known, right: Known) -> Known:
        if ANYTHING in (left, right):
            return ANYTHING
        found = (_ADDED if tree.sign == "+" else _TAKEN).get((left.kind, right.kind))
        if found is None and (left.kind, right.kind) == ("a date", "a date"):
            self._complain(tree, "Use days(first, last) for the days between two dates.", None)
            return NUMBER
        if found is None:
            self._complain(tree, f"This puts {_said(left)} and {_said(right)} together.", None)
        return found or ANYTHING

    def _compared(self, tree: Binary, left: Known, right: Known) -> Known:
        self._pair(tree, left, right)
        if tree.sign in ("==", "!="):
            self._codes(tree.right, left)
            self._codes(tree.left, right)
        elif left.kind not in _ORDERED | {"anything"}:
            self._complain(tree, f"'{tree.sign}' says nothing of {_said(left)}.", None)
        return TRUTH

    def _pair(self, tree: Binary, left: Known, right: Known) -> None:
        if ANYTHING not in (left, right) and left.kind != right.kind:
            self._complain(tree, f"This compares {_said(left)} with {_said(right)}.", None)

    def _codes(self, tree: Tree, known: Known) -> None:
        """Every text written out must be one of the answers that there are."""
        if isinstance(tree, Listed):
            for item in tree.items:
                self._codes(item, known)
        elif isinstance(tree, Literal) and known.codes and tree.value not in known.codes:
            nearest = nearest_name(str(tree.value), among=known.codes)
            self._complain(tree, f"There is no answer to '{known.name}' '{tree.value}'.", nearest)

    def _need(self, tree: Tree, wanted: Known, bound: Mapping[str, Known]) -> Known:
        return self._check(tree, self.kind_of(tree, rows=bound), wanted)

    def _check(self, tree: Tree, found: Known, wanted: Known) -> Known:
        inner, asked = found.item or ANYTHING, wanted.item or ANYTHING
        wrong = found.kind != wanted.kind or (ANYTHING not in (inner, asked) and inner.kind != asked.kind)
        if found != ANYTHING and wrong:
            self._complain(tree, f"Here must be {_said(wanted)}, and this is {_said(found)}.", None)
            return wanted
        return found

    def _same(self, trees: tuple[Tree, ...], bound: Mapping[str, Known]) -> Known:
        kinds = [self.kind_of(tree, rows=bound) for tree in trees]
        for tree, kind in zip(trees[1:], kinds[1:], strict=True):
            self._check(tree, kind, kinds[0]) if ANYTHING not in (kind, kinds[0]) else None
        return kinds[0] if kinds else ANYTHING


def _said(known: Known) -> str:
    if known.kind == "a list" and known.item and known.item.kind == "a number":
        return "a list of numbers"
    return f"{known.kind}: {', '.join(known.parts)}" if known.parts else known.kind
