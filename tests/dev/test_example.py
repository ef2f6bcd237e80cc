"""The invented applications of a house that is new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request

from dev.example import NoExamplesYetError, await_examples, send_examples
from dev.example_files import example_file
from shared.bus.day import tell_day
from shared.clock import utc_now
from shared.database import connect
from tests.browser import served
from tests.conftest import Database

pytestmark = pytest.mark.machine

TODAY = date(2027, 3, 3)
CASE = """
about: Noor zet een container neer.
on: 2026-11-02
answers:
  starts: 2026-12-14
  objects: [{kind: container, days: ['2026-12-15']}]
  house: '14'
"""


@pytest.fixture
def received() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def forms(received: list[dict[str, Any]]) -> Iterator[str]:
    app = Flask("forms")

    @app.post("/api/v1/forms/<product>/submissions")
    def hand_in(product: str) -> tuple[dict[str, str], int]:
        answers = request.get_json()["answers"]
        received.append({"product": product, "key": request.headers["Idempotency-Key"], "answers": answers})
        return {}, 201 if "starts" in answers else 422

    @app.post("/api/v1/forms/<product>/files")
    def take_file(product: str) -> tuple[dict[str, str], int]:
        stored = request.files["file"]
        received.append(
            {
                "product": product,
                "key": request.headers["Idempotency-Key"],
                "question": request.form["question"],
                "name": stored.filename,
                "content": stored.read(),
            }
        )
        return {"id": "7"}, 201

    with served(app) as address:
        yield address


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    cases = tmp_path / "objecten" / "cases"
    cases.mkdir(parents=True)
    (cases / "container.yaml").write_text(CASE)
    (cases / "unfinished.yaml").write_text("on: 2026-11-02\nanswers: {}\n")
    return tmp_path


def test_dates_keep_their_weekday_and_their_distance(
    forms: str, received: list[dict[str, Any]], catalogue: Path
) -> None:
    send_examples(forms, today=TODAY, catalogue=catalogue)
    answers = received[0]["answers"]
    assert answers["starts"] == "2027-04-19"
    assert (date.fromisoformat(answers["starts"]) - TODAY).days == 47  # 42 from the Monday ahead
    assert answers["objects"] == [{"kind": "container", "days": ["2027-04-20"]}]
    assert answers["house"] == "14"


def test_only_what_was_taken_in_is_counted(forms: str, catalogue: Path) -> None:
    assert send_examples(forms, today=TODAY, catalogue=catalogue) == 1


def test_the_same_series_is_the_same_application(forms: str, received: list[dict[str, Any]], catalogue: Path) -> None:
    for series in ("first", "first", "", ""):
        send_examples(forms, today=TODAY, series=series, catalogue=catalogue)
    keys = [each["key"] for each in received if "starts" in each["answers"]]
    assert keys[0] == keys[1] == "first-objecten-container"
    assert len(set(keys)) == 3


def test_files_are_sent_before_the_application_and_named_by_their_numbers(
    forms: str, received: list[dict[str, Any]], catalogue: Path
) -> None:
    case = catalogue / "objecten" / "cases" / "container.yaml"
    case.write_text(CASE + "  plan: [{name: plan.pdf, type: application/pdf, bytes: 10}]\n")
    send_examples(forms, today=TODAY, catalogue=catalogue)
    file, application = received[0], next(each for each in received if "starts" in each.get("answers", {}))
    assert (file["question"], file["name"], file["content"][:5]) == ("plan", "plan.pdf", b"%PDF-")
    assert (application["key"], application["answers"]["plan"]) == (file["key"], [{"id": "7"}])


@pytest.mark.parametrize(
    ("media_type", "begins"),
    [
        ("application/pdf", b"%PDF-"),
        ("image/jpeg", b"\xff\xd8\xff"),
        ("image/png", b"\x89PNG"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
        ("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    ],
)
def test_an_example_file_is_what_it_says_and_the_same_each_time(media_type: str, begins: bytes) -> None:
    content = example_file("plan", media_type=media_type)
    assert content.startswith(begins)
    assert content == example_file("plan", media_type=media_type)
    assert content != example_file("foto", media_type=media_type)


def test_history_waits_until_each_first_example_is_a_case(database: Database, tmp_path: Path) -> None:
    sent = tmp_path / "examples-sent"
    with connect(database.dsn("workflow"), autocommit=True) as connection:
        with pytest.raises(NoExamplesYetError):
            await_examples(connection, sent=sent, seconds=0)
        sent.touch()
        await_examples(connection, sent=sent, seconds=0)
        tell_day(connection, now=utc_now() - timedelta(minutes=1))
        with pytest.raises(NoExamplesYetError):
            await_examples(connection, sent=sent, seconds=0)
