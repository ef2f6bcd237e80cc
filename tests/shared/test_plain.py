"""What reads and writes values fast does so exactly as their schema would, and leaves the rest to it."""

from __future__ import annotations

from typing import Any

import pytest

from shared.events import DraftKept, FileAdded
from shared.plain import ODD, reader_of, writer_of
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

DRAFT, ADDED = (to_wire(next(one for one in SAMPLES if isinstance(one, cls))) for cls in (DraftKept, FileAdded))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_an_event_is_read_and_written_as_its_schema_would(sample: object) -> None:
    schema = schema_of(type(sample))
    payload = schema.dump(sample)

    kind: Any = type(sample)
    assert writer_of(kind)(sample) == payload
    assert reader_of(kind)(payload) == schema.load(payload) == sample


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
        (SentFile, {**FILE, "id": 1}),
        (DraftKept, {**DRAFT, "keep_until": "2026-W48-2"}),
        (FileAdded, {**ADDED, "at": "2026-11-24T09:00:00"}),
        (FileAdded, {**ADDED, "at": "2026-11-24"}),
        (Party, {}),
    ],
)
def test_data_that_is_not_as_we_write_it_is_left_to_the_schema(cls: Any, data: Any) -> None:
    with pytest.raises(ODD):
        reader_of(cls)(data)


def test_what_only_the_schema_can_read_is_read_all_the_same() -> None:
    file = read_value(SentFile, {**FILE, "id": FILE["id"].replace("-", "").upper()})

    assert to_wire(file) == FILE
