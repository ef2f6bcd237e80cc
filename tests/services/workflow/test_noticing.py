"""Notices: written from the case without who applied, and gone by themselves when their time is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.workflow.actions.noticing import publish_notice, take_down
from services.workflow.domain import notice as notices
from services.workflow.domain.case import NotYourCaseError
from services.workflow.domain.decision import Draft
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.notice import NoticeStandsError
from shared.catalogue.definitions import Procedure, Product
from shared.participation import NoticePublished, NoticeTakenDown
from tests.services.workflow.offices import office_with
from tests.services.workflow.town import MILA, NOW, REFERENCE, SAMIR, TODAY, objecten, submission

DRAFT = Draft(result="granted", own_reason="Er blijft genoeg ruimte over.")


def extended() -> Product:
    """The same permit, prepared by the extended procedure."""
    product = objecten()
    return replace(product, process=replace(product.process, procedure=Procedure.EXTENDED))


def test_a_notice_begins_with_what_the_plan_is_and_never_with_who_applied() -> None:
    said = submission()
    form = notices.begin_notice(said, product=objecten(), draft=DRAFT, today=TODAY)
    assert form.heading == said.title.nl
    assert form.place == said.place
    assert "Wanneer: 14 december 2026 tot en met 18 december 2026." in form.text
    assert form.draft == ""
    assert notices.people_in(f"{form.heading} {form.text}", said=said) == ()
    assert notices.faults_of(form, said=said, product=objecten(), today=TODAY) == ()
    laid = notices.begin_notice(said, product=extended(), draft=DRAFT, today=TODAY)
    assert "Wij zijn van plan dit te besluiten: vergunning geven." in laid.draft
    assert "Er blijft genoeg ruimte over." in laid.draft


def test_the_extended_procedure_asks_a_draft_and_six_weeks_that_begin_with_the_first_day() -> None:
    said, product = submission(), extended()
    form = notices.begin_notice(said, product=product, draft=Draft(), today=TODAY)
    assert [fault.name for fault in notices.faults_of(form, said=said, product=product, today=TODAY)] == ["draft"]
    assert notices.last_day(date(2026, 11, 24), weeks=2, product=product) == date(2027, 1, 4)
    assert notices.last_day(date(2026, 11, 14), weeks=2, product=product) == date(
        2026, 12, 28
    )  # second day of Christmas
    assert notices.last_day(date(2026, 11, 24), weeks=2, product=objecten()) == date(2026, 12, 7)


def test_a_name_and_a_way_to_reach_the_applicant_keep_a_text_from_being_published() -> None:
    said = submission()
    form = notices.begin_notice(said, product=objecten(), draft=Draft(), today=TODAY)
    form = replace(form, text="Mevrouw de VRIES, bel noor@example.org", first=TODAY - timedelta(days=1), weeks=None)
    faults = {
        fault.name: fault.reason.nl for fault in notices.faults_of(form, said=said, product=objecten(), today=TODAY)
    }
    assert set(faults) == {"text", "first.day", "weeks"}
    assert faults["text"] == "Haal weg wie de aanvrager is: Noor, Vries, noor@example.org."


def test_who_handles_the_case_publishes_it_once_and_may_take_it_down() -> None:
    office = office_with(submission(), taken_by=SAMIR)
    form = notices.begin_notice(submission(), product=objecten(), draft=Draft(), today=TODAY)
    with pytest.raises(NotYourCaseError):
        publish_notice(REFERENCE, form=form, person=MILA, now=NOW, desk=office.desk)
    with pytest.raises(FaultyInputError):
        publish_notice(REFERENCE, form=replace(form, place=" "), person=SAMIR, now=NOW, desk=office.desk)
    made = publish_notice(REFERENCE, form=form, person=SAMIR, now=NOW, desk=office.desk)
    with pytest.raises(NoticeStandsError):
        publish_notice(REFERENCE, form=form, person=SAMIR, now=NOW, desk=office.desk)
    take_down(REFERENCE, number=made.number, person=SAMIR, now=NOW, desk=office.desk)
    told, down = office.told
    assert isinstance(told, NoticePublished)
    assert (told.number, told.first, told.last, told.theme) == ("2026-1", TODAY, date(2026, 12, 7), "street")
    assert down == NoticeTakenDown(reference=REFERENCE, number="2026-1", at=NOW)
    states = [made.state(today=day) for day in (TODAY - timedelta(days=1), TODAY, made.last + timedelta(days=1))]
    assert states == ["planned", "open", "over"]
    assert replace(made, last=date(2027, 1, 4)).decide_without_views == date(2027, 2, 1)
