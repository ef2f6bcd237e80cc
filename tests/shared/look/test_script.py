"""What the script of the house adds to pages that already work without it."""

from playwright.sync_api import Page, expect

CATCH_SUBMITS = """() => { window.sent = []; document.addEventListener('submit', event => {
    if (!event.defaultPrevented) window.sent.push(event.submitter?.value);
    event.preventDefault();
}); }"""


def test_the_error_summary_takes_focus_and_each_line_leads_to_its_question(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/form")
    assert page.title().startswith("Fout: ")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    for line in summary.get_by_role("link").all():
        line.click()
        field = page.locator(":focus")
        assert field.get_attribute("id") == (line.get_attribute("href") or "")[1:]
        question = field.locator("xpath=ancestor-or-self::*[@aria-describedby][1]")
        told = " ".join(
            page.locator(f"#{part}").inner_text() for part in _words(question.get_attribute("aria-describedby"))
        )
        assert line.inner_text() in told


def test_a_block_is_shown_and_sent_only_with_its_answer(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/clean")
    other, signs = page.locator("#kind_other"), page.locator("#signs")
    expect(other).to_be_hidden()
    expect(other).to_be_disabled()
    page.get_by_label("Iets anders").check()
    expect(other).to_be_visible()
    other.fill("Een keet")
    page.get_by_label("Container").check()
    expect(other).to_be_disabled()
    page.get_by_label("Verkeersborden").check()
    expect(signs).to_be_visible()
    page.get_by_role("button", name="Naar stap 3").click()
    expect(page.locator("#sent")).to_contain_text("kind=container")
    sent = page.locator("#sent").inner_text()
    assert "kind_other" not in sent
    assert "signs=" in sent
    assert "action=next" in sent


def test_enter_in_a_field_does_the_main_action(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/clean")
    page.evaluate(CATCH_SUBMITS)
    page.locator("#place-postcode").press("Enter")
    assert page.evaluate("window.sent") == ["next"]


def test_a_form_is_sent_once_until_the_page_is_shown_again(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/clean")
    page.evaluate(CATCH_SUBMITS)
    button = page.get_by_role("button", name="Naar stap 3")
    button.click()
    button.click()
    assert page.evaluate("window.sent") == ["next"]
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    button.click()
    assert page.evaluate("window.sent") == ["next", "next"]


def test_a_draft_is_kept_quietly_without_its_files(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/clean")
    page.locator("#drawing").set_input_files({"name": "t.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    with page.expect_request("**/draft") as draft:
        page.locator("#about").fill("Er komt een kraan")
        page.locator("#email").focus()
    assert "Er komt een kraan" in (draft.value.post_data or "")
    assert "t.pdf" not in (draft.value.post_data or "")
    expect(page.get_by_text("Uw antwoorden zijn bewaard.", exact=True)).to_be_visible()
    expect(page.locator("#email")).to_be_focused()


def test_the_letter_follows_the_text_and_adds_no_page_to_the_history(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/editor")
    pages = page.evaluate("history.length")
    letter = page.frame_locator("iframe[name=letter-preview]")
    page.get_by_label("Motivering").fill("De stoep blijft vrij.")
    expect(letter.locator("#reason")).to_have_text("De stoep blijft vrij.")
    expect(page.get_by_label("Motivering")).to_be_focused()
    assert page.evaluate("history.length") == pages


def test_the_keys_of_the_queue_stay_out_of_fields(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/queue")
    count = page.locator("[data-count]")
    for key in "jjx":
        page.keyboard.press(key)
    expect(count).to_have_text("1 zaak gekozen")
    page.keyboard.press("/")
    page.keyboard.type("jx?")
    expect(page.locator("#q")).to_have_value("jx?")
    expect(count).to_have_text("1 zaak gekozen")
    page.get_by_label("Kies alle zaken").check()
    expect(count).to_have_text("7 zaken gekozen")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_have_attribute("open", "")


def test_the_keys_can_be_switched_off(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/queue")
    page.evaluate("document.body.setAttribute('data-no-keys', '')")
    page.keyboard.press("j")
    assert page.locator("tr[data-cursor]").count() == 0


def test_everything_can_be_done_without_scripts(page_without_scripts: Page, gallery: str) -> None:
    page = page_without_scripts
    page.goto(f"{gallery}/clean")
    page.get_by_label("Iets anders").check()
    page.locator("#kind_other").fill("Een keet")
    page.get_by_role("button", name="Nog een voorwerp toevoegen").click()
    expect(page.locator("#sent")).to_contain_text("action=add:objects")
    page.get_by_role("button", name="Verwijder voorwerp 2").click()
    expect(page.locator("#sent")).to_contain_text("action=remove:objects:1")
    page.goto(f"{gallery}/queue")
    assert page.locator("[data-check-all]").is_hidden()
    page.get_by_label("Kies zaak Z-2026-04784").check()
    page.get_by_role("button", name="Wijs toe").click()
    page.goto(f"{gallery}/editor")
    page.get_by_label("Motivering").fill("De stoep blijft vrij.")
    page.get_by_role("button", name="Voorbeeld vernieuwen").click()
    expect(page.frame_locator("iframe").locator("#reason")).to_have_text("De stoep blijft vrij.")


def _words(text: str | None) -> list[str]:
    return (text or "").split()
