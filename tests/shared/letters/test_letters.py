"""What a letter says, and that nothing a person typed becomes more than text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from shared.events import AnswerSection, Decision
from shared.letters.letters import ASSETS, decision_json
from tests.shared.letters.samples import (
    DECISIONS,
    GRANTED,
    HOSTILE,
    MUNICIPALITY,
    REFERENCE,
    REFUSED,
    SENT_ON,
    UNTIL,
    answers_page,
    letter_page,
    row,
    words,
)

VOID = {"meta", "link", "br", "img"}
BLOCKS = {"title", "p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "caption", "address"}
END = " \n\n "


class Page(HTMLParser):
    """The text of a page as people read it, and the elements it is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.open: list[str] = []
        self.pictures: list[str] = []
        self.said: list[str] = []
        self.feed(page)

    @property
    def text(self) -> str:
        return " ".join("".join(self.said).split())

    @property
    def sentences(self) -> list[str]:
        """What stands between full stops; the end of a paragraph is one too."""
        blocks = [" ".join(block.split()) for block in "".join(self.said).split(END)]
        return [each for block in blocks for each in re.split(r"(?<=[a-z0-9)’])[.?!:](?= [A-Z(]|$)", block) if each]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "img":
            self.pictures.append((dict(attrs)["src"] or "")[:23])
        if tag == "br":
            self.said.append(" ")
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.said.append(END if tag in BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def text_of(decision: Decision) -> str:
    """The words of the letter."""
    return Page(letter_page(decision)).text


def test_the_decision_stands_first() -> None:
    text = text_of(GRANTED)
    assert "Beste Noor de Vries, U krijgt de vergunning. Op 16 november 2026 kregen wij uw aanvraag" in text
    assert "U krijgt de vergunning niet." in text_of(REFUSED)


@pytest.mark.parametrize(
    "part",
    [
        "Gemeente Amersfoort, Postbus 9999, 3800 ZZ Amersfoort",
        "Noor de Vries Voorbeeldstraat 14 3811 LX AMERSFOORT",
        "Verzonden op 24 november 2026",
        f"Zaaknummer {REFERENCE}",
        "Behandeld door Samir Haddad",
        "Besluit over: Een container op de stoep",
        "Waar Voorbeeldstraat 14, 3811 LX Amersfoort",
        "Wanneer van 14 december 2026 tot en met 18 december 2026",
        "Voorwerpen 1 container van 4,00 bij 2,00 meter",
        "Voetgangers en hulpdiensten kunnen er goed langs. (APV 2:10 lid 1)",
        "Wij besluiten dit volgens deze regels: APV 2:10 lid 1 Awb 10:3",
        "APV betekent: Algemene plaatselijke verordening.",
        "Bij deze vergunning horen 2 voorwaarden.",
        "Leg planken onder de container. Waarom? Zo blijft de straat heel. (APV 1:4)",
        "betaalt u € 1.210,00.",
        "Vanaf die dag geldt het besluit.",
        "U kunt bezwaar maken tot en met dinsdag 5 januari 2027.",
        "Online: https://www.amersfoort.example/bezwaar",
        "Met een brief aan het college van burgemeester en wethouders, Gemeente Amersfoort, Commissie",
        "Doe uw brief uiterlijk op 5 januari 2027 op de post.",
        "waarom u het niet eens bent met het besluit",
        "Dat heet een voorlopige voorziening.",
        "U vraagt dit aan de rechtbank Midden-Nederland.",
        "namens het college van burgemeester en wethouders, Teamleider Vergunningen",
        "Bel ons op 14 033 of mail naar vergunningen@amersfoort.example.",
        "Bijlage in deze PDF: besluit.json",
    ],
)
def test_a_letter_says_all_that_the_law_wants(part: str) -> None:
    assert part in text_of(GRANTED)


def test_a_refusal_has_no_conditions_and_says_that_the_fee_stays() -> None:
    text = text_of(replace(REFUSED, conditions=GRANTED.conditions))
    assert "voorwaarden" not in text
    assert "Dit bedrag betaalt u ook als wij nee zeggen." in text
    assert "Dan mag u een nieuwe aanvraag doen." in text


def test_one_condition_is_not_called_conditions() -> None:
    assert "Bij deze vergunning hoort één voorwaarde." in text_of(replace(GRANTED, conditions=GRANTED.conditions[:1]))


def test_a_free_decision_says_so_and_an_unknown_fee_says_nothing() -> None:
    assert "betaalt u niets." in text_of(replace(GRANTED, fee_cents=0))
    assert "betaalt" not in text_of(replace(GRANTED, fee_cents=None)).replace("Wat het kost", "")


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (date(2026, 12, 14), None, "Wanneer vanaf 14 december 2026"),
        (date(2026, 12, 14), date(2026, 12, 14), "Wanneer op 14 december 2026"),
    ],
)
def test_a_period_reads_as_a_person_would_say_it(starts: date, ends: date | None, said: str) -> None:
    assert said in text_of(replace(GRANTED, starts=starts, ends=ends))


