"""The letters and messages of a case that was approved to go: on disk and in the tables, and no other case's."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask import Flask

from shared.ids import new_id
from shared.post import BoxChosen
from shared.record_events import CaseDestructionOrdered
from shared.vault import MissingFileError
from tests.services.notify.noor import DECIDED, NOW, OPENED
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import REFERENCE

OTHER = "Z-2026-2222-2222"
TABLES = ("letters", "letter_links", "pressings", "messages", "attempts", "made", "boxes")


def counts(trip: Trip) -> list[int]:
    return [trip.rows(f"select count(*) as n from notify.{table}")[0]["n"] for table in TABLES]


def test_letters_and_messages_of_the_case_go_and_those_of_another_stay(trip: Trip) -> None:
    trip.tell(replace(OPENED, reference=OTHER))
    trip.tell(replace(DECIDED, reference=OTHER, decision_id=new_id()))
    for consumer in ("notify", "press", "notify"):
        trip.work(consumer)
    before = counts(trip)
    trip.tell(OPENED)
    trip.tell(DECIDED)
    for consumer in ("notify", "press", "notify"):
        trip.work(consumer)
    pressed = {each["reference"]: each["letter_sha256"] for each in trip.told("NoticeSent") if each["letter_sha256"]}
    trip.tell(BoxChosen(reference=REFERENCE, sealed="sealed"))
    trip.work("notify")
    assert trip.rows("select reference from notify.boxes") == [{"reference": REFERENCE}]
    for _ in range(2):
        trip.tell(CaseDestructionOrdered(reference=REFERENCE, at=NOW))
        trip.work("press")
    assert counts(trip) == before
    with pytest.raises(MissingFileError):
        trip.vault.get(pressed[REFERENCE])
    assert trip.vault.get(pressed[OTHER]).startswith(b"%PDF")
    reports = [(each["service"], each["files"], each["rows"] > 0) for each in trip.told("CaseDestroyed")]
    assert reports == [("notify", 2, True), ("notify", 0, False)]


def test_the_link_to_a_letter_that_was_destroyed_leads_nowhere(trip: Trip, app: Flask) -> None:
    trip.tell(DECIDED)
    for consumer in ("notify", "press", "notify"):
        trip.work(consumer)
    link = urlsplit(trip.told("NoticeSent")[0]["letter_link"]).path
    client = app.test_client()
    assert client.get(link).status_code == 200
    trip.tell(CaseDestructionOrdered(reference=REFERENCE, at=NOW))
    trip.work("press")
    for path in (link, f"{link}/besluit.pdf"):
        assert client.get(path).status_code == 404
    assert client.post(link, data={"reference": REFERENCE}).status_code == 404
