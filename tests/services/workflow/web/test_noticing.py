"""The page on which a case is made known to the public, and on which the views that come in are weighed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.workflow.actions.viewing import receive_view
from services.workflow.domain.notice import Notice
from shared.events import NoticeSent
from shared.ids import new_id
from shared.participation import ViewGiven
from shared.record_events import CaseDestructionOrdered
from tests.contracts.samples import SAMPLES
from tests.services.workflow.archive import LATER, approve, closed, draw_up
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import AUKE, MILA, NOW, REFERENCE, SAMIR, TODAY, notice

CASE = f"/zaken/{REFERENCE}/omgeving"


def form_on(page: str) -> dict[str, Any]:
    """A form that can be published, whatever day it is."""
    day = page.split('name="first.day" value="')[1].split('"', maxsplit=1)[0]
    month = page.split('name="first.month" value="')[1].split('"', maxsplit=1)[0]
    year = page.split('name="first.year" value="')[1].split('"', maxsplit=1)[0]
    return {
        "heading": "Container op de stoep",
        "place": "Voorbeeldstraat 14",
        "text": "Iemand wil een container neerzetten.",
        "audience": "anyone",
        "weeks": "2",
        "first.day": day,
        "first.month": month,
        "first.year": year,
    }


def test_a_notice_is_published_from_the_case_and_taken_down_with_a_row_in_the_audit_log(town: Town) -> None:
    town.claimed(SAMIR)
    samir = town.client(SAMIR)
    form = form_on(samir.get(CASE).text)
    wrong = samir.post(f"{CASE}/bekendmaking", data={**form, "text": "Van Noor de Vries", "weeks": ""})
    assert wrong.status_code == 422
    assert "Haal weg wie de aanvrager is: Noor, Vries." in wrong.text
    assert "Van Noor de Vries</textarea>" in wrong.text
    page = samir.post(f"{CASE}/bekendmaking", data=form, follow_redirects=True).text
    assert "De bekendmaking is gepubliceerd." in page
    assert "Mensen kunnen reageren" in page
    assert "Maak een bekendmaking" not in page
    (told,) = town.rows("select payload from bus.event where name = 'NoticePublished'")
    number = told["payload"]["number"]
    assert "Er loopt al een bekendmaking." in samir.post(f"{CASE}/bekendmaking", data=form, follow_redirects=True).text
    page = samir.post(f"{CASE}/weghalen", data={"number": number}, follow_redirects=True).text
    assert "De bekendmaking is weggehaald." in page
    assert (
        "Deze bekendmaking is er niet meer."
        in samir.post(f"{CASE}/weghalen", data={"number": number}, follow_redirects=True).text
    )
    acts = [row["act"] for row in town.rows("select act from workflow.audit where who = 'samir' order by number")]
    assert acts[-2:] == ["noticing.publish", "noticing.remove"]
    timeline = samir.get(f"/zaken/{REFERENCE}/tijdlijn").text
    assert f"Bekendmaking {number} gepubliceerd" in timeline
    assert f"Bekendmaking {number} weggehaald" in timeline


def test_who_may_not_work_on_the_case_or_does_not_hold_it_publishes_nothing(town: Town) -> None:
    town.claimed(SAMIR)
    form = form_on(town.client(SAMIR).get(CASE).text)
    assert town.client(AUKE).post(f"{CASE}/bekendmaking", data=form).status_code == 403
    assert town.client(MILA).post(f"{CASE}/bekendmaking", data=form).status_code == 409
    assert "Maak een bekendmaking" not in town.client(MILA).get(CASE).text
    assert town.rows("select from bus.event where name = 'NoticePublished'") == []


(GIVEN,) = (each for each in SAMPLES if isinstance(each, ViewGiven))


def with_view(town: Town) -> ViewGiven:
    """A case that Samir made known, on which Bea gave her view, told twice."""
    town.claimed(SAMIR)
    samir = town.client(SAMIR)
    samir.post(f"{CASE}/bekendmaking", data=form_on(samir.get(CASE).text))
    (row,) = town.rows("select payload from bus.event where name = 'NoticePublished'")
    given = replace(GIVEN, number=row["payload"]["number"])
    town.hear(given, given)
    return given


def test_a_view_is_listed_once_confirmed_once_and_names_nobody_to_who_only_looks(town: Town) -> None:
    given = with_view(town)
    page = town.client(SAMIR).get(CASE).text
    assert page.count("De stoep wordt te smal.") == 1
    for shown in (given.view, "Bea Buur", "bea@example.org", "Buurtvereniging De Stoep", "Per telefoon, Yara Bos"):
        assert shown in page
    seen = town.client(AUKE).get(CASE).text
    assert given.view in seen
    for hidden in ("Bea Buur", "bea@example.org", "De stoep wordt te smal."):
        assert hidden not in seen
    assert town.client(AUKE).get(f"/zaken/{REFERENCE}/zienswijzen/bestand?view={given.view_id}").status_code == 403
    assert town.client(SAMIR).get(f"/zaken/{REFERENCE}/zienswijzen/bestand?view={given.view_id}").status_code == 303
    (noted,) = town.rows("select payload from bus.event where name = 'ViewNoted'")
    assert (noted["payload"]["view"], noted["payload"]["turn"]) == (given.view, "received")
    assert REFERENCE not in str(noted["payload"])


def test_a_view_is_weighed_by_who_handles_the_case_without_its_name(town: Town) -> None:
    given = with_view(town)
    way, samir = f"/zaken/{REFERENCE}/zienswijzen", town.client(SAMIR)
    name = f"weeg.{given.view_id}."
    form = {
        "view": str(given.view_id),
        f"{name}summary": "De stoep wordt smal.",
        f"{name}answer": "Er blijft 2 meter over.",
        f"{name}changes": "false",
    }
    wrong = samir.post(way, data={**form, f"{name}summary": "Bea Buur vindt het smal.", f"{name}changes": ""})
    assert wrong.status_code == 422
    assert "Haal de naam weg: Bea Buur." in wrong.text
    assert "Kies of dit het besluit verandert." in wrong.text
    assert "Bea Buur vindt het smal.</textarea>" in wrong.text
    assert town.client(MILA).post(way, data=form).status_code == 409
    page = samir.post(way, data=form, follow_redirects=True).text
    assert "De zienswijze is gewogen." in page
    assert "Er blijft 2 meter over." in town.client(AUKE).get(CASE).text


def test_what_was_sent_about_a_view_stands_with_its_case_and_goes_with_it(town: Town) -> None:
    closed(town)
    made_known = Notice(
        id=new_id(),
        number=GIVEN.number,
        heading="Container",
        place="Eemplein",
        text="Een container.",
        draft="",
        audience="anyone",
        first=TODAY,
        last=TODAY,
        published_at=NOW,
    )
    with town.desk() as desk:
        desk.cases.add_notice(desk.cases.lock(REFERENCE), notice=made_known, by="samir")
        receive_view(GIVEN, desk=desk)
    sent = next(each for each in SAMPLES if isinstance(each, NoticeSent))
    town.hear(replace(sent, reference=GIVEN.view, kind="view"))
    assert "Bevestiging van een zienswijze verstuurd" in town.client(SAMIR).get(f"/zaken/{REFERENCE}/tijdlijn").text
    town.hear(*(notice("decision", at=at) for at in (NOW, LATER)))  # sent once more: nobody is told twice
    turns = town.rows("select payload from bus.event where name = 'ViewNoted' order by id")
    assert [row["payload"]["turn"] for row in turns] == ["received", "decided"]
    assert turns[1]["payload"]["about"]["nl"] == "Container: vergunning gegeven"
    approve(town, draw_up(town))
    town.hear(CaseDestructionOrdered(reference=REFERENCE, at=NOW))
    ordered = town.rows("select payload from bus.event where name = 'CaseDestructionOrdered' order by id")
    assert [row["payload"]["reference"] for row in ordered] == [REFERENCE, GIVEN.view]
    assert town.rows("select from workflow.views union all select from workflow.public_notices") == []
    town.hear(replace(sent, reference=GIVEN.view, kind="view_decided"))