def test_a_company_is_addressed_with_the_person_to_talk_to() -> None:
    party = replace(GRANTED.applicant, kind="company", organisation="Bouwbedrijf Voorbeeld", kvk="12345678")
    assert "Bouwbedrijf Voorbeeld t.a.v. Noor de Vries Voorbeeldstraat 14" in text_of(replace(GRANTED, applicant=party))


@pytest.mark.parametrize("decision", DECISIONS.values(), ids=DECISIONS)
def test_what_a_person_typed_never_becomes_markup(decision: Decision) -> None:
    page = Page(letter_page(decision))
    assert page.pictures == ["square?https%3A%2F%2Fbr", "square?https%3A%2F%2Fba"]
    assert page.elements.isdisjoint({"script", "iframe", "object", "style", "base"})
    assert page.open == []
    assert "49" not in page.text


def test_a_hostile_name_is_read_as_it_was_typed_but_for_signs_that_deceive() -> None:
    text = text_of(replace(GRANTED, applicant=replace(GRANTED.applicant, name=HOSTILE)))
    assert "Beste <img src=file:///etc/passwd><script>x</script> {{7*7}} {% raw %} &amp; neppen" in text
    assert not {"\u202e", "\u202c", "\x00", "\x1b"} & set(text)


@pytest.mark.parametrize("decision", [GRANTED, REFUSED], ids=["granted", "refused"])
def test_no_sentence_of_ours_is_longer_than_fifteen_words(decision: Decision) -> None:
    sentences = Page(letter_page(decision)).sentences
    assert [each for each in sentences if len(each.split()) > 15 and "Commissie" not in each] == []


def test_a_preview_names_its_stylesheet_and_no_attachment() -> None:
    page = letter_page(GRANTED, stylesheet="/static/letters/letter.css")
    assert '<link rel="stylesheet" href="/static/letters/letter.css">' in page
    assert "besluit.json" not in page
    assert (ASSETS / "letter.css").exists()


def test_the_decision_as_data_holds_what_the_letter_says() -> None:
    content = json.loads(decision_json(GRANTED, reference=REFERENCE, sent_on=SENT_ON, objection_until=UNTIL))
    assert content["reference"] == REFERENCE
    assert content["objectionUntil"] == "2027-01-05"
    assert content["decision"]["conditions"][1]["text"] == "Leg planken onder de container."


def test_a_copy_of_the_answers_tells_the_local_time_of_receipt() -> None:
    page = answers_page(AnswerSection(title=words("Wat zet u neer?"), rows=(row("Voorwerp", "Een container"),)))
    text = Page(page).text
    assert "Uw antwoorden: Voorwerp op of aan de weg" in text
    assert "Ontvangen op 24 november 2026, 00.30 uur" in text
    assert "Wat zet u neer? Voorwerp Een container" in text


def test_a_copy_of_the_answers_speaks_the_language_of_the_resident() -> None:
    page = answers_page(AnswerSection(title=words("What"), rows=(row("Object", HOSTILE),)), language="en")
    assert '<html lang="en">' in page
    assert "Received on 24 November 2026, 00:30" in Page(page).text
    assert Page(page).pictures == ["square?https%3A%2F%2Fba"]


def test_a_step_without_answers_leaves_no_empty_heading() -> None:
    empty = AnswerSection(title=words("Leeg"), rows=())
    assert "Leeg" not in answers_page(empty)
    assert MUNICIPALITY.name in answers_page(empty)
