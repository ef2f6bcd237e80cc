"""What mails say: in both languages, in short sentences, and with nothing personal in them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from itertools import product

import pytest

from services.notify.domain.messages import Kind
from services.notify.ports import Mail
from shared.events import DigestLine, PrintOrdered, Words
from tests.services.notify.noor import NOW, REFERENCE, WRITER, message
from tests.shared.letters.samples import MUNICIPALITY

LINK = "http://forms.example/status/secret"
EVERY = list(product(Kind, ("nl", "en")))


def mail(kind: Kind, language: str = "nl", **changes: object) -> Mail:
    """The mail of this kind to Noor."""
    return WRITER.write(message(kind, language=language, **changes), link=LINK, now=NOW)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_every_kind_speaks_both_languages(kind: Kind, language: str) -> None:
    made = mail(kind, language)
    assert made.subject
    assert "\n" not in made.subject
    assert LINK in made.text
    assert f'href="{LINK}"' in made.html
    assert f'lang="{language}"' in made.html
    assert "14 033" in made.text
    assert "{" not in made.text + made.html


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_no_mail_says_anything_personal(kind: Kind, language: str) -> None:
    made = mail(kind, language)
    for said in (made.subject, made.text, made.html):
        assert "Noor" not in said
        assert "noor@example.org" not in said
        assert "Voorbeeldstraat" not in said


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_sentences_are_short(kind: Kind, language: str) -> None:
    made = mail(kind, language)
    prose = " ".join(line for line in made.text.splitlines() if not line.startswith("http"))
    sentences = re.split(r"(?<=\D)[.?!:] ", prose.replace(MUNICIPALITY.email, "x"))
    limit = 15 if language == "nl" else 20
    assert [each for each in sentences if len(each.split()) > limit] == []


def test_a_letter_says_what_its_mail_says_without_links_and_in_short_sentences() -> None:
    for kind, language in EVERY:
        sent = message(kind, language=language, recipient="")
        ordered = PrintOrdered(message_id=sent.id, text="Waarom?", shown=())
        heading, body = WRITER.write_note(sent, ordered=ordered)
        said = unescape(re.sub(r"<[^>]+>", " ", body.replace("<p>", "").replace("</p>\n", " ").strip()))
        assert heading == mail(kind, language).subject
        not_on_paper = r"http|\{|invalid|[Oo]p uw (eigen )?pagina|[Oo]n your (own )?page|bericht niet beantw"
        assert not re.search(not_on_paper, said), (kind, said)
        assert "14 033" in said
        limit = 15 if language == "nl" else 20
        long = [each for each in re.split(r"(?:[.?!:]|\)) (?=[A-Z(])", said) if len(each.split()) > limit]
        assert (kind, long) == (kind, [])


def test_a_receipt_on_paper_says_why_it_is_on_paper() -> None:
    ordered = PrintOrdered(message_id=message().id, text="", shown=())
    said = {
        by_post: WRITER.write_note(message(recipient=recipient, by_post=by_post), ordered=ordered)[1]
        for recipient, by_post in (("", False), ("noor@example.org", True))
    }
    assert "U gaf ons geen e-mailadres." in said[False]
    assert "Onze e-mail kwam niet bij u aan." in said[True]
    assert "geen e-mailadres" not in said[True]


def test_a_receipt_says_what_was_received_when_its_reference_and_the_day_of_decision() -> None:
    text = mail(Kind.RECEIPT).text
    assert "Op 24 november 2026 hebben wij uw aanvraag ontvangen. Het gaat om: Voorwerp op of aan de weg." in text
    assert f"Uw zaaknummer is {REFERENCE}." in text
    assert "Wij beslissen uiterlijk op 19 januari 2027." in text


def test_a_question_is_announced_but_not_told() -> None:
    text = mail(Kind.QUESTION).text
    assert "Geef antwoord uiterlijk op 19 januari 2027." in text
    assert "gezondheid" not in text


def test_a_decision_names_no_reference() -> None:
    made = mail(Kind.DECISION, reference=REFERENCE, day=None)
    assert REFERENCE not in made.text + made.html + made.subject


def test_a_decision_asks_how_it_went_where_there_is_a_page_to_say_so() -> None:
    page = "https://forms.example/status/token"
    assert f"Vertel ons hoe het ging: geef een cijfer:\n{page}#cijfer" in mail(Kind.DECISION, link=page).text
    assert "cijfer" not in mail(Kind.DECISION, link=None).text


def test_dates_are_in_the_language_of_the_reader_and_the_day_of_amsterdam() -> None:
    late = NOW.replace(hour=23, minute=30)
    assert "On 25 November 2026 we received" in mail(Kind.RECEIPT, "en", at=late).text


def test_a_title_cannot_become_markup_or_a_header() -> None:
    evil = Words(nl="<b>x</b>\r\nBcc: everyone@example.org", en="x")
    made = mail(Kind.RECEIPT, title=evil)
    assert "<b>" not in made.html
    assert "&lt;b&gt;" in made.html
    assert "Bcc" not in made.subject


def test_the_html_part_is_whole_and_brings_nothing_from_outside() -> None:
    made = mail(Kind.RECEIPT)
    page = _Tags()
    page.feed(made.html)
    assert page.open == []
    assert page.sources == []


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        self.sources += [name for name, _ in attrs if name in {"src", "background"}]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_morning_mail_gives_numbers_with_links_and_one_is_singular() -> None:
    lines = tuple(
        DigestLine(kind=kind, count=count, link=f"http://workflow.example/?lijst={kind}")
        for kind, count in (
            ("late", 1),
            ("today", 3),
            ("week", 2),
            ("answered", 1),
            ("mentioned", 2),
            ("stirred", 1),
            ("escalated", 4),
            ("free", 12),
        )
    )
    text = mail(Kind.MORNING, lines=lines, day=date(2026, 11, 24)).text
    assert "1 zaak is te laat:\nhttp://workflow.example/?lijst=late" in text
    assert "3 zaken moeten vandaag klaar zijn:" in text
    assert "U bent genoemd in 2 zaken:" in text
    assert "In 1 zaak die u volgt is iets gebeurd:" in text
    assert "12 zaken hebben nog geen behandelaar:" in text
    assert mail(Kind.MORNING, lines=lines, day=date(2026, 11, 24)).subject == "Uw zaken op 24 november 2026"
    english = mail(Kind.MORNING, "en", lines=lines, day=date(2026, 11, 24)).text
    assert "1 case is late:" in english
    assert "4 cases ask for your attention:" in english
