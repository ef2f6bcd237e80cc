"""What several test files need stands in one of them, in a conftest or in a module beside them."""

from __future__ import annotations

import ast
from collections import defaultdict

from tests.house.source import Function, functions

SHORT = 70
"""Characters: as much as a call with its arguments may be repeated."""


def _words(function: Function) -> str:
    body = function.node.body
    return "\n".join(ast.unparse(line) for line in (body[1:] if ast.get_docstring(function.node) else body))


def test_no_fixture_or_helper_of_tests_is_written_twice() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for function in functions("tests"):
        if not function.node.name.startswith("test_"):
            found[_words(function)].append(function.name)
    assert [names for words, names in found.items() if len(names) > 1 and len(words) > SHORT] == []
