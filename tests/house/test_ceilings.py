"""Small files, small functions, few parameters, no circles (design, section 8)."""

from __future__ import annotations

import ast
import statistics
from collections import defaultdict

import grimp
import pytest

from tests.house.source import HOME, PRODUCT, Function, functions, python_files, tree_of

FUNCTION_LINES = 40
FUNCTION_LINES_MEDIAN = 8
FILE_LINES = 400
PARAMETERS = 6
FAN_OUT = 10
SHARED_LINES = 13_000
BANNED_NAMES = {"utils", "helpers", "manager", "data", "process", "handle"}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [f"{function.name}: {function.lines}" for function in functions(*PRODUCT) if function.lines > FUNCTION_LINES]
    assert long == []


def test_half_of_the_functions_are_at_most_eight_lines() -> None:
    assert statistics.median(function.lines for function in functions(*PRODUCT)) <= FUNCTION_LINES_MEDIAN


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = [
        f"{file.relative_to(HOME)}: {lines}"
        for file in python_files(*PRODUCT, "tests")
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    ]
    assert long == []


def test_no_function_takes_more_than_six_parameters() -> None:
    many = [f.name for f in functions(*PRODUCT) if len(f.parameters) > PARAMETERS]
    assert many == []


def test_parameters_of_public_functions_have_names_from_the_second_on() -> None:
    """Those that read as a pair or a sentence, like `same(left, right, /)`, say so with a slash."""
    loose = [
        function.name for function in functions(*PRODUCT) if len(function.positional) > 1 and not _is_free(function)
    ]
    assert loose == []


def test_what_is_shared_stays_small() -> None:
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in python_files("shared"))
    assert lines <= SHARED_LINES


def test_no_name_that_says_nothing() -> None:
    assert [str(file.relative_to(HOME)) for file in python_files(*PRODUCT) if file.stem in BANNED_NAMES] == []
    assert [function.name for function in functions(*PRODUCT) if function.node.name in BANNED_NAMES - {"handle"}] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(f.relative_to(HOME)) for f in python_files(*PRODUCT, "tests") if not ast.get_docstring(tree_of(f))]
    assert silent == []


def test_every_public_function_of_the_product_has_a_docstring() -> None:
    silent = [
        function.name
        for function in functions("services", "shared")
        if not function.node.name.startswith("_")
        and isinstance(function.owner, ast.Module | ast.ClassDef)
        and not getattr(function.owner, "name", "").startswith("_")
        and not _is_view(function)
        and not ast.get_docstring(function.node)
    ]
    assert silent == []


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PRODUCT, cache_dir=None)


def test_no_module_but_those_that_put_a_process_together_knows_more_than_ten_others(graph: grimp.ImportGraph) -> None:
    wide = {
        module: len(known)
        for module in graph.modules
        if not module.endswith((".main", ".work", ".__main__", "__init__"))
        and len(known := graph.find_modules_directly_imported_by(module) - {"shared.events"}) > FAN_OUT
    }
    assert wide == {}


def test_no_circle_of_imports(graph: grimp.ImportGraph) -> None:
    known: dict[str, set[str]] = defaultdict(set)
    for module in graph.modules:
        known[module] = graph.find_modules_directly_imported_by(module)
    for start in sorted(graph.modules):
        seen: set[str] = set()
        ahead = list(known[start])
        while ahead:
            module = ahead.pop()
            assert module != start, f"{start} leads back to itself"
            if module not in seen:
                seen.add(module)
                ahead.extend(known[module])


def _is_free(function: Function) -> bool:
    """Private corners, and signatures that others call by position: nested functions, overridden methods, views."""
    if function.node.name.startswith("_") or isinstance(function.owner, ast.FunctionDef) or _is_view(function):
        return True
    return isinstance(function.owner, ast.ClassDef) and bool(function.owner.bases)


def _is_view(function: Function) -> bool:
    return any(
        "pages." in text or "api." in text or "allows(" in text
        for text in map(ast.unparse, function.node.decorator_list)
    )
