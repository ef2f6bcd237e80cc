"""Another system that sends e-mails through the API of notify all through the storm, one by one and one table."""

from __future__ import annotations

import base64
import json
import threading
import time
import uuid
from typing import Any, Final
from uuid import UUID

import requests

from dev.house import House
from services.notify.domain.notifications import Channel, KeyType
from tests.bench.sender import token_of
from tests.chaos.count import Trip
from tests.clients import make_client

TEMPLATE: Final = UUID("0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00b003")
PATIENCE_S: Final = 10.0
PAUSE_S: Final = 0.15
ROWS: Final = 150


class Caller:
    """The system; it asks each thing again in the same words until it is answered. Only a single mail carries a key."""

    def __init__(self, house: House) -> None:
        """Give it a key."""
        self._address = f"{house.url('notify')}/v2"
        self._key = make_client(house, name="Storm", template=TEMPLATE, channel=Channel.EMAIL, key_type=KeyType.LIVE)
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._send_singles, self._send_table)]
        self.sent: list[Trip] = []
        """Each address to which a mail was promised."""
        self.refused: list[str] = []
        """Answers in 4xx that no storm explains."""

    def start(self) -> None:
        """Let it begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let it begin nothing more, and wait until it has an answer to what it asked."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _send_singles(self) -> None:
        number = 0
        while not self._stopping.wait(PAUSE_S):
            number += 1
            address = f"single-{number}@example.org"
            body = {"email_address": address, "template_id": str(TEMPLATE), "personalisation": {"name": "Noor"}}
            if self._insist("notifications/email", body=body, key=uuid.uuid4().hex):
                self.sent.append(Trip(address, ""))

    def _send_table(self) -> None:
        addresses = [f"row-{number}@example.org" for number in range(ROWS)]
        lines = ["e-mailadres;name", *(f"{address};Noor" for address in addresses)]
        content = base64.b64encode("\n".join(lines).encode()).decode()
        checked = self._insist("bulk", body={"template_id": str(TEMPLATE), "name": "Storm", "content": content})
        if checked and self._insist(f"bulk/{checked['id']}/send", body={}):
            self.sent += [Trip(address, "") for address in addresses]

    def _insist(self, path: str, *, body: dict[str, Any], key: str = "") -> dict[str, Any]:
        """Ask until it is done and give the answer; an empty one when it was refused."""
        content = json.dumps(body, sort_keys=True).encode()
        while True:
            headers = {"Authorization": f"Bearer {token_of(self._key)}", **({"Idempotency-Key": key} if key else {})}
            try:
                answer = requests.post(f"{self._address}/{path}", data=content, headers=headers, timeout=PATIENCE_S)
                if answer.ok:
                    found: dict[str, Any] = answer.json()
                    return found
            except (requests.RequestException, ValueError):
                time.sleep(0.1)
                continue
            if answer.status_code < 500:
                self.refused.append(f"{path}: {answer.status_code} {answer.text[:300]}")
                return {}
            time.sleep(0.1)
