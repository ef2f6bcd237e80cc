"""A letter as PDF: it lasts (PDF/A-3a), everyone can read it (PDF/UA-1), and it takes nothing from outside."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache

import page as checker
import pikepdf
import pytest

from shared.letters.pdf import ForeignAssetError, _in_our_fonts, _tools, make_pdf, warm_up
from tests.shared.letters.every import every_decision, every_page
from tests.shared.letters.samples import (
    DECISIONS,
    GRANTED,
    NOW,
    REFERENCE,
    letter_page,
    letter_pdf,
)
from tests.shared.letters.test_letters import Page
from tests.shared.letters.words import drawn_on, words_of


@cache
def pressed(name: str) -> bytes:
    """One of the sample letters, pressed once for all tests."""
    return letter_pdf(DECISIONS[name])


def opened(content: bytes) -> pikepdf.Pdf:
    """The structure of a PDF."""
    return pikepdf.open(io.BytesIO(content))


def faults(content: bytes) -> list[str]:
    """What is wrong with a PDF, by the checker that agrees with veraPDF on its whole corpus.

    It looks back from `endstream`, so it takes a CR at the end of data for a part of the ending. The letter's own
    streams leave it no doubt; the two that the maker adds itself end with a CR in one letter of 128.
    """
    reports = [checker.validate_pdf_bytes(content, profile=profile) for profile in ("3a", "ua1")]
    found = [f"{failure.rule_id}: {failure.message}" for report in reports for failure in report.failures]
    doubtful = re.search(rb"/Type /(ObjStm|XRef)(?:(?!endstream).)*\r\nendstream", content, re.DOTALL)
    return [each for each in found if not (doubtful and each.startswith("PDFA3A-STREAM-LENGTH-001"))]


def text_in(content: bytes) -> str:
    """The words that the fonts of a PDF map its glyphs to, in the order they are drawn."""
    return "".join(words_of(each) for each in opened(content).pages)


def lost(content: bytes, *, page: str) -> Counter[str]:
    """The signs of a page that cannot be read back from its PDF, however often each."""
    said = Page(_in_our_fonts(re.sub("<title>.*?</title>", "", page, flags=re.DOTALL))).text
    return _signs(said) - _signs(text_in(content))


def test_every_decision_lasts_can_be_read_by_everyone_and_loses_no_sign_of_its_text() -> None:
    for name, decision in DECISIONS.items():
        content = pressed(name)
        assert (name, faults(content), lost(content, page=letter_page(decision))) == (name, [], Counter())


def test_a_decision_of_each_kind_with_each_result_lasts_and_can_be_read_by_everyone() -> None:
    for name, decision in every_decision():
        content = make_pdf(letter_page(decision), title=name, language="nl", created=NOW)
        assert (name, faults(content), lost(content, page=letter_page(decision))) == (name, [], Counter())


def test_every_other_letter_lasts_can_be_read_by_everyone_and_loses_no_sign_of_its_text() -> None:
    for name, language, page in every_page():
        content = make_pdf(page, title=name, language=language, created=NOW)
        assert (name, faults(content), lost(content, page=page)) == (name, [], Counter())


def test_codes_have_a_text_and_tables_have_headers_for_who_does_not_see_them() -> None:
    pdf = opened(pressed("granted"))
    elements = _elements(pdf.Root.StructTreeRoot)
    figures = [str(each.Alt) for each in elements if each.S == "/Figure"]
    assert sorted(figures) == ["QR-code: controleer deze brief", "QR-code: de pagina van uw zaak"]
    cells = [each for each in elements if each.S == "/TD"]
    assert len(cells) == 5
    assert all(len(each.A.Headers) == 1 for each in cells)


def test_a_letter_names_its_language_title_author_and_moment() -> None:
    pdf = opened(pressed("granted"))
    assert pdf.Root.Lang == "nl"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.docinfo.Title == f"Besluit over uw aanvraag {REFERENCE}"
    assert pdf.docinfo.Author == "Gemeente Amersfoort"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["xmp:CreateDate"] == "2026-11-24T09:30:00Z"


def test_a_letter_has_headings_lists_a_table_with_headers_and_bookmarks() -> None:
    pdf = opened(pressed("granted"))
    kinds = [str(element.S) for element in _elements(pdf.Root.StructTreeRoot)]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/P", "/L", "/LI", "/LBody", "/Table", "/TR", "/TH", "/TD"} <= set(kinds)
    with pdf.open_outline() as outline:
        titles = [item.title for item in _items(outline.root)]
    assert "Bent u het er niet mee eens?" in titles


def test_a_letter_carries_the_decision_as_data() -> None:
    pdf = opened(pressed("granted"))
    attached = pdf.attachments["besluit.json"]
    assert attached.obj.AFRelationship == "/Data"
    assert attached.get_file().mime_type == "application/json"
    content = json.loads(attached.get_file().read_bytes())
    assert content["decision"]["applicant"]["name"] == "Noor de Vries"


def test_a_letter_is_made_of_our_own_fonts_alone() -> None:
    names = {name for sample in DECISIONS for name in _fonts(opened(pressed(sample)))}
    assert names
    assert all(re.match(r"/[A-Z]{6}\+Balie\b", name) for name in names)


def test_the_same_letter_gives_the_same_bytes() -> None:
    again = letter_pdf(GRANTED)
    assert hashlib.sha256(again).digest() == hashlib.sha256(pressed("granted")).digest()


def test_another_moment_gives_another_file() -> None:
    html = letter_page(GRANTED)
    first = make_pdf(html, title="-", language="nl", created=NOW)
    assert first != make_pdf(html, title="-", language="nl", created=NOW + timedelta(seconds=1))


def test_the_words_of_the_page_are_the_words_of_the_letter() -> None:
    drawn = re.sub(r"\s+", "", text_in(pressed("granted")))
    for said in ("U krijgt de vergunning.", "dinsdag 5 januari 2027", "Voorbeeldstraat 14", "Bladzijde 1 van 2"):
        assert said.replace(" ", "") in drawn


def test_a_line_that_just_fits_before_its_source_is_not_broken_after_one_word() -> None:
    said = "tijdelijke maatregel vragen. Dat heet een voorlopige voorziening. Dit kan alleen als u ook in beroep gaat."
    page = f"<html lang='nl'><title>-</title><p>{said} <span class='source'>(Awb 8:81)</span>"
    pdf = opened(make_pdf(page, title="-", language="nl", created=NOW))
    assert said.replace(" ", "") in [each.replace(" ", "") for each in drawn_on(pdf.pages[0])]


def test_hostile_text_is_drawn_as_text() -> None:
    drawn = text_in(pressed("hostile"))
    for said in ("<img", "file:///etc/passwd", "{{7*7}}", "[U+6F22]", "[U+5B57]", "שלום"[::-1]):
        assert said in drawn or said[::-1] in drawn, said
    assert "root:" not in drawn


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:1/x.png", "data:image/png;base64,AAAA", "letter.css?x", "//x/y"]
)
def test_nothing_but_our_own_assets_is_ever_fetched(address: str) -> None:
    page = f"<html lang='nl'><title>x</title><p><img alt='x' src='{address}'></p>"
    with pytest.raises(ForeignAssetError):
        make_pdf(page, title="x", language="nl", created=NOW)


def test_a_warm_press_is_quiet(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        warm_up()
        make_pdf(letter_page(GRANTED), title="-", language="nl", created=datetime.now(UTC))
    assert caplog.records == []


def test_a_process_that_presses_nothing_does_not_carry_the_press() -> None:
    code = "import sys, shared.letters.pdf, services.notify.main; print('weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_no_element_gets_a_style_for_what_letters_do_not_have() -> None:
    (basis,) = _tools().page(string="<p>-</p>")._ua_stylesheets()
    of_every_element = {pseudo for _test, _weight, _order, pseudo, _what in basis.matcher.other_selectors}
    assert of_every_element == {None}


def _elements(root: pikepdf.Object) -> list[pikepdf.Object]:
    found, waiting = [], [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting.extend(element)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append(element)
            if "/K" in element:
                waiting.append(element.K)
    return found


def _items(items: list[pikepdf.OutlineItem]) -> list[pikepdf.OutlineItem]:
    return [each for item in items for each in (item, *_items(item.children))]


def _fonts(pdf: pikepdf.Pdf) -> set[str]:
    return {str(font.BaseFont) for each in pdf.pages for font in each.Resources.Font.values()}


def _signs(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFC", text)
    return Counter(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) not in {"Cf", "Cc"})
