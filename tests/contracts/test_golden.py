"""An event version, once told, keeps its shape for ever: a change is a new version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shared.events import CaseOpened
from shared.wire import (
    CATALOGUE,
    RENEWALS,
    MalformedEventError,
    UnknownEventError,
    from_wire,
    name_of,
    renews,
    to_wire,
)
from tests.contracts.samples import SAMPLES

GOLDEN = Path(__file__).parent / "golden"


def _file_of(sample: object) -> Path:
    name, version = name_of(sample)
    return GOLDEN / f"{name}.v{version}.json"


def test_every_event_in_the_catalogue_has_a_sample_and_a_golden_file() -> None:
    assert {name_of(sample) for sample in SAMPLES} == set(CATALOGUE)
    known = {f"{name}.v{version}.json" for name, version in (*CATALOGUE, *RENEWALS)}
    assert {file.name for file in GOLDEN.glob("*.json")} == known


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_an_event_is_written_exactly_as_its_golden_file(sample: object) -> None:
    assert to_wire(sample) == json.loads(_file_of(sample).read_text(encoding="utf-8"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_a_golden_file_is_read_back_as_the_same_event(sample: object) -> None:
    name, version = name_of(sample)
    payload = json.loads(_file_of(sample).read_text(encoding="utf-8"))

    assert from_wire(name, version=version, payload=payload) == sample


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_an_event_with_an_unknown_or_a_missing_field_is_refused(sample: object) -> None:
    name, version = name_of(sample)
    payload = to_wire(sample)

    with pytest.raises(MalformedEventError):
        from_wire(name, version=version, payload={**payload, "extra": 1})
    with pytest.raises(MalformedEventError):
        from_wire(name, version=version, payload=dict(list(payload.items())[1:]))


@pytest.mark.parametrize(("name", "version"), RENEWALS, ids=str)
def test_an_older_version_is_read_as_the_newest(name: str, version: int) -> None:
    payload = json.loads((GOLDEN / f"{name}.v{version}.json").read_text(encoding="utf-8"))

    read = from_wire(name, version=version, payload=payload)

    assert name_of(read)[0] == name
    assert _within(payload, to_wire(read))


def _within(told: Any, read: Any) -> bool:
    """Whether all that was told is still there, whatever was added."""
    if isinstance(told, dict):
        return all(key in read and _within(each, read[key]) for key, each in told.items())
    return bool(told == read)


def test_an_older_version_is_refused_when_a_field_is_missing_or_unknown() -> None:
    payload = json.loads((GOLDEN / "CaseOpened.v1.json").read_text(encoding="utf-8"))
    for wrong in ({**payload, "extra": 1}, {}, {key: payload[key] for key in payload if key != "at"}):
        with pytest.raises(MalformedEventError):
            from_wire("CaseOpened", version=1, payload=wrong)


def test_only_an_older_version_is_renewed_and_only_once() -> None:
    for version in (1, 2, 3):
        with pytest.raises(ValueError, match="cannot be renewed"):
            renews(CaseOpened, version=version)(dict)


def test_a_version_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownEventError):
        from_wire("CaseOpened", version=99, payload={})
