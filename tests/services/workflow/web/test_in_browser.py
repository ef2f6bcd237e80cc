"""The pages of staff in a real browser: usable by everyone, by keyboard, on a phone, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from services.workflow.actions import announcing, handling
from services.workflow.domain.question import Question, usual_answer_by
from services.workflow.foretelling import foretell
from services.workflow.people import make_token, remember_person
from services.workflow.timekeeping import go_off
from services.workflow.web.act_form import ACTS
from shared.access import Person
from shared.bus import Courier
from shared.database import connect
from shared.law.calendar import local_date
from shared.law.terms import repair_end_ok
from tests.browser import axe_violations, faults_on, html_check, served
from tests.services.workflow.archive import HANNEKE, closed, draw_up
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import (
    AUKE,
    BRAM,
    DAAN,
    ELS,
    MILA,
    NOW,
    PETER,
    REFERENCE,
    RUUD,
    SAMIR,
    WIM,
    notice,
    submission,
)
from tests.services.workflow.web.test_supporters import receive_initiative

pytestmark = pytest.mark.journey

UNSHOWN: Final = {
    "look_asset",
    "assets.letter",
    "assets.icon",
    "draft_now.show",  # parts of the page of a decision
    "files.find",
    "files.give",
    "outside.show",
    "outside.find",
    "taking.as_csv",
    "taking.as_workbook",
    "sign_in.begin",
    "sign_in.finish",
    "transfer.take",
    "appealing.show",  # looked at where there is something to appeal against: see OTHER_STATES
    "withdrawing.ask",  # only of what was granted: see OTHER_STATES
    "routing.look",  # one that is there: see OTHER_STATES
    "trialing.recent",  # the journey of a trial looks at its pages
    "trialing.ask",
    "trialing.show",
    "trialing.figures",
    "trialing.report",
    "supporters.show",  # only of an initiative that people signed: see OTHER_STATES
    "pruning.show",
    "effects.show",  # only of a version that took the place of another
    "indicators.take",
    "throughput.take",
    "health",
    "metrics",
    "openapi",
}
FREE, ASKED, DECIDED, OLD = "Z-2026-FREE-0001", "Z-2026-ASKD-0002", "Z-2026-DCDD-0003", "Z-2026-CLSD-0005"
SIGNED: Final = "Z-2026-SGND-0006"
RUN, CHOSEN = "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f", "019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e60"
"""Cases that are done together, and cases that were chosen for it."""

EDITOR = f"/zaken/{REFERENCE}/besluit"
READERS: Final = {
    "/minder-regels": PETER,
    "/indicatoren": PETER,
    "/doelen": PETER,
    "/doorlooptijden": PETER,
    "/inwoners": PETER,
    "/voor-en-na": PETER,
    "/inwoners/objecten": PETER,
    "/wat-wordt-te-laat": ELS,
    "/beheer/berichten": BRAM,
    "/inzage": AUKE,
    "/adviezen": DAAN,
    "/verdeling": WIM,
    "/verdeling/nieuw": WIM,
    "/verdeling/1": WIM,
    "/verdeling/zonder-team": ELS,
}
OTHER_STATES: Final = (
    f"/zaken/{FREE}",
    f"/zaken/{ASKED}",
    f"/zaken/{ASKED}/termijn",
    f"/zaken/{ASKED}/tijdlijn",
    f"/zaken/{DECIDED}",
    f"/zaken/{DECIDED}/termijn",
    f"/zaken/{DECIDED}/besluit",
    f"/zaken/{DECIDED}/vergunning-intrekken",
    f"/zaken/{DECIDED}/beroep",
    f"/zaken/{SIGNED}",
    f"/zaken/{SIGNED}/medestanders",
    "/?q=Noor&status=received",
    "/?q=niets",
    f"/samen/{CHOSEN}/opdracht",
    "/verdeling/1",
)


@pytest.fixture
def site(town: Town) -> Iterator[str]:
    """The service on a real port, with a case in each state and something that went wrong."""
    town.now = datetime.now(UTC)
    _fill(town)
    with served(town.app) as address:
        yield address


def _fill(town: Town) -> None:
    for number, reference in enumerate((FREE, ASKED, DECIDED, REFERENCE)):
        town.receive(submission(reference, received_at=town.now - timedelta(days=20 * number)))
    for reference in (ASKED, DECIDED, REFERENCE):
        with town.desk() as desk:
            handling.claim(reference, person=SAMIR, now=town.now, desk=desk)
    last_day = usual_answer_by(local_date(town.now), repair_days=14)
    with town.desk() as desk:
        question = Question(text="Hoe breed is de stoep?", answer_by=last_day)
        handling.ask_applicant(ASKED, question=question, person=SAMIR, now=town.now, desk=desk)
    town.app.test_client().post(
        f"/api/v1/cases/{DECIDED}/decision",
        headers=town.bearer(SAMIR),
        json={"result": "granted", "blocks": ["no-harm", "dates"]},
    )
    with town.desk() as desk:
        announcing.record_sent(notice("decision", at=town.now, reference=DECIDED), now=town.now, desk=desk)
    closed(town, OLD)
    draw_up(town)
    with town.connection() as connection:
        connection.execute(
            "insert into workflow.bulk_runs (id, subject, chosen_at, act, content, started_at) values "
            "(%(run)s, 'samir', now(), 'ask', '{}', now()), (%(chosen)s, 'samir', now(), null, null, null)",
            {"run": RUN, "chosen": CHOSEN},
        )
        connection.execute(
            "insert into workflow.bulk_cases (run_id, case_id, place, sequence, draft, state, reason, ended_at) "
            "select %s, id, 1, 1, 0, case when reference = %s then 'done' else 'refused' end, "
            "case when reference = %s then null else 'not_yours' end, now() from workflow.cases",
            [RUN, REFERENCE, REFERENCE],
        )
        connection.execute(
            "insert into workflow.bulk_cases (run_id, case_id, place, sequence, draft) "
            "select %s, id, 1, 1, 0 from workflow.cases",
            [CHOSEN],
        )
        connection.execute(
            "insert into workflow.opinions (product, subject, verdict, words, day) "
            "select 'objecten', 'purpose', verdict, 'Wat?', now() from unnest('{unclear,needless}'::text[]) verdict"
        )
        Courier(connection, now=NOW).tell(notice("receipt", at=NOW, reference="Z-2026-GONE-0009"))
        connection.execute("update bus.delivery set dead_at = now(), reason = 'belongs to no case'")
        make_token(connection, person=SAMIR, label="Koppeling", now=town.now)
        foretell(connection, today=local_date(town.now))
        remember_person(connection, person=WIM, now=NOW)
        connection.execute("update workflow.cases set team = 'abolished' where reference = %s", [FREE])
    line = {"lines.0.team": "street", "lines.0.place": "Voorbeeldstraat", "because": "Een nieuwe wijk"}
    assert town.client(WIM).post("/verdeling/nieuw", data=line).status_code == 303


def sign_in(context: BrowserContext, *, town: Town, site: str, person: Person) -> None:
    client = town.client(person)
    cookie = client.get_cookie("workflow_session")
    assert cookie is not None
    context.add_cookies([{"name": "workflow_session", "value": cookie.value, "url": site}])


def shown(town: Town) -> list[str]:
    """Every page that one can open, so that a new one cannot escape, and what else a case can look like."""

    rules = [rule for rule in town.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    pages = [rule for rule in rules if rule.endpoint not in UNSHOWN and not rule.rule.startswith("/api/")]
    with town.connection() as connection:
        lists = connection.execute("select id from workflow.destruction_lists").fetchall()
    known = {
        "<product>": "objecten",
        "<reference>": REFERENCE,
        "<uuid:run_id>": RUN,
        "<uuid:list_id>": str(lists[0]["id"]),
    }
    paths = [re.sub("<reference>|<product>|<uuid:.+?>", lambda hole: known[hole[0]], rule.rule) for rule in pages]
    one_each = [path.replace("<word>", word) for path in paths for word in (ACTS if "<word>" in path else [""])]
    return [*one_each, *OTHER_STATES]


def look_at(page: Page, path: str, *, site: str) -> None:
    """Look at a page on a desk, a telephone and a small one, with everything on it opened."""
    page.goto(site + path)
    assert faults_on(page, targets=not path.endswith("/brief")) == []


def test_every_page_is_usable_by_everyone_on_every_screen(town: Town, site: str, page: Page) -> None:
    receive_initiative(town, reference=SIGNED)
    texts = []
    for path in shown(town):
        reader = HANNEKE if path.startswith("/archief") else READERS.get(path, SAMIR)
        sign_in(page.context, town=town, site=site, person=reader)
        look_at(page, path, site=site)
        texts.append(page.request.get(site + path).text())
    assert len(texts) > 15
    assert html_check(texts) == []


def test_who_sees_nothing_and_what_is_not_there_has_a_usable_page_too(
    town: Town, site: str, patient_page: Page
) -> None:
    sign_in(patient_page.context, town=town, site=site, person=RUUD)
    for path in ("/", f"/zaken/{REFERENCE}", "/beheer/berichten", "/nergens"):
        look_at(patient_page, path, site=site)
    assert patient_page.title().startswith("Dit bestaat niet.")


def test_a_faulty_form_leads_to_the_field_that_is_wrong(town: Town, site: str, patient_page: Page) -> None:
    page = patient_page
    sign_in(page.context, town=town, site=site, person=SAMIR)
    for path, button in ((f"/zaken/{REFERENCE}/vraag", "Verstuur de vraag"), (EDITOR, "Controleer het besluit")):
        page.goto(site + path)
        page.get_by_role("button", name=button).click()
        expect(page.locator("[data-error-summary]")).to_be_focused()
        assert page.title().startswith("Fout: ")
        assert axe_violations(page) == []
        link = page.locator("[data-error-summary] a").first
        target = str(link.get_attribute("href"))
        link.click()
        expect(page.locator(target)).to_be_focused()


def test_the_list_works_by_keyboard_and_the_keys_can_be_switched_off(town: Town, site: str, page: Page) -> None:
    sign_in(page.context, town=town, site=site, person=SAMIR)
    page.goto(site)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-count]")).to_have_text("1 zaak gekozen")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jx?")
    expect(page.locator("#q")).to_have_value("jx?")
    expect(page.locator("[data-count]")).to_have_text("1 zaak gekozen")
    page.goto(site)
    page.keyboard.press("j")
    page.keyboard.press("t")
    expect(page.get_by_text("1 zaak toegewezen aan Samir", exact=False)).to_be_visible()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/zaken/Z-"))
    page.goto(f"{site}/profiel")
    page.get_by_role("group", name="Sneltoetsen").get_by_label("Uit").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar").click()
    page.goto(site)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-count]")).to_have_text("Kies zaken om ze samen te behandelen")


def test_the_list_tells_what_is_new_in_its_rows_and_moves_none_of_them(town: Town, site: str, page: Page) -> None:
    sign_in(page.context, town=town, site=site, person=ELS)
    page.goto(site)
    free = page.locator("[data-queue] tbody tr", has_text="Niemand").first
    reference = free.get_by_role("checkbox").get_attribute("value") or ""
    row = page.locator("[data-queue] tbody tr", has_text=reference)
    page.locator("h1").click()
    town.rows("update workflow.cases set handler = 'samir' where reference = %s returning id", [reference])
    town.receive(submission("Z-2026-ANEW"))
    page.evaluate("document.dispatchEvent(new Event('saved'))")
    expect(page.get_by_text("Er kwamen zaken bij, of er gingen zaken weg.")).to_be_visible()
    expect(row).to_contain_text("Samir")
    expect(page.locator("[data-queue] tbody")).not_to_contain_text("Z-2026-ANEW")


def test_chosen_rows_stay_readable_and_the_bar_names_their_number(town: Town, site: str, page: Page) -> None:
    sign_in(page.context, town=town, site=site, person=ELS)
    page.goto(site)
    page.get_by_label("Kies alle zaken op deze bladzijde").check()
    expect(page.locator("[data-count]")).to_have_text("3 zaken gekozen")
    assert axe_violations(page) == []
    page.get_by_label("Toewijzen aan").select_option(label="Mila Janssen: 0 zaken")
    page.get_by_role("button", name="Wijs toe").click()
    expect(page.get_by_text("3 zaken toegewezen aan Mila Janssen.")).to_be_visible()


def test_the_letter_follows_the_text_and_the_draft_saves_itself(town: Town, site: str, page: Page) -> None:
    sign_in(page.context, town=town, site=site, person=SAMIR)
    page.goto(site + EDITOR)
    letter = page.frame_locator("[data-preview-frame]")
    page.get_by_label("Vergunning weigeren").check()
    expect(letter.get_by_text("U krijgt de vergunning niet.")).to_be_visible()
    page.get_by_label("Uw reden in eigen woorden").fill("De stoep is hier te smal.")
    expect(letter.get_by_text("De stoep is hier te smal.")).to_be_visible()
    expect(page.get_by_text("Uw tekst is bewaard.")).to_be_visible()
    assert axe_violations(page) == []
    page.goto(site + EDITOR)
    expect(page.get_by_label("Uw reden in eigen woorden")).to_have_value("De stoep is hier te smal.")


def test_a_refusal_and_back_keeps_the_conditions(town: Town, site: str, page: Page) -> None:
    sign_in(page.context, town=town, site=site, person=SAMIR)
    page.goto(site + EDITOR)
    for choice in ("weigeren", "geven"):
        page.get_by_label(f"Vergunning {choice}", exact=True).check()
        with page.expect_response(f"**{EDITOR}/bewaar"):
            page.get_by_label("Uw reden in eigen woorden").fill(f"Ik wil {choice}.")
        page.goto(site + EDITOR)
    expect(page.get_by_label("Op de stoep blijft een strook")).to_be_checked()


def test_without_scripts_a_handler_takes_filters_asks_and_decides(
    town: Town, site: str, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    sign_in(page.context, town=town, site=site, person=MILA)
    page.goto(site)
    page.get_by_label("Zoek op naam").fill("FREE")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("link", name="Zoek: FREE")).to_be_visible()
    page.get_by_label(f"Kies zaak {FREE}").check()
    page.get_by_role("button", name="Wijs toe").click()
    expect(page.get_by_text("1 zaak toegewezen aan Mila Janssen.")).to_be_visible()
    page.get_by_role("link", name=FREE).first.click()
    page.get_by_role("link", name="Naar het besluit").click()
    page.get_by_label("Vergunning geven", exact=True).check()
    page.get_by_label("Voetgangers en hulpdiensten").check()
    page.get_by_role("button", name="Eigen voorwaarde toevoegen").click()
    page.get_by_label("Voorwaarde", exact=True).fill("Veeg de stoep elke dag.")
    page.get_by_label("Waarom?").fill("Dan blijft de stoep schoon.")
    page.get_by_role("button", name="Voorbeeld vernieuwen").click()
    letter = page.frame_locator("[data-preview-frame]")
    expect(letter.get_by_text("Veeg de stoep elke dag.")).to_be_visible()
    page.get_by_role("button", name="Controleer het besluit").click()
    expect(page.get_by_role("heading", name="Dit gaat naar de aanvrager")).to_be_visible()
    page.get_by_role("button", name="Neem het besluit en verstuur de brief").click()
    expect(page.get_by_text("Het besluit is genomen.")).to_be_visible()


@pytest.mark.parametrize("visitor", ["page", "page_without_scripts"])
def test_a_request_that_went_unanswered_leads_to_leaving_the_application_unprocessed(
    request: pytest.FixtureRequest, town: Town, site: str, visitor: str
) -> None:
    page: Page = request.getfixturevalue(visitor)
    today = town.now
    reference, town.now = "Z-2026-SLNT-0005", today - timedelta(days=30)
    town.receive(submission(reference, received_at=town.now))
    question = Question(text="Waar staat het?", answer_by=local_date(today - timedelta(days=9)))
    while not repair_end_ok(question.answer_by):
        question = replace(question, answer_by=question.answer_by + timedelta(days=1))
    with town.desk() as desk:
        handling.claim(reference, person=SAMIR, now=town.now, desk=desk)
    with town.desk() as desk:
        handling.ask_applicant(reference, question=question, person=SAMIR, now=town.now, desk=desk)
    with connect(town.url, autocommit=True) as connection:
        go_off(connection, now=today)
    sign_in(page.context, town=town, site=site, person=SAMIR)
    page.goto(f"{site}/zaken/{reference}")
    expect(page.locator(".balie-next")).to_contain_text("De aanvrager gaf geen antwoord")
    page.get_by_role("link", name="Laat buiten behandeling").click()
    expect(page.locator("[name='result'][value='not_processed']")).to_be_checked()
    page.get_by_label("Uw reden in eigen woorden").fill("Wij weten niet waar het voorwerp staat.")
    page.get_by_role("button", name="Controleer het besluit").click()
    expect(page.get_by_role("heading", name="Dit gaat naar de aanvrager")).to_be_visible()
    page.get_by_role("button", name="Neem het besluit en verstuur de brief").click()
    expect(page.get_by_text("Het besluit is genomen.")).to_be_visible()
