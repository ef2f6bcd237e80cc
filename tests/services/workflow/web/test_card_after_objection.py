"""A card that the municipality refused first and gives after an objection has its end and number as any other."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.workflow.actions import deciding, handling
from services.workflow.desk import HouseLetters
from services.workflow.domain.decision import Draft
from shared.catalogue.versions import remember
from tests.services.workflow.conftest import Town
from tests.services.workflow.fakes import FakeLetters
from tests.services.workflow.town import (
    MILA,
    NOW,
    OBJECTION,
    REFERENCE,
    SAMIR,
    notice,
    objection,
    submission,
    whole_catalogue,
)
from tests.services.workflow.web.test_linked import day


def test_a_card_that_is_given_only_after_an_objection_has_its_end_and_number(town: Town) -> None:
    card = whole_catalogue().product("gehandicaptenparkeerkaart")
    with town.connection() as connection:
        remember(connection, card)
        remember(connection, whole_catalogue().product("bezwaar"))
    asked = {"request": "first", "applicant_kind": "person", "card_kind": "driver"}
    plain: dict[str, Any] = {
        "product": card.id,
        "version": card.version,
        "answers": asked,
        "starts": None,
        "ends": None,
    }
    town.hear(replace(submission(), **plain, rules=(), title=card.title))
    refused = Draft(result="refused", blocks=("no-examination",), hearing="own_facts")
    with town.desk() as desk:
        handling.claim(REFERENCE, person=SAMIR, now=NOW, desk=desk)
        deciding.decide(REFERENCE, draft=refused, person=SAMIR, now=NOW, desk=desk, letters=FakeLetters())
    town.hear(notice("decision", at=NOW), objection(received_at=NOW + timedelta(days=10)))
    mila, decided = town.client(MILA), NOW + timedelta(days=20)
    with town.desk() as desk:
        handling.claim(OBJECTION, person=MILA, now=decided, desk=desk)
    editor = f"/zaken/{OBJECTION}/besluit"
    founded = {"result": "founded", "grant_reasons": "reason-right", "hearing": "heard", "hearing_note": "U kwam."}
    founded |= {"renewal": "granted", "renewal_text": "U krijgt een kaart."}
    missing = mila.post(editor, data=founded)
    assert missing.status_code == 422
    assert "Vul in tot en met welke dag het geldt." in missing.text
    assert "Dat is minstens 6 maanden en hooguit 5 jaar." in missing.text
    given = {**founded, "number": "B 123", **day("until", NOW + timedelta(days=1000))}
    version = re.search(r'name="version" value="(\d+)"', missing.text)
    assert version
    page = mila.post(editor, data={**given, "version": version[1]})
    assert page.status_code == 303, page.text
    letters = HouseLetters(whole_catalogue().municipality)
    with town.desk() as desk:
        saved = desk.cases.draft(desk.cases.lock(OBJECTION))
        assert saved
        deciding.decide_draft(OBJECTION, version=saved.version, person=MILA, now=decided, desk=desk, letters=letters)
    (letter,) = town.rows("select decision as d from workflow.decisions d where renewal is not null")
    assert "Dit geldt tot en met 20 augustus 2029. U krijgt een kaart." in str(letter["d"]["reasons"])
    town.hear(notice("decision", at=NOW + timedelta(days=22), reference=OBJECTION))
    first = mila.get(f"/zaken/{REFERENCE}").text
    assert "16 december 2026 tot en met 20 augustus 2029" in first
    (told,) = town.rows("select payload as p from bus.event where name = 'DecisionRenewed'")
    assert (told["p"]["ends"], told["p"]["number"]["text"]["nl"]) == ("2029-08-20", "B 123")
    assert town.rows("select 1 from workflow.timers where what = 'renew' and key = '2029-08-20'")
