"""Nobody answered our question in time: the case says so, and is left unprocessed in a real browser (Awb 4:5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from services.workflow.actions import handling
from services.workflow.domain.question import Question, usual_answer_by
from services.workflow.timekeeping import go_off
from shared.database import connect
from shared.law.calendar import local_date
from tests.browser import faults_on, open_browser, served
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import REFERENCE, SAMIR, submission
from tests.services.workflow.web.test_in_browser import sign_in

pytestmark = pytest.mark.journey

CASE = f"/zaken/{REFERENCE}"
MISSING = "De tekening van de plek ontbreekt nog."


@pytest.fixture
def unanswered(town: Town) -> Iterator[str]:
    """The service on a real port, with a case of which the drawing was asked three weeks ago, in vain."""
    today = datetime.now(UTC)
    town.now = today - timedelta(weeks=3)
    town.receive(submission(received_at=town.now))
    until = usual_answer_by(local_date(town.now), repair_days=14)
    with town.desk() as desk:
        handling.claim(REFERENCE, person=SAMIR, now=town.now, desk=desk)
        question = Question(text="Waar is de tekening?", answer_by=until)
        handling.ask_applicant(REFERENCE, question=question, person=SAMIR, now=town.now, desk=desk)
    with connect(town.url, autocommit=True) as connection:
        go_off(connection, now=today)
    with served(town.app) as address:
        yield address


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_what_nobody_completed_is_left_unprocessed_with_what_is_missing(
    town: Town, unanswered: str, browser: Browser, scripts: bool
) -> None:
    with open_browser(browser, scripts=scripts) as context:
        sign_in(context, town=town, site=unanswered, person=SAMIR)
        page = context.new_page()
        page.goto(f"{unanswered}{CASE}")
        expect(page.locator("main")).to_contain_text("De aanvrager gaf geen antwoord")
        page.get_by_role("link", name="Laat buiten behandeling").click()
        expect(page.locator("[name=result][value=not_processed]")).to_be_checked()
        expect(page.get_by_text("Schrijf hieronder wat er nog ontbreekt.", exact=False)).to_be_visible()
        page.locator("[name=own_reason]").fill(MISSING)
        page.get_by_role("button", name="Controleer het besluit").click()
        letter = page.frame_locator("iframe").locator("body")
        expect(letter).to_contain_text(MISSING)
        expect(letter).to_contain_text("Awb 4:5")
        expect(letter).to_contain_text("bezwaar")
        if scripts:
            assert faults_on(page) == []
        page.get_by_role("button", name="Neem het besluit en verstuur de brief").click()
        expect(page.locator("main")).to_contain_text("Het besluit is genomen.")
    assert town.rows("select decision ->> 'result' as result from workflow.decisions") == [{"result": "not_processed"}]
