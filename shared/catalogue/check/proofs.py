"""Conditions that can be proved never to be true, so that nobody ever sees a question or no rule ever fires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product as pairs
from math import ceil, floor, inf, isfinite

from shared.catalogue.definitions import Kind, Product, Question
from shared.catalogue.faults import Fault
from shared.catalogue.origins import Origins
from shared.rules import compile_expression
from shared.rules.tree import Binary, Either, Field, Listed, Literal, Name, Tree, Unary, parts_of

_MOST_CASES = 256
_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.AMOUNT})
_ORDERS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "=", "!=": "<>"}
_REVERSED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_NOT = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_CONSEQUENCE = {
    "question": "so nobody ever sees this question",
    "column": "so nobody ever sees this column",
    "rule": "so this rule never fires",
    "block": "so this text is never suggested",
    "task": "so this task never comes up",
    "cosign": "so nobody is ever asked to agree",
}


@dataclass(frozen=True)
class Atom:
    """One thing that must hold: `left sign right`, or with the sign "has" that a list has a text.

    `holds` False turns a "has", or a name that stands alone, into its opposite.
    """

    left: str
    sign: str
    right: float | str | bool | Tree
    holds: bool = True


Case = tuple[Atom, ...]
"""What must all hold at once."""


def check_proofs(product: Product, *, origins: Origins) -> Iterator[Fault]:
    """Find conditions of which each possibility contradicts itself, or what its questions can be."""
    asked = [each for each in product.questions if each.asks]
    for use in origins.uses:
        if use.key not in ("when", "valid"):
            continue
        columns = _columns(asked, use.tables)
        reason = Prover([*asked, *columns]).contradiction(use.expression.tree)
        if reason is None:
            continue
        consequence = "so every answer is wrong" if use.key == "valid" else _CONSEQUENCE[use.thing]
        yield Fault(place=use.place, sentence=f"This can never be true because of '{reason}', {consequence}.")


class Prover:
    """Knows questions: what their answers can be, and when they are asked."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._questions = {each.id: each for each in questions}

    def contradiction(self, tree: Tree) -> str | None:
        """Name what makes a condition impossible; None when it may be true, or nothing can be proved."""
        reason: str | None = "false"
        for case in _cases(tree, holds=True):
            whole = _with_their_conditions(case, known=self._questions)
            reason = _impossible(whole, known=self._questions)
            if reason is None:
                return None
        return reason


def _columns(questions: Iterable[Question], tables: Iterable[str]) -> Iterator[Question]:
    """Give the columns that are seen by their own names in a row of these tables, outermost first."""
    for table in tables:
        questions = next((each.columns for each in questions if each.id == table), ())
        yield from questions


def _cases(tree: Tree, *, holds: bool) -> list[Case]:
    """Give the cases of which one must be so for the condition to be true (or false, where it must not hold).

    A condition that is too large, or a part of which nothing can be said, leaves that part open.
    """
    match tree:
        case Literal(value=bool(value)):
            return [()] if value == holds else []
        case Unary(sign="!", operand=operand):
            return _cases(operand, holds=not holds)
        case Binary(sign="&&" | "||" as sign, left=left, right=right):
            one, other = _cases(left, holds=holds), _cases(right, holds=holds)
            return _few([*one, *other]) if (sign == "&&") != holds else _both(one, other)
        case Either(condition=condition, yes=yes, no=no):
            if_so = _both(_cases(condition, holds=True), _cases(yes, holds=holds))
            return _few([*if_so, *_both(_cases(condition, holds=False), _cases(no, holds=holds))])
    atom = _atom(tree, holds=holds)
    return [(atom,)] if atom else [()]


def _both(one: list[Case], other: list[Case]) -> list[Case]:
    if len(one) * len(other) > _MOST_CASES:
        return [()]
    return [first + second for first, second in pairs(one, other)]


def _few(cases: list[Case]) -> list[Case]:
    return cases if len(cases) <= _MOST_CASES else [()]


def _atom(tree: Tree, *, holds: bool) -> Atom | None:
    if isinstance(tree, Name | Field) and (name := _name(tree)):
        return Atom(name, "is", True, holds)
    if not isinstance(tree, Binary):
        return None
    left, right = _name(tree.left), _name(tree.right)
    if tree.sign == "in":
        if right and isinstance(tree.left, Literal):
            return Atom(right, "has", tree.left.value, holds)
        return Atom(left, "among", tree.right, holds) if left and isinstance(tree.right, Listed) else None
    if tree.sign not in _ORDERS:
        return None
    sign = tree.sign if holds else _NOT[tree.sign]
    if left:
        return Atom(left, sign, tree.right.value if isinstance(tree.right, Literal) else tree.right)
    if right:
        return Atom(right, _REVERSED[sign], tree.left.value if isinstance(tree.left, Literal) else tree.left)
    return None


def _name(tree: Tree) -> str | None:
    """Give the name of an answer or of a part of one, such as stay.first."""
    if isinstance(tree, Name):
        return tree.name
    return f"{tree.target.name}.{tree.name}" if isinstance(tree, Field) and isinstance(tree.target, Name) else None


