"""The door for facts, with the real bus behind it: what can never be handled is told, what can is handled once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.workflow.people import keep_form
from shared.bus import PermanentError
from shared.catalogue.versions import remember
from shared.events import DayBegan
from shared.ids import new_id
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import NOW, REFERENCE, TODAY, given, notice, objecten, submission


def test_a_submission_opens_a_case_and_tells_it(town: Town) -> None:
    with town.connection() as connection:
        remember(connection, objecten())
    for _ in range(2):
        town.hear(submission())
    assert town.rows("select reference, status from workflow.cases") == [{"reference": REFERENCE, "status": "received"}]
    assert town.rows("select count(*) as n from bus.event where name = 'CaseOpened'") == [{"n": 1}]


def test_where_who_gave_no_e_mail_address_lives_is_told_for_the_post(town: Town) -> None:
    said = submission()
    town.receive(replace(said, applicant=replace(said.applicant, email="")))
    town.receive(submission("Z-2026-2222-2222"))
    (reached,) = town.rows("select payload from bus.event where name = 'ReachedByPost'")
    assert reached["payload"]["reference"] == REFERENCE
    assert reached["payload"]["party"]["address"]["street"] == "Voorbeeldstraat"


def test_a_product_that_nobody_knows_is_for_a_person_to_look_at(town: Town) -> None:
    with pytest.raises(PermanentError, match="unicorns"):
        town.hear(replace(submission(), product="unicorns"))


def test_an_answer_and_a_message_of_no_case_are_for_a_person_to_look_at(town: Town) -> None:
    for happened in (given(new_id(), at=NOW), notice("receipt", at=NOW)):
        with pytest.raises(PermanentError):
            town.hear(happened)


def test_a_mailed_link_to_a_form_belongs_to_no_case(town: Town) -> None:
    town.hear(notice("draft", at=NOW, reference=""))
    assert town.rows("select count(*) as n from workflow.timeline") == [{"n": 0}]


def test_a_new_day_forgets_typed_text_after_thirty_days(town: Town) -> None:
    with town.connection() as connection:
        for path, days in (("/old", 31), ("/new", 29)):
            kept_at = NOW - timedelta(days=days)
            keep_form(connection, subject="samir", path=path, fields={"question": ["x"]}, now=kept_at)
    town.hear(DayBegan(on=TODAY))
    assert town.rows("select path from workflow.kept_forms") == [{"path": "/new"}]
