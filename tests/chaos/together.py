"""Runs over many cases, ordered all through the storm: a worker that dies half-way loses none, does none twice."""

from __future__ import annotations

import threading

import psycopg
import requests

from dev.house import House
from services.workflow.bulk_store import choose_cases, start_run
from services.workflow.domain.bulk import BulkAct, Order
from services.workflow.domain.decision import Draft
from services.workflow.people import find_person
from shared.clock import utc_now
from shared.database import connect
from tests.chaos.handler import DECISION, PATIENCE_S, staff_token

AT_ONCE = 25
PAUSE_S = 1.0
ORDER = Order(act=BulkAct.DECIDE, draft=Draft(result="granted", blocks=tuple(DECISION["blocks"])))


class Together:
    """Samir, who takes a pile of cases and decides the same on all of them."""

    def __init__(self, house: House) -> None:
        """Give him his token."""
        self._dsn = house.dsn()
        self._address = f"{house.url('workflow')}/api/v1/cases/next"
        self._headers = {"Authorization": f"Bearer {staff_token(house)}"}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Let him begin."""
        self._thread.start()

    def stop(self) -> None:
        """Let him order what he has in hand."""
        self._stopping.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stopping.wait(PAUSE_S):
            pile = self._take_pile()
            while pile and not self._order(pile):
                self._stopping.wait(0.2)

    def _take_pile(self) -> list[str]:
        pile: list[str] = []
        with requests.Session() as session:
            session.headers.update(self._headers)
            while len(pile) < AT_ONCE and not self._stopping.is_set():
                try:
                    taken = session.post(self._address, timeout=PATIENCE_S)
                except requests.RequestException:
                    continue
                if taken.status_code == 204:
                    break
                if taken.status_code == 200:
                    pile.append(taken.json()["reference"])
        return pile

    def _order(self, pile: list[str]) -> bool:
        """Order it as the page does; False when the database was away, perhaps after it was kept."""
        try:
            with connect(self._dsn) as connection:
                samir = find_person(connection, subject="samir")
                assert samir is not None
                run = choose_cases(connection, references=pile, person=samir, now=utc_now())
                start_run(connection, run_id=run, order=ORDER, now=utc_now())
        except psycopg.OperationalError:
            return False
        return True
