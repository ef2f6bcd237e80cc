"""Residents who hand in a form through the public API and do not give up before they hold a receipt."""

from __future__ import annotations

import json
import random
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import requests

from shared.clock import utc_now
from shared.law.calendar import local_date
from tests.chaos.count import Trip

PATIENCE_S = 10.0
"""Seconds that a resident waits for an answer."""

WALKS_AWAY = 0.3
"""The part of the residents who give up at the first failure; whether they were heard is found out afterwards."""

PAUSE_S = (0.05, 0.35)
"""Between two forms of one resident: some 20 a second over all of them, more than one machine's town hall gets."""


class RefusedAnswersError(Exception):
    """The form was refused as wrong: then this storm tests nothing."""


@dataclass(kw_only=True)
class Submission:
    """One form on its way: the same key and body each time, and every different receipt that came back."""

    number: int
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    receipts: dict[str, str] = field(default_factory=dict)
    """Reference -> address of the status page."""
    failures: int = 0

    @property
    def applicant(self) -> str:
        return f"storm-{self.number}@example.org"

    @property
    def trips(self) -> list[Trip]:
        return [Trip(self.applicant, reference) for reference in self.receipts]

    def body(self) -> bytes:
        """The request; the same bytes each time."""
        return json.dumps({"language": "nl", "answers": answers(self.applicant)}, sort_keys=True).encode()


class Residents:
    """Several residents at once, each with a connection of their own."""

    def __init__(self, address: str, *, number: int, seed: int) -> None:
        """Have them ready for the forms service at this address."""
        self._address = f"{address}/api/v1/forms/objecten/submissions"
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._submissions: list[Submission] = []
        self._refused: list[str] = []
        self._threads = [
            threading.Thread(target=self._live, args=[random.Random(f"{seed} resident {each}")], daemon=True)
            for each in range(number)
        ]

    def start(self) -> None:
        """Let them come."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> list[Submission]:
        """Let nobody begin another form; wait for those who are still trying, and give all that was tried.

        Raises:
            RefusedAnswersError: a form was refused.
        """
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        if self._refused:
            raise RefusedAnswersError(self._refused[0])
        return self._submissions

    def ask_again(self, submissions: list[Submission]) -> Iterator[Submission]:
        """Send each once more with its key until it is answered, and give those that had no receipt before."""
        with requests.Session() as session:
            for submission in submissions:
                had = bool(submission.receipts)
                while not self._received(submission, session=session):
                    time.sleep(0.2)
                if not had:
                    yield submission

    def _live(self, chance: random.Random) -> None:
        with requests.Session() as session:
            while not self._stopping.is_set():
                submission = self._begin()
                patient = chance.random() > WALKS_AWAY
                while not self._received(submission, session=session) and patient:
                    time.sleep(0.1)
                time.sleep(chance.uniform(*PAUSE_S))

    def _begin(self) -> Submission:
        with self._lock:
            submission = Submission(number=len(self._submissions) + 1)
            self._submissions.append(submission)
        return submission

    def _received(self, submission: Submission, *, session: requests.Session) -> bool:
        headers = {"Idempotency-Key": submission.key, "Content-Type": "application/json"}
        try:
            answer = session.post(self._address, data=submission.body(), headers=headers, timeout=PATIENCE_S)
            receipt: dict[str, str] = answer.json() if answer.status_code == 201 else {}
        except (requests.RequestException, ValueError):
            receipt = {}
        else:
            if 400 <= answer.status_code < 500:
                self._refused.append(f"{answer.status_code}: {answer.text[:500]}")
                return True
        if not receipt:
            submission.failures += 1
            return False
        submission.receipts[receipt["reference"]] = receipt["status_url"]
        return True


def answers(email: str) -> dict[str, Any]:
    """A small container on the pavement, five days from next month."""
    begins = local_date(utc_now()) + timedelta(days=30)
    address = {"postcode": "3811 LX", "number": "14", "street": "Voorbeeldstraat", "town": "Amersfoort"}
    return {
        "objects": [{"kind": "container", "length": "4.00", "width": "2.00", "height": "1.50", "count": 1}],
        "purpose": "Verbouwing van de keuken",
        "place": address,
        "spot": "Voor de deur, langs de gevel",
        "surfaces": ["pavement"],
        "footway_width": "1.80",
        "starts": begins.isoformat(),
        "ends": (begins + timedelta(days=4)).isoformat(),
        "applicant_kind": "person",
        "name": "Noor de Vries",
        "contact_address": address,
        "email": email,
        "phone": "+31612345678",
        "truth": True,
    }
