"""From a talk to an application: the handler chooses what fits, and the two cases know each other."""

from __future__ import annotations

import re
from dataclasses import replace

from shared.events import Link
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import AUKE, MILA, REFERENCE, SAMIR, submission, whole_catalogue

OTHER = "Z-2026-2222-2222"
TALK = f"/zaken/{REFERENCE}"


def talked(town: Town) -> None:
    """A talk about an object on the street that Samir holds."""
    talk = whole_catalogue().product("starten-voor-de-start")
    answers = {"plan_kind": "object", "description": "Een container neerzetten"}
    town.receive(replace(submission(), product=talk.id, version=talk.version, title=talk.title, answers=answers))
    assert town.client(SAMIR).post(f"{TALK}/pakken").status_code == 303


def test_the_handler_lays_ready_what_the_rules_of_the_talk_lead_to(town: Town) -> None:
    talked(town)
    samir = town.client(SAMIR)
    assert "Wordt dit plan een aanvraag?" in samir.get(TALK).text
    page = samir.get(f"{TALK}/aanvraag").text
    assert page.count('type="radio"') == 11  # all that the rules name, and no other product
    assert 'value="objecten" checked' in page
    assert samir.post(f"{TALK}/aanvraag", data={"product": "woo-verzoek"}).status_code == 422
    assert town.client(AUKE).post(f"{TALK}/aanvraag", data={"product": "objecten"}).status_code == 403
    assert town.client(MILA).post(f"{TALK}/aanvraag", data={"product": "objecten"}).status_code == 409
    page = samir.post(f"{TALK}/aanvraag", data={"product": "objecten"}, follow_redirects=True).text
    assert "De inwoner krijgt de link." in page
    assert "Klaargezet" in page
    (told,) = town.rows("select payload from bus.event where name = 'ApplicationInvited'")
    assert (told["payload"]["reference"], told["payload"]["product"]) == (REFERENCE, "objecten")
    assert town.rows("select from workflow.audit where act = 'onward.invite'") != []


def test_a_second_click_sends_no_second_link_and_the_page_after_it_can_send_one(town: Town) -> None:
    talked(town)
    samir = town.client(SAMIR)

    def shown() -> dict[str, str]:
        found = re.search(r'name="id" value="([^"]+)"', samir.get(f"{TALK}/aanvraag").text)
        assert found
        return {"product": "objecten", "id": found[1]}

    first = shown()
    for form in (first, first, shown()):
        assert "De inwoner krijgt de link." in samir.post(f"{TALK}/aanvraag", data=form, follow_redirects=True).text
    assert len(town.rows("select from bus.event where name = 'ApplicationInvited'")) == 2
    assert len(town.rows("select from workflow.timeline where kind = 'invited_on'")) == 2


def test_talk_and_application_lead_to_each_other(town: Town) -> None:
    talked(town)
    samir = town.client(SAMIR)
    town.receive(replace(submission(OTHER), link=Link(kind="talk", reference=REFERENCE)))
    assert f"/zaken/{REFERENCE}" in samir.get(f"/zaken/{OTHER}").text
    page = samir.get(TALK).text
    assert f"/zaken/{OTHER}" in page
    assert "Aanvraag na dit gesprek" in page
