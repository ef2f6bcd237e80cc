"""Public notices: read by anyone while they stand, found by place and theme, and gone by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from services.forms.domain.notices import PublicNotice
from shared.clock import utc_now
from shared.database import connect
from shared.law.calendar import local_date
from shared.participation import NoticePublished, NoticeTakenDown
from tests.contracts.samples import SAMPLES
from tests.services.forms.domain.test_cases import DECIDED
from tests.services.forms.noor import NOW
from tests.services.forms.shelf import inbox
from tests.services.forms.web.filing import Desk, alone, app, client, desk, scanner

__all__ = ["alone", "app", "client", "desk", "scanner"]

(SAMPLE,) = (each for each in SAMPLES if isinstance(each, NoticePublished))
TODAY = local_date(utc_now())


def hear(desk: Desk, *told: object) -> None:
    """Have the service hear these facts."""
    with connect(desk.database.dsn("forms")) as connection:
        for each in told:
            inbox.handle(connection, each, now=NOW)


@pytest.fixture
def notice(desk: Desk) -> NoticePublished:
    """A notice that stands from today on, and another one that begins tomorrow."""
    made = replace(SAMPLE, first=TODAY, last=TODAY + timedelta(days=13))
    later = replace(made, number="2026-18", heading="Terras aan de gracht", first=TODAY + timedelta(days=1))
    event = replace(made, number="2026-19", heading="Feest", theme="events", place="Eemplein", last=TODAY)
    hear(desk, made, later, event, made)
    return made


def test_a_notice_is_read_by_anyone_and_found_by_place_and_theme(client: FlaskClient, notice: NoticePublished) -> None:
    page = client.get("/bekendmakingen").text
    assert page.index("/bekendmakingen/2026-19") < page.index("/bekendmakingen/2026-17")
    assert "Terras" not in page
    assert "Feest" not in client.get("/bekendmakingen?zoek=voorbeeldSTRAAT").text
    assert "Container" not in client.get("/bekendmakingen?thema=events").text
    assert "Niets gevonden" in client.get("/bekendmakingen?zoek=zwembad").text
    page = client.get(f"/bekendmakingen/{notice.number}").text
    for shown in (notice.heading, notice.place, notice.text, notice.draft, "Belanghebbenden kunnen reageren"):
        assert shown in page
    assert notice.reference not in page
    assert client.get("/bekendmakingen/2026-18").status_code == 404
    data = client.get("/bekendmakingen.json").get_json()["notices"]
    assert [each["number"] for each in data] == ["2026-19", "2026-17"]
    assert notice.reference not in str(data)


def test_a_notice_that_was_taken_down_or_whose_case_ended_is_not_there(
    client: FlaskClient, desk: Desk, notice: NoticePublished
) -> None:
    hear(desk, NoticeTakenDown(reference=notice.reference, number="2026-19", at=NOW))
    hear(desk, replace(DECIDED, reference=notice.reference))
    assert client.get("/bekendmakingen/2026-19").status_code == 404
    assert "Wij hebben beslist." in client.get(f"/bekendmakingen/{notice.number}").text
    assert client.get("/bekendmakingen.json").get_json() == {"notices": []}


def test_it_comes_and_goes_by_its_dates_alone() -> None:
    told = replace(SAMPLE, first=date(2026, 11, 25), last=date(2026, 12, 8))
    days = [date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 8), date(2026, 12, 9)]
    assert [PublicNotice(told=told).state(today=day) for day in days] == [None, "open", "open", "over"]
    assert PublicNotice(told=told, closed=True).state(today=days[1]) == "decided"
    assert PublicNotice(told=told, ended=True, closed=True).state(today=days[1]) is None
