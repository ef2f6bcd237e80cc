"""What reads and writes values fast does so exactly as their schema would, and leaves the rest to it."""

from __future__ import annotations

from typing import Any

import pytest

from shared.plain import OddDataError, read_plain, write_plain
from shared.values import AnswerSection, Party, SentFile, Words
from shared.wire import read_value, schema_of, to_wire
from tests.contracts.samples import SAMPLES

FILE = {
    "id": "018f2b6e-0000-7000-8000-000000000001",
    "question": "drawing",
    "name": "tekening.pdf",
    "type": "application/pdf",
    "bytes": 12,
    "sha256": "00",
    "place": "ab",
    "scan": "clean",
}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_an_event_is_read_and_written_as_its_schema_would(sample: object) -> None:
    schema = schema_of(type(sample))
    payload = schema.dump(sample)

    assert write_plain(sample) == payload
    assert read_plain(type(sample), payload) == schema.load(payload) == sample


@pytest.mark.parametrize(
    ("cls", "data"),
    [
        (Words, {"nl": "ja"}),
        (Words, {"nl": "ja", "en": "yes", "de": "ja"}),
        (Words, {"nl": "ja", "en": None}),
        (Words, {"nl": "ja", "en": 1}),
        (Words, ["ja", "yes"]),
        (AnswerSection, {"title": {"nl": "ja", "en": "yes"}, "rows": {}}),
        (SentFile, {**FILE, "scan": "spotless"}),
        (SentFile, {**FILE, "bytes": "12"}),
        (SentFile, {**FILE, "bytes": True}),
        (SentFile, {**FILE, "id": "one"}),
        (Party, {}),
    ],
)
def test_data_that_is_not_as_we_write_it_is_left_to_the_schema(cls: type, data: Any) -> None:
    with pytest.raises(OddDataError):
        read_plain(cls, data)


def test_what_only_the_schema_can_read_is_read_all_the_same() -> None:
    file = read_value(SentFile, {**FILE, "id": FILE["id"].replace("-", "").upper()})

    assert to_wire(file) == FILE
