"""Which columns of a table expressions read, so that nothing else of its rows need be handed to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shared.rules.tree import Call, Field, Macro, Name, Tree, parts_of


def columns_read(trees: Iterable[Tree], *, tables: Iterable[str]) -> dict[str, frozenset[str]]:
    """Give the columns read of each of these tables; a table whose rows are used as a whole is left out."""
    reader = _Reader(tables)
    for tree in trees:
        reader.visit(tree, bound={})
    return {table: frozenset(columns) for table, columns in reader.found.items() if table not in reader.whole}


class _Reader:
    def __init__(self, tables: Iterable[str]) -> None:
        self.found: dict[str, set[str]] = {table: set() for table in tables}
        self.whole: set[str] = set()

    def visit(self, tree: Tree, *, bound: Mapping[str, str | None]) -> None:
        """`bound` says of which table a name bound by a macro is a row, None where it is no row of ours."""
        match tree:
            case Macro(target=target, variable=variable, bodies=bodies):
                table = self._table_behind(target, bound=bound)
                if table is None:
                    self.visit(target, bound=bound)
                elif isinstance(target, Macro):
                    self._visit_filter(target, bound=bound)
                for body in bodies:
                    self.visit(body, bound={**bound, variable: table})
            case Field(target=Name(name=row), name=column) if row in bound:
                self.found.get(bound[row] or "", set()).add(column)
            case Call(function="how_many", arguments=(Name(name=table),)) if table in self.found:
                return
            case Name(name=name):
                self.whole.add(bound.get(name, name) or "")
            case _:
                for part in parts_of(tree):
                    self.visit(part, bound=bound)

    def _visit_filter(self, macro: Macro, *, bound: Mapping[str, str | None]) -> None:
        """Read the conditions of a filter, whose rows come out as they went in."""
        if isinstance(macro.target, Macro):
            self._visit_filter(macro.target, bound=bound)
        for body in macro.bodies:
            self.visit(body, bound={**bound, macro.variable: self._table_behind(macro, bound=bound)})

    def _table_behind(self, tree: Tree, *, bound: Mapping[str, str | None]) -> str | None:
        """Find the table that a macro goes through: itself, or filtered."""
        while isinstance(tree, Macro) and tree.macro == "filter":
            tree = tree.target
        known = isinstance(tree, Name) and tree.name not in bound and tree.name in self.found
        return tree.name if known and isinstance(tree, Name) else None
