"""Anyone can find out whether a letter is ours and unchanged, and hears nothing of what is in it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from tests.browser import axe_violations, base_url, browser_type_launch_args, html_check, page, sideways_scroll
from tests.services.notify.noor import DECIDED
from tests.services.notify.office import ADDRESS, LETTER, Office
from tests.services.notify.trip import Trip
from tests.shared.letters.samples import REFERENCE
from tests.shared.letters.words import words_of

__all__ = ["base_url", "browser_type_launch_args", "page"]


def letter_of(trip: Trip) -> bytes:
    """Noor's letter as it was made."""
    trip.tell(DECIDED)
    for consumer in ("notify", "press"):
        trip.work(consumer)
    [row] = trip.rows("select sha256 from notify.pressings")
    return trip.vault.get(row["sha256"])


def code_of(letter: bytes) -> str:
    """The code as it is printed on the letter."""
    with pikepdf.open(io.BytesIO(letter)) as opened:
        printed = " ".join(map(words_of, opened.pages))
    (code,) = re.findall(r"Typ daar: ?((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})", printed)
    return str(code)


def ask(client: FlaskClient, content: bytes) -> str:
    """Hand a letter in."""
    return client.post("/controleren", data={"letter": (io.BytesIO(content), "brief.pdf")}).text


def test_our_own_letter_is_known_with_its_day(office: Office, trip: Trip) -> None:
    told = ask(office.app.test_client(), letter_of(trip))
    assert "Deze brief is van ons" in told
    assert "24 november 2026" in told
    assert "Noor" not in told


def test_the_code_on_a_letter_is_known_and_does_not_claim_more(office: Office, trip: Trip) -> None:
    code = code_of(letter_of(trip))
    client = office.app.test_client()
    for answer in (
        client.post("/controleren", data={"code": code.lower().replace("-", " ")}),
        client.get(f"/controleren?code={code}"),
    ):
        assert "Deze code is van ons" in answer.text
        assert f"Wij maakten op 24 november 2026 een brief met de code {code}." in answer.text
        assert "Er is daarna niets aan veranderd" not in answer.text
        assert REFERENCE not in answer.text
    assert trip.rows("select encode(code_hash, 'escape') as kept from notify.made")[0]["kept"] != code
    for other in (code[:-1] + ("0" if code[-1] != "0" else "1"), "x", "<b>", REFERENCE):
        assert "Wij kennen deze code niet" in client.get("/controleren", query_string={"code": other}).text


def test_a_letter_in_which_one_byte_changed_is_not(office: Office, trip: Trip) -> None:
    letter = letter_of(trip)
    told = ask(office.app.test_client(), letter[:-2] + b" " + letter[-1:])
    assert "Wij kennen deze brief niet" in told
    assert "Deze brief is van ons" not in told


def test_a_letter_of_a_client_is_ours_and_a_pdf_that_it_made_itself_is_not(office: Office) -> None:
    client = office.client()
    sent = client.send_letter_notification(str(LETTER), ADDRESS)
    own = b"%PDF-1.7 made elsewhere"
    client.send_precompiled_letter_notification("own", io.BytesIO(own))
    office.trip.work("press")
    browser = office.app.test_client()
    assert "Deze brief is van ons" in ask(browser, client.get_pdf_for_letter(sent["id"]).read())
    assert "Wij kennen deze brief niet" in ask(browser, own)
    code = code_of(client.get_pdf_for_letter(sent["id"]).read())
    assert "Deze code is van ons" in browser.get(f"/controleren?code={code}").text


def test_nothing_chosen_is_said_above_the_field(office: Office) -> None:
    answer = office.app.test_client().post("/controleren", data={})
    assert answer.status_code == 422
    assert "Vul de code in, of kies de brief als PDF." in answer.text


@pytest.mark.journey
def test_the_pages_are_sound_and_a_chosen_file_is_checked(
    page: Page, office: Office, trip: Trip, tmp_path: Path
) -> None:
    kept = tmp_path / "besluit.pdf"
    kept.write_bytes(letter_of(trip))
    page.goto(f"{office.base}/wanneer-bericht?taal=nl")
    expect(page.get_by_role("row", name="Wij hebben besloten over uw aanvraag.")).to_contain_text("Een brief, per")
    seen = [page.content()]
    page.set_viewport_size({"width": 320, "height": 900})
    assert (sideways_scroll(page), axe_violations(page)) == (0, [])
    page.goto(f"{office.base}/controleren?taal=nl")
    seen.append(page.content())
    page.get_by_label("Of de brief zelf").set_input_files(kept)
    page.get_by_role("button", name="Controleer de brief").click()
    page.get_by_text("Deze brief is van ons").wait_for()
    seen.append(page.content())
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, sideways_scroll(page), axe_violations(page)) == (width, 0, [])
    assert html_check(seen) == []
