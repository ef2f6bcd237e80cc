"""What may never stand in a file of the project, and what must."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
import yaml

import services.forms.settings
import services.notify.settings
import services.workflow.settings
import shared.law.model
from tests.house.source import HOME, functions, python_files, tracked_files

TEXT = {
    ".py",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".json",
    ".lock",
    ".sql",
    ".po",
    ".txt",
    ".csv",
    "",
}
REGISTRY = re.compile(r"(?:pypi|pythonhosted|npmjs|debian)\.(?:org|com)")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home)/[a-z.]")
OWN = {"test_words.py"}
SETTINGS = (
    ("forms", services.forms.settings.Settings),
    ("workflow", services.workflow.settings.Settings),
    ("workflow", shared.law.model.Policy),
    ("notify", services.notify.settings.WebSettings),
)
"""All that each service can be told: what less it needs elsewhere is a part of these."""


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    wrong = []
    for file in tracked_files():
        if file.suffix not in TEXT or file.name in OWN:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        if REGISTRY.search(text) or MACHINE_PATH.search(text):
            wrong.append(str(file.relative_to(HOME)))
    assert wrong == []


def test_every_setting_stands_in_the_readme() -> None:
    readme = (HOME / "README.md").read_text(encoding="utf-8")
    settings = {field.name.upper() for _, each in SETTINGS for field in fields(each)}
    assert {name for name in settings if f"`{name}`" not in readme} == set()


def test_every_setting_reaches_its_service_where_compose_runs() -> None:
    compose = yaml.safe_load((HOME / "compose.yaml").read_text(encoding="utf-8"))
    for service, settings in SETTINGS:
        passed = {name.removesuffix("_FILE") for name in compose["services"][service]["environment"]}
        told = {field.name.upper().removesuffix("_FILE") for field in fields(settings)}
        assert told - passed == set(), service


@pytest.mark.parametrize("name", ["compose.yaml", "compose.override.yaml"])
def test_no_key_of_compose_stands_there_twice(name: str) -> None:
    pending, twice = [yaml.compose((HOME / name).read_text(encoding="utf-8"))], []
    while pending:
        node = pending.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _value in node.value]
            twice += [key for key in keys if keys.count(key) > 1]
        if isinstance(node, yaml.CollectionNode):
            pending += [part for each in node.value for part in (each if isinstance(each, tuple) else [each])]
    assert twice == []


def test_tests_use_fakes_instead_of_patches() -> None:
    texts = [file.read_text(encoding="utf-8") for file in python_files("tests")]
    patches = sum(len(re.findall(r"monkeypatch\.setattr|mock\.patch|\bpatch\(", text)) for text in texts)
    tests = sum(function.node.name.startswith("test_") for function in functions("tests"))
    assert patches <= 0.05 * tests


def test_every_test_asserts_something() -> None:
    empty = [
        function.name
        for function in functions("tests")
        if function.node.name.startswith("test_")
        and not _asserts(function.file.read_text(encoding="utf-8"), function.node.lineno, function.node.end_lineno)
    ]
    assert empty == []


def _asserts(text: str, first: int, last: int | None) -> bool:
    return bool(
        re.search(r"\bassert\b|pytest\.raises|\bexpect\(|assert_", "\n".join(text.splitlines()[first - 1 : last]))
    )
