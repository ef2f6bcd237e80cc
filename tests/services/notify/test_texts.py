"""Administrators change the texts of messages in the browser: one writes, another reads what changes and publishes."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from werkzeug.test import Cookie

from services.notify.domain.drafting import NO_DRAFT
from services.notify.domain.messages import Kind
from services.notify.editing import Workshop
from services.notify.proofing import example_letter
from services.notify.rehearsing import examples_of, unfilled
from services.notify.table import OWN
from services.notify.web.desk.words import TEXT_NAMES
from services.notify.wording_form import content_of, fields_of, names_of_fields, remarks_on
from services.notify.wording_store import WordingStore
from services.notify.wordings import TEXTS, standing_wordings, wording_of
from tests.browser import base_url, browser_type_launch_args, faults_on, html_check, page, served
from tests.services.notify.desk import BRAM, SAMIR, browser_of, somebody
from tests.services.notify.noor import NOW, TABLE
from tests.shared.letters.samples import MUNICIPALITY
from tests.shared.letters.test_pdf import faults as pdf_faults
from tests.shared.letters.words import words_of

__all__ = ["base_url", "browser_type_launch_args", "page"]

LOTTE = somebody("lotte", "functional-administrator")
AT = "/beheer/teksten/receipt"
FOLDER = standing_wordings(OWN)
RECEIPT = fields_of(FOLDER["receipt"], name="receipt")


def fields(**changes: str) -> dict[str, str]:
    """The fields of the confirmation as they are posted, with other values for `nl_subject` and the like."""
    return {**RECEIPT, **{name.replace("_", "."): text for name, text in changes.items()}}


def cookies_of(client: FlaskClient) -> list[Cookie]:
    """The cookies that a browser would bring along."""
    found = client.get_cookie("balie_notify")
    return [found] if found else []


def read(client: FlaskClient) -> str:
    """Which draft a person has before them, as the page posts it."""
    (mark,) = set(re.findall(r'name="read" value="([^"]+)"', client.get(AT).text))
    return mark


def write(client: FlaskClient, **changes: str) -> str:
    """Keep a draft and give the page that shows it."""
    answer = client.post(AT, data={**fields(**changes), "read": read(client)})
    assert (answer.status_code, answer.headers["Location"]) == (303, AT)
    return client.get(AT).text


def test_every_text_can_be_filled_by_every_message_that_has_it_and_stays_the_same_as_fields() -> None:
    assert set(TEXT_NAMES) == set(TEXTS)
    for name, content in FOLDER.items():
        wording, typed = wording_of(content, name=name), fields_of(content, name=name)
        assert (name, unfilled(wording, name=name, table=TABLE, municipality=MUNICIPALITY)) == (name, {})
        assert wording_of(content_of(typed), name=name) == wording
        assert remarks_on(typed, name=name, lacking={}) == {}
        assert examples_of(name, table=TABLE)
    assert "nl.subject" not in names_of_fields("closing")


def test_each_text_as_a_letter_lasts_and_can_be_read_by_everyone() -> None:
    workshop = Workshop(folder=FOLDER, table=TABLE, municipality=MUNICIPALITY)
    on_paper = [kind for kind in Kind if workshop.on_paper(kind)]
    assert len(on_paper) > 20
    for kind in on_paper:
        pdf = example_letter(kind, contents=FOLDER, workshop=workshop, check_page="https://example.org/c", now=NOW)
        assert (kind, pdf_faults(pdf)) == (kind, [])


def test_a_hole_that_not_every_message_can_fill_is_told_before_it_stops_one() -> None:
    for name, wrong in (
        ("suspended", "((day))"),
        ("decision", "((day))"),
        ("draft", "((reference))"),
        ("view", "((yours))"),
    ):
        content = FOLDER[name].replace("Goedendag,", f"Goedendag, {wrong}.", 1)
        lacking = unfilled(wording_of(content, name=name), name=name, table=TABLE, municipality=MUNICIPALITY)
        assert lacking == {"nl.mail": wrong.strip("()")}


def test_what_is_wrong_is_said_at_its_field_in_plain_words() -> None:
    typed = fields(
        nl_subject="",
        nl_mail="Gelieve ((titel)) te lezen. ((reference",
        nl_letter="Uw aanvraag wordt gewist.",
    )
    said = {
        field: " ".join(each.nl for each in words)
        for field, words in remarks_on(typed, name="receipt", lacking={}).items()
    }
    assert said["nl.subject"] == "Vul deze tekst in."
    assert "((titel)) kennen wij niet. Bedoelt u ((title))?" in said["nl.mail"]
    assert "haken die nergens bij horen" in said["nl.mail"]
    assert "Schrijf ‘wilt u’ in plaats van ‘Gelieve’." in said["nl.mail"]
    assert "zegt niet wie iets doet" in said["nl.letter"]
    assert set(said) == {"nl.subject", "nl.mail", "nl.letter"}


def test_one_writes_another_publishes_and_the_list_says_which_version_counts(app: Flask) -> None:
    bram, lotte = browser_of(app, BRAM), browser_of(app, LOTTE)
    page = write(bram, nl_subject="Uw post is er")
    assert "De tekst is bewaard en nagekeken." in page
    assert "U schreef mee aan deze tekst." in page
    assert "Wacht op een collega" in bram.get("/beheer/teksten").text
    own = bram.post(f"{AT}/publiceren", data={"read": read(bram), "because": "Korter"})
    assert (own.status_code, "U schreef zelf mee" in own.text) == (409, True)

    shown = lotte.get(AT).text
    assert "-Wij hebben ((yours)) ontvangen" in shown
    assert "+Uw post is er" in shown
    unsaid = lotte.post(f"{AT}/publiceren", data={"read": read(lotte), "because": " "})
    assert (unsaid.status_code, "Schrijf op waarom u dit verandert</a>" in unsaid.text) == (422, True)
    assert "<title>Fout: Ontvangstbevestiging" in unsaid.text
    assert lotte.post(f"{AT}/publiceren", data={"read": read(lotte), "because": "\x00"}).status_code == 422
    assert lotte.post(f"{AT}/publiceren", data={"read": "7-0", "because": "Korter"}).status_code == 409
    assert lotte.post(f"{AT}/publiceren", data={"read": read(lotte), "because": "Korter"}).status_code == 303
    after = lotte.get(AT).text
    assert "De tekst geldt vanaf nu." in after
    assert "Versie 1 geldt, gepubliceerd door Lotte." in after
    assert 'value="Uw post is er"' in after
    assert "Versie 1" in bram.get("/beheer/teksten").text


def test_a_faulty_draft_is_kept_shown_with_its_faults_and_not_published(app: Flask) -> None:
    bram, lotte = browser_of(app, BRAM), browser_of(app, LOTTE)
    page = write(bram, nl_mail="Uw nummer is ((nummer)).")
    assert "E-mail: ((nummer)) kennen wij niet.</a>" in page
    assert "<title>Fout: Ontvangstbevestiging" in page
    assert "Publiceren kan als alle fouten weg zijn." in lotte.get(AT).text
    assert lotte.post(f"{AT}/publiceren", data={"read": read(lotte), "because": "Korter"}).status_code == 409
    assert bram.post(f"{AT}/weggooien", data={"read": read(bram)}).status_code == 303
    assert "kennen wij niet" not in bram.get(AT).text


def test_what_somebody_typed_is_not_lost_when_a_colleague_was_first(app: Flask) -> None:
    bram, lotte = browser_of(app, BRAM), browser_of(app, LOTTE)
    write(bram, nl_subject="Uw post is er")
    late = lotte.post(AT, data={**fields(nl_subject="Wij hebben post"), "read": NO_DRAFT})
    assert late.status_code == 409
    assert 'value="Wij hebben post"' in late.text
    assert "Een collega veranderde deze tekst intussen." in late.text
    # what they typed is no reading of what the colleague wrote
    assert "/publiceren" not in late.text
    assert f"{AT}/publiceren" in lotte.get(AT).text
    assert lotte.post(f"{AT}/weggooien", data={"read": NO_DRAFT}).status_code == 409
    write(lotte, nl_subject="Wij hebben post")
    assert "Uw post is er" not in bram.get(AT).text


def test_an_example_shows_the_draft_or_what_is_typed_as_mail_as_text_and_as_a_letter(app: Flask) -> None:
    bram = browser_of(app, BRAM)
    shown = bram.get(f"{AT}/voorbeeld")
    assert "<h1" in shown.text
    assert "Wij hebben uw aanvraag ontvangen" in shown.text
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    typed = fields(nl_mail="Dag <b>u</b>, ((title)).", nl_letter="Dag op papier, ((reference)).")
    assert "Dag &lt;b&gt;u&lt;/b&gt;, Voorwerp op of aan de weg." in bram.post(f"{AT}/voorbeeld", data=typed).text
    assert "<pre" in bram.post(f"{AT}/voorbeeld", data={**typed, "kijk": "text.en"}).text
    assert "We have received" in bram.post(f"{AT}/voorbeeld", data={**typed, "kijk": "text.en"}).text
    assert "Nog geen voorbeeld" in bram.post(f"{AT}/voorbeeld", data=fields(nl_mail="((nee))")).text
    letter = bram.post(f"{AT}/brief.pdf", data=typed)
    with pikepdf.open(io.BytesIO(letter.data)) as opened:
        printed = " ".join(map(words_of, opened.pages))
    assert "Dag op papier, Z-2027-VOOR-BEELD." in printed
    assert "N. Bewoner" in printed
    assert bram.post(f"{AT}/brief.pdf", data=fields(nl_letter="((nee))")).status_code == 422


def test_every_text_has_a_page_and_an_example_and_others_have_none(app: Flask) -> None:
    bram = browser_of(app, BRAM)
    for name in ("closing", str(Kind.MORNING), str(Kind.DECISION)):
        assert bram.get(f"/beheer/teksten/{name}").status_code == 200
        assert "<h1" in bram.get(f"/beheer/teksten/{name}/voorbeeld").text
    assert "Brief als PDF" not in bram.get("/beheer/teksten/decision").text
    assert bram.get("/beheer/teksten/when").status_code == 404
    assert browser_of(app, SAMIR).get("/beheer/teksten").status_code == 403
    assert "Teksten" not in re.sub(r"<main.*", "", browser_of(app, SAMIR).get("/berichten").text, flags=re.S)


def test_nothing_is_worked_out_for_a_draft_that_is_not_there_or_not_shown(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    bram = browser_of(app, BRAM)
    monkeypatch.setattr(Workshop, "lacking", lambda *_args, **_more: pytest.fail("there is no draft"))
    assert bram.get(AT).status_code == 200
    monkeypatch.setattr(WordingStore, "drafts", lambda _store: pytest.fail("what is typed is shown"))
    assert "Dag Voorwerp" in bram.post(f"{AT}/voorbeeld", data=fields(nl_mail="Dag ((title)).")).text


@pytest.mark.journey
def test_the_editor_is_sound_and_its_example_follows_what_is_typed(page: Page, app: Flask) -> None:
    lotte = browser_of(app, LOTTE)
    write(browser_of(app, BRAM), nl_subject="Uw post is er", nl_mail="Gelieve dit te lezen.")
    with served(app) as base:
        page.context.add_cookies([{"name": each.key, "value": each.value, "url": base} for each in cookies_of(lotte)])
        seen = []
        for revision, path in enumerate((AT, "/beheer/teksten", AT)):
            page.goto(f"{base}{path}?taal=nl")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            seen.append(page.content())
            assert faults_on(page) == []
            if revision == 1:
                write(browser_of(app, BRAM), nl_subject="Uw post is er")
        page.get_by_label("E-mail", exact=True).fill("Dag ((title)).")
        example = page.frame_locator("iframe")
        expect(example.get_by_text("Dag Voorwerp op of aan de weg.")).to_be_visible()
        page.get_by_label("Wat u ziet").select_option("text.en")
        expect(example.get_by_role("heading", name="We have received your application")).to_be_visible()
        seen += [lotte.get(f"{AT}/voorbeeld").text, lotte.get(f"{AT}/voorbeeld?kijk=text.nl").text]
        assert html_check(seen) == []
