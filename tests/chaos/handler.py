"""A case handler who takes the next case and decides it, over the API, all through the storm: work for the press."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import requests

from dev.house import House
from dev.part import HOME

PATIENCE_S = 10.0
PAUSE_S = 0.3
DECISION = {"result": "granted", "blocks": ["no-harm", "dates", "on-site"]}


class Handler:
    """Samir, with a staff token."""

    def __init__(self, house: House) -> None:
        """Give him his token."""
        self._address = f"{house.url('workflow')}/api/v1/cases"
        self._headers = {"Authorization": f"Bearer {staff_token(house)}"}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self.refused: list[str] = []
        """Answers in 4xx that no storm explains."""

    def start(self) -> None:
        """Let him begin."""
        self._thread.start()

    def stop(self) -> None:
        """Let him finish the case in hand."""
        self._stopping.set()
        self._thread.join()

    def decide_next(self) -> bool:
        """Take the next case and decide it; False when there is none."""
        with requests.Session() as session:
            session.headers.update(self._headers)
            return self._decide_next(session)

    def _work(self) -> None:
        while not self._stopping.is_set():
            self.decide_next()
            time.sleep(PAUSE_S)

    def _decide_next(self, session: requests.Session) -> bool:
        taken = self._ask(session, path="next", body=None)
        if taken is None or taken.status_code != 200:
            return False
        path = f"{taken.json()['reference']}/decision"
        while self._ask(session, path=path, body=DECISION) is None and not self._stopping.wait(0.2):
            pass  # the answer was lost, perhaps not the decision: a second one is refused with 409
        return True

    def _ask(self, session: requests.Session, *, path: str, body: object) -> requests.Response | None:
        """Ask once; None when there was no answer, or one of a house in trouble."""
        try:
            answer = session.post(f"{self._address}/{path}", json=body, timeout=PATIENCE_S)
        except requests.RequestException:
            return None
        if answer.status_code >= 500:
            return None
        if answer.status_code >= 400 and answer.status_code != 409:
            self.refused.append(f"{path}: {answer.status_code} {answer.text[:300]}")
        return answer


def staff_token(house: House) -> str:
    """Make an API token for Samir on the command line, as an administrator does."""
    made = subprocess.run(
        [sys.executable, "-m", "services.workflow", "token", "--name", "samir", "--groups", "handler", "team:*"],
        cwd=HOME,
        env={**os.environ, "DATABASE_URL": house.dsn("workflow")},
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.strip()
