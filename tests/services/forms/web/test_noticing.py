"""Public notices: read by anyone while they stand, found by place and theme, reacted to once, gone by themselves."""

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
from shared.record_events import CaseDestructionOrdered
from shared.values import WeighedView
from tests.contracts.samples import SAMPLES
from tests.services.forms import files
from tests.services.forms.domain.test_cases import DECIDED, SENT
from tests.services.forms.noor import NOW
from tests.services.forms.shelf import inbox
from tests.services.forms.web.admin.bram import browser_of
from tests.services.forms.web.filing import Desk, alone, app, client, desk, post_form, scanner
from tests.services.forms.web.noors_browser import summary_of

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
    weighed = WeighedView(summary="De stoep wordt smal.", answer="Er blijft 2 meter over.", changes=False)
    decision = replace(DECIDED.decision, result="granted", views=(weighed,))
    hear(desk, replace(DECIDED, reference=notice.reference, decision=decision))
    assert client.get("/bekendmakingen/2026-19").status_code == 404
    assert client.get("/bekendmakingen.json").get_json() == {"notices": []}
    page = client.get(f"/bekendmakingen/{notice.number}").text
    assert "Wij sturen ons besluit nu op." in page
    assert "Er blijft 2 meter over." not in page
    hear(desk, replace(SENT, reference=notice.reference, objection_until=TODAY))
    page = client.get(f"/bekendmakingen/{notice.number}").text
    for shown in (
        "Wij stemmen in met het plan.",
        "De stoep wordt smal.",
        "Er blijft 2 meter over.",
        "bezwaar maken tot",
    ):
        assert shown in page
    assert decision.applicant.name not in page


def test_it_comes_and_goes_by_its_dates_alone() -> None:
    told = replace(SAMPLE, first=date(2026, 11, 25), last=date(2026, 12, 8))
    days = [date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 8), date(2026, 12, 9)]
    assert [PublicNotice(told=told).state(today=day) for day in days] == [None, "open", "open", "over"]
    decided = PublicNotice(told=told, decision=DECIDED.decision)
    assert decided.state(today=days[1]) == "closed"
    sent = replace(decided, sent=replace(SENT, objection_until=days[3]))
    assert [sent.state(today=day) for day in (days[3], date(2026, 12, 10))] == ["decided", None]
    assert replace(sent, ended=True).state(today=days[1]) is None
    down = [replace(each, down=True).state(today=days[2]) for each in (PublicNotice(told=told), decided, sent)]
    assert down == [None, None, "decided"]


VIEW = {
    "words": "De stoep wordt te smal.",
    "name": "Bea Buur",
    "address.postcode": "3811 LX",
    "address.number": "16",
    "address.street": "Voorbeeldstraat",
    "address.town": "Amersfoort",
    "email": "bea@example.org",
    "view": "01890000-0000-7000-8000-00000000000a",
}
WAY = "/bekendmakingen/2026-17/zienswijze"


def test_a_view_is_sent_in_once_with_its_file_and_gets_a_reference_of_its_own(
    client: FlaskClient, desk: Desk, notice: NoticePublished
) -> None:
    wrong = client.post(WAY, data={"words": "Te smal.", "email": "bea"})
    names = [name for name, _ in summary_of(wrong)]
    assert wrong.status_code == 422
    assert names[0] == "name"
    assert {"address-postcode", "address-street", "email"} <= set(names)
    assert "Te smal.</textarea>" in wrong.text
    looked = client.post(WAY, data={"address.postcode": "3811 LX", "address.number": "14", "action": "look_up:address"})
    assert 'value="Voorbeeldstraat"' in looked.text
    answers = [post_form(client, WAY, VIEW, {"file": (("foto.pdf", files.pdf()),)}) for _ in range(2)]
    assert {answer.location for answer in answers} == {f"{WAY}/{VIEW['view']}"}
    (told,) = desk.told("ViewGiven")
    assert told["view"] in client.get(answers[0].location).text
    assert told["reference"] == notice.reference
    assert (told["party"]["name"], told["on_behalf"], told["intake"]) == ("Bea Buur", "", None)
    (file,) = desk.rows("select reference, view, scan, place from forms.file where view is not null")
    assert file == {"reference": None, "view": told["view"], "scan": "clean", "place": told["file"]["place"]}
    hear(desk, CaseDestructionOrdered(reference=told["view"], at=NOW))
    assert desk.rows("select from forms.file where view is not null union all select from forms.view") == []
    assert desk.told("ReachedByPost") == []


def test_who_gives_no_address_for_mail_is_reached_by_post_and_a_late_view_is_taken_in(
    client: FlaskClient, desk: Desk, notice: NoticePublished
) -> None:
    late = replace(notice, number="2026-20", first=TODAY - timedelta(days=20), last=TODAY - timedelta(days=1))
    hear(desk, late)
    way = "/bekendmakingen/2026-20/zienswijze"
    assert "Uw zienswijze komt nu te laat." in client.get(way).text
    assert client.post(way, data={**VIEW, "email": ""}).status_code == 303
    (told,) = desk.told("ViewGiven")
    (post,) = desk.told("ReachedByPost")
    assert (post["reference"], told["received_on"]) == (told["view"], TODAY.isoformat())
    hear(desk, replace(DECIDED, reference=notice.reference))
    assert client.get(way).status_code == client.post(way, data=VIEW).status_code == 404


def test_a_file_that_nobody_can_judge_now_is_not_taken_along(alone: Desk) -> None:
    hear(alone, replace(SAMPLE, first=TODAY, last=TODAY))
    client = alone.app.test_client()
    answer = post_form(client, WAY, VIEW, {"file": (("foto.pdf", files.pdf()),)})
    assert answer.status_code == 422
    assert "Wij kunnen dit bestand nu niet controleren" in answer.text
    assert alone.told("ViewGiven") == []


def test_staff_at_the_desk_writes_down_what_was_said_or_came_by_post(desk: Desk, notice: NoticePublished) -> None:
    yara = browser_of(desk.app, person={"subject": "yara", "name": "Yara Bos", "groups": ["front-desk"]})
    assert "Hoe kwam het binnen?" in yara.get(WAY).text
    assert [name for name, _ in summary_of(yara.post(WAY, data=VIEW))] == ["channel"]
    day = {f"received.{part}": str(getattr(TODAY + timedelta(days=1), part)) for part in ("day", "month", "year")}
    wrong = yara.post(WAY, data={**VIEW, "channel": "post", **day, "name": ""})
    assert [name for name, _ in summary_of(wrong)] == ["received-day", "name"]
    day = {f"received.{part}": str(getattr(TODAY, part)) for part in ("day", "month", "year")}
    assert yara.post(WAY, data={**VIEW, "channel": "post", **day}).status_code == 303
    (told,) = desk.told("ViewGiven")
    assert told["intake"] == {"channel": "post", "clerk": "Yara Bos"}
    assert told["received_on"] == TODAY.isoformat()
