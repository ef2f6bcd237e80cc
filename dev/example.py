"""Invented applications to look around with: the example cases of the catalogue, handed in as if they came today."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import requests

from dev.example_files import example_file
from dev.part import HOME
from shared.catalogue.nodes import Text
from shared.database import Connection

CATALOGUE = HOME / "shared" / "catalogue"
_ON_THE_WAY = """
select event_id from bus.delivery
where consumer = 'workflow' and done_at is null and dead_at is null and due_at <= now() limit 1
"""
DATE = re.compile(r"\d{4}-\d\d-\d\d")


class NoExamplesYetError(Exception):
    """There are no first examples yet, or they are no cases yet: the house still starts."""


def send_examples(forms_url: str, *, today: date, series: str = "", catalogue: Path = CATALOGUE) -> int:
    """Hand in every complete example through the public API and say how many were taken in.

    The same `series` on the same day is taken in once; without it they are new each time. Examples of what must be
    refused are refused here too.

    Raises:
        requests.RequestException: forms does not answer, or not as its API says.
    """
    series = series or uuid.uuid4().hex
    taken = 0
    for product, name, answers in _examples(catalogue, today=today):
        form, key = f"{forms_url}/api/v1/forms/{product}", {"Idempotency-Key": f"{series}-{product}-{name}"}
        sent = _with_files(answers, form=form, key=key)
        answer = requests.post(f"{form}/submissions", json={"answers": sent, "language": "nl"}, headers=key, timeout=30)
        if answer.status_code != requests.codes.unprocessable_entity:
            answer.raise_for_status()
            taken += 1
    return taken


def await_examples(connection: Connection, *, sent: Path, seconds: float = 300) -> None:
    """Wait until the first examples of a house, marked by this file, were handed in and all became cases.

    Raises:
        NoExamplesYetError: that did not happen within so many seconds.
    """
    until = time.monotonic() + seconds
    while not sent.exists() or connection.execute(_ON_THE_WAY).fetchone():
        if time.monotonic() >= until:
            raise NoExamplesYetError("The first examples did not come in yet: wait until `make up` says that it runs.")
        time.sleep(1)


def _with_files(answers: dict[str, Any], *, form: str, key: dict[str, str]) -> dict[str, Any]:
    """The answers with each file in them sent and named by its number."""
    return {
        question: [_sent(file, question=question, form=form, key=key) for file in value] if _is_files(value) else value
        for question, value in answers.items()
    }


def _is_files(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and {"name", "type", "bytes"} <= set(one) for one in value
    )


def _sent(file: dict[str, Any], *, question: str, form: str, key: dict[str, str]) -> dict[str, Any]:
    content = example_file(file["name"], media_type=file["type"])
    answer = requests.post(
        f"{form}/files", data={"question": question}, files={"file": (file["name"], content)}, headers=key, timeout=60
    )
    answer.raise_for_status()
    return {"id": answer.json()["id"]}


def _examples(catalogue: Path, *, today: date) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Product, name and answers of each example, its dates moved by whole weeks to lie as far from today."""
    for path in sorted(catalogue.glob("*/cases/*.yaml")):
        case = Text(file=path.name, faults=[]).open(path.read_text(encoding="utf-8"))
        if case is None:
            continue
        weeks = -((case.day("on") - today).days // 7)
        yield path.parents[1].name, path.stem, moved(case.plain("answers"), by=timedelta(weeks=weeks))


def moved(answers: Any, *, by: timedelta) -> Any:
    """The answers with every date in them later by so much."""
    if isinstance(answers, dict):
        return {name: moved(value, by=by) for name, value in answers.items()}
    if isinstance(answers, list):
        return [moved(value, by=by) for value in answers]
    is_date = isinstance(answers, str) and DATE.fullmatch(answers)
    return (date.fromisoformat(answers) + by).isoformat() if is_date else answers
