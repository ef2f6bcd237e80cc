"""One client in a process of its own: fills in the form page by page, or asks for one page, until its time is over.

Who fills in signed in with DigiD before the time begins.

`python -m tests.bench.client forms ADDRESS BEGIN SECONDS NAME [copy]` prints what it sent as JSON; BEGIN is a Unix
time, so that all clients start together. `... page URL BEGIN SECONDS NAME` is the yardstick: the same client, one page.
`... accept URL BEGIN SECONDS KEY-N` sends text messages through the API of notify.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from shared.clock import utc_now
from shared.law.calendar import local_date
from tests.bench.sender import send_texts, token_of
from tests.bench.wire import Answer, Wire

CALLS = 13
"""A resident's calls: the product's page, begin, four steps shown and sent, the check page, send, and the receipt."""


TODAY = local_date(utc_now())


def _date(name: str, day: date) -> dict[str, str]:
    return {f"{name}.day": str(day.day), f"{name}.month": str(day.month), f"{name}.year": str(day.year)}


STEPS: Mapping[str, Mapping[str, str]] = {
    "what": {
        "objects.0.kind": "container",
        "objects.0.length": "4",
        "objects.0.width": "2",
        "objects.0.height": "1,5",
        "objects.0.count": "1",
        "purpose": "Verbouwing van de keuken",
    },
    "where": {
        "place.postcode": "3811 LX",
        "place.number": "14",
        "place.suffix": "",
        "spot": "Voor de deur, langs de gevel",
        "surfaces": "pavement",
        "footway_width": "1,80",
    },
    "when": {
        **_date("starts", TODAY + timedelta(days=60)),
        **_date("ends", TODAY + timedelta(days=64)),
        "works_permit": "",
    },
    "who": {
        "applicant_kind": "person",
        "name": "Noor de Vries",
        "contact_address.postcode": "3811 LX",
        "contact_address.number": "14",
        "contact_address.suffix": "",
        "phone": "0612345678",
        "truth": "true",
    },
}

_HIDDEN = re.compile(rb'name="(asked|revision)" value="([^"]*)"')


class Sent(NamedTuple):
    """One whole submission: its applicant, when the answer to sending came (Unix time), and the seconds it all took."""

    applicant: str
    at: float
    took: float


class UnexpectedAnswerError(Exception):
    """The form did not go as it should: then there is nothing to measure."""


def main(kind: str, address: str, *settings: str) -> None:
    """Begin together with the others, work until the time is over, and print what was done."""
    begin, seconds, name = float(settings[0]), float(settings[1]), settings[2]
    until = begin + seconds
    with Wire(address, token=token_of(name.rpartition("-")[0]) if kind == "accept" else "") as wire:
        noor = Noor(wire) if kind == "forms" else None
        time.sleep(max(0.0, begin - time.time()))
        done = _pages(wire, path=urlsplit(address).path or "/", until=until) if kind == "page" else []
        if kind == "accept":
            done = [Sent(*each) for each in send_texts(wire, until=until)]
        while noor and time.time() < until:
            done.append(hand_in(noor, applicant=f"{name}-{len(done)}@example.org", copy="copy" in settings))
    json.dump(done, sys.stdout)


class Noor:
    """A resident's browser: signed in with DigiD, it sends the newest cookie along as browsers do."""

    def __init__(self, wire: Wire) -> None:
        """Sign in."""
        self._wire, self._cookie = wire, ""
        provider = self.get("/inloggen/digid?voor=objecten&terug=/objecten").place
        there = urlsplit(provider)
        with Wire(provider) as wire_there:
            back = urlsplit(wire_there.post(f"{there.path}?{there.query}", body=b"person=noor").place)
        _expect(303, self.get(f"{back.path}?{back.query}"))

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._keep(self._wire.get(path, cookie=self._cookie))

    def post(self, path: str, *, body: bytes) -> Answer:
        """Send a form."""
        return self._keep(self._wire.post(path, body=body, cookie=self._cookie))

    def _keep(self, answer: Answer) -> Answer:
        self._cookie = answer.cookie or self._cookie
        return answer


def hand_in(noor: Noor, *, applicant: str, copy: bool) -> Sent:
    """Go through the whole form as a resident does, and fetch the copy of the answers as PDF when asked."""
    began = time.time()
    sent = apply(noor, applicant=applicant)
    at = time.time()
    _expect(200, noor.get(sent.place))
    took = time.time() - began
    if copy:
        _expect(200, noor.get(sent.place.replace("ontvangen", "antwoorden.pdf")))
    return Sent(applicant, at, took)


def apply(noor: Noor, *, applicant: str) -> Answer:
    """Go through the whole form and send it; what came back leads to the receipt."""
    _expect(200, noor.get("/objecten"))
    place = _expect(303, noor.post("/objecten", body=b"")).place
    for step, answers in STEPS.items():
        page = _expect(200, noor.get(place))
        typed = {**answers, **_hidden(page), "action": "next", **({"email": applicant} if step == "who" else {})}
        place = _expect(303, noor.post(place, body=urlencode(typed).encode())).place
    check = _expect(200, noor.get(place))
    return _expect(303, noor.post(place, body=urlencode(_hidden(check)).encode()))


def _pages(wire: Wire, *, path: str, until: float) -> list[Sent]:
    done = []
    while (began := time.time()) < until:
        _expect(200, wire.get(path))
        done.append(Sent("", time.time(), time.time() - began))
    return done


def _hidden(page: Answer) -> dict[str, str]:
    return {name.decode(): text.decode() for name, text in _HIDDEN.findall(page.body)}


def _expect(status: int, answer: Answer) -> Answer:
    if answer.status != status:
        raise UnexpectedAnswerError(f"{answer.status} {answer.place} {answer.body[:2000].decode(errors='replace')}")
    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
