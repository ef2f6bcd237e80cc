"""The project's own source, read as text and as syntax trees."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
PRODUCT = ("services", "shared", "dev")


@dataclass(frozen=True)
class Function:
    """A function with where it stands."""

    file: Path
    node: ast.FunctionDef | ast.AsyncFunctionDef
    owner: ast.AST

    @property
    def name(self) -> str:
        return f"{self.file.relative_to(HOME)}:{self.node.lineno} {self.node.name}"

    @property
    def lines(self) -> int:
        """Lines of the body, without the docstring."""
        body = self.node.body
        first = body[1] if ast.get_docstring(self.node) and len(body) > 1 else body[0]
        return (self.node.end_lineno or 0) - first.lineno + 1

    @property
    def parameters(self) -> list[ast.arg]:
        """All parameters but self and cls."""
        given = self.node.args
        named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
        return named[1:] if isinstance(self.owner, ast.ClassDef) and not self._is_static else named

    @property
    def positional(self) -> list[ast.arg]:
        """Parameters that may be given without their name."""
        named = self.node.args.args
        is_method = isinstance(self.owner, ast.ClassDef) and not self._is_static and not self.node.args.posonlyargs
        return named[1:] if is_method else named

    @property
    def _is_static(self) -> bool:
        return any(isinstance(mark, ast.Name) and mark.id == "staticmethod" for mark in self.node.decorator_list)


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Give the Python files below these folders."""
    return tuple(
        sorted(file for folder in folders for file in (HOME / folder).rglob("*.py") if "node_modules" not in str(file))
    )


@cache
def tree_of(file: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(*folders: str) -> Iterator[Function]:
    """Give every function and method below these folders."""
    for file in python_files(*folders):
        for owner in ast.walk(tree_of(file)):
            for node in ast.iter_child_nodes(owner):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield Function(file, node, owner)


@cache
def tracked_files() -> tuple[Path, ...]:
    """Give every file that belongs to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(HOME / line for line in listed.stdout.splitlines() if (HOME / line).is_file())