def _with_their_conditions(case: Case, *, known: Mapping[str, Question]) -> Case:
    """Add that every question of the case is asked, so far as its own condition leaves one possibility."""
    whole, waiting, seen = list(case), [atom.left for atom in case], set[str]()
    while waiting:
        name = waiting.pop().partition(".")[0]
        question = known.get(name)
        if name in seen or question is None or question.when is None:
            continue
        seen.add(name)
        needed = _cases(compile_expression(question.when).tree, holds=True)
        if len(needed) == 1:
            whole.extend(needed[0])
            waiting.extend(atom.left for atom in needed[0])
    return tuple(whole)


def _impossible(case: Case, *, known: Mapping[str, Question]) -> str | None:
    """Name what cannot be so; None when all may hold at once."""
    by_name: dict[str, list[Atom]] = {}
    for atom in case:
        by_name.setdefault(atom.left, []).append(atom)
    for name, atoms in by_name.items():
        question = known.get(name)
        if _truths_clash(atoms) or _lists_clash(atoms) or _sides_clash(atoms):
            return name
        if _texts_clash(atoms, question) or _numbers_clash(atoms, question):
            return name
    return None


def _truths_clash(atoms: list[Atom]) -> bool:
    wanted = {atom.holds for atom in atoms if atom.sign == "is"}
    wanted |= {atom.right for atom in atoms if atom.sign == "==" and isinstance(atom.right, bool)}
    wanted |= {not atom.right for atom in atoms if atom.sign == "!=" and isinstance(atom.right, bool)}
    return len(wanted) > 1


def _texts_clash(atoms: list[Atom], question: Question | None) -> bool:
    """Whether no text is left: of a choice only its codes, of another text whatever is asked of it."""
    choices = question.choices if question and question.kind is Kind.CHOICE else ()
    left: set[object] | None = {choice.value for choice in choices} or None
    excluded: set[object] = set()
    for atom in atoms:
        wanted = _wanted(atom)
        if wanted is None:
            continue
        if atom.sign == "!=" or not atom.holds:
            excluded |= wanted
        else:
            left = wanted if left is None else left & wanted
    return left is not None and not left - excluded


def _wanted(atom: Atom) -> set[object] | None:
    """Give the values that an atom names one by one, all of them written out."""
    if atom.sign in ("==", "!=") and isinstance(atom.right, str):
        return {atom.right}
    if atom.sign == "among" and isinstance(atom.right, Listed):
        values = {item.value for item in atom.right.items if isinstance(item, Literal)}
        return set(values) if len(values) == len(atom.right.items) else None
    return None


def _numbers_clash(atoms: list[Atom], question: Question | None) -> bool:
    """Whether no number is left between all bounds."""
    low, high, open_low, open_high = -inf, inf, False, False
    if question is not None and question.kind in _NUMBERS:
        low = -inf if question.minimum is None else question.minimum
        high = inf if question.maximum is None else question.maximum
    excluded: set[float] = set()
    for atom in atoms:
        if isinstance(atom.right, bool) or not isinstance(atom.right, float):
            continue
        if atom.sign == "!=":
            excluded.add(atom.right)
        if atom.sign in (">", ">=", "==") and (atom.right, atom.sign == ">") > (low, open_low):
            low, open_low = atom.right, atom.sign == ">"
        if atom.sign in ("<", "<=", "==") and (-atom.right, atom.sign == "<") > (-high, open_high):
            high, open_high = atom.right, atom.sign == "<"
    if question is not None and question.kind is Kind.INTEGER and isfinite(low) and isfinite(high):
        first = floor(low) + 1 if open_low else ceil(low)
        last = ceil(high) - 1 if open_high else floor(high)
        return first > last or (last - first < len(excluded) and set(range(first, last + 1)) <= excluded)
    return low > high or (low == high and (open_low or open_high or low in excluded))


def _lists_clash(atoms: list[Atom]) -> bool:
    has = {(str(atom.right), atom.holds) for atom in atoms if atom.sign == "has"}
    return any((text, not holds) in has for text, holds in has)


def _sides_clash(atoms: list[Atom]) -> bool:
    """Whether two comparisons with the same other side exclude each other: a < today && a >= today."""
    sides: dict[str, set[str]] = {}
    for atom in atoms:
        if atom.sign in _ORDERS and not isinstance(atom.right, bool | float | str):
            left = {"="} if _name(atom.right) == atom.left else {"<", "=", ">"}
            sides.setdefault(_written(atom.right), left).intersection_update(_ORDERS[atom.sign])
    return any(not left for left in sides.values())


def _written(tree: Tree) -> str:
    """Write a tree out without where it stands, so that the same twice is the same."""
    own = {name: value for name, value in vars(tree).items() if isinstance(value, str | float | bool) and name != "at"}
    return f"{type(tree).__name__}{sorted(own.items())}({', '.join(_written(part) for part in parts_of(tree))})"
