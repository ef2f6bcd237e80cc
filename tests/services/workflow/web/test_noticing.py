"""The page on which a case is made known to the public."""

from __future__ import annotations

from typing import Any

from tests.services.workflow.conftest import Town
from tests.services.workflow.town import AUKE, MILA, REFERENCE, SAMIR

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
