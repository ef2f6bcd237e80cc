"""Where each named thing and each expression of a product stands in its texts, for whoever checks them together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from shared.catalogue.faults import Place, nearest_name
from shared.catalogue.nodes import Entry, Written
from shared.rules import FUNCTIONS, MACROS, BadExpressionError, Expression, compile_expression

Thing = Literal[
    "step", "question", "column", "choice", "computed", "rule", "carry", "fee", "role", "cosign",
    "task", "check", "adviser", "block", "value", "after", "shows", "permit", "retention", "team",
]  # fmt: skip

_IN_EXPRESSIONS: frozenset[Thing] = frozenset({"question", "computed", "column"})
_RESERVED = FUNCTIONS | MACROS | {"today", "true", "false", "null", "in", "has", "as", "if", "else", "for", "var"}


@dataclass(frozen=True, kw_only=True)
class Use:
    """One expression in the texts; within `tables`, outermost first, it reads the columns of one row by their names.

    `place_within` says where a character of it stands.
    """

    place: Place
    place_within: Callable[..., Place]
    thing: Thing
    owner: str
    key: str
    expression: Expression
    tables: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Origins:
    """The places of one product's texts."""

    places: dict[tuple[Thing, str], Place] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    vague: set[str] = field(default_factory=set)
    """Questions whose kind could not be read, so that nothing can be said of what they go together with."""

    def name(self, entry: Entry, *, thing: Thing, key: str = "id", within: str = "") -> str:
        """Read the name of a thing; the same name twice for one kind of thing is a fault."""
        name = entry.text(key)
        if not name:
            return ""
        if not (name if thing in _IN_EXPRESSIONS else name.replace("-", "_")).isidentifier() or not name.isascii():
            entry.fault(f"'{name}' is not a name: use letters, digits and _.", key=key)
        if thing in _IN_EXPRESSIONS and name in _RESERVED:
            entry.fault(f"'{name}' has a meaning of its own in expressions; choose another name.", key=key)
        known = self.places.get((thing, f"{within}{name}"))
        if known:
            entry.fault(f"The {thing} '{name}' stands here twice, first on line {known.line}.", key=key)
        self.places.setdefault((thing, f"{within}{name}"), entry.place(key))
        return name

    def expression(
        self, entry: Entry, *, key: str, thing: Thing, owner: str, tables: tuple[str, ...] = ()
    ) -> str | None:
        """Read an expression that may be left out."""
        text = entry.text_or_none(key)
        if text is None:
            return None
        try:
            expression = compile_expression(text)
        except BadExpressionError as error:
            nearest = nearest_name(error.wrong, among=error.known) if error.wrong else None
            entry.fault_at(error.sentence, place=entry.place_within(key, at=error.at), nearest=nearest)
            return None
        within = partial(entry.place_within, key)
        self.uses.append(
            Use(
                place=entry.place(key),
                place_within=within,
                thing=thing,
                owner=owner,
                key=key,
                expression=expression,
                tables=tables,
            )
        )
        return text
