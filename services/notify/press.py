"""The press: makes the decision letter as PDF, with the decision as data inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from services.notify.domain.letters import Dates, Letter
from services.notify.domain.messages import Message
from services.notify.sheets import compose_card, compose_plain, compose_term_letter, has_card, term_title
from services.notify.writer import MailWriter
from shared.catalogue.definitions import Municipality
from shared.events import Language, Party, PrintOrdered
from shared.law.calendar import local_date
from shared.letters.letters import (
    Marks,
    address_lines,
    compose_decision,
    decision_json,
    draw_answers,
)
from shared.letters.pdf import PdfAttachment, make_pdf
from shared.natures import YOURS
from shared.values import TermLetter


class NoteLetterPress:
    """Presses the letters that stand for mails (the port `NotePress`)."""

    def __init__(self, municipality: Municipality, *, check_page: str, writer: MailWriter) -> None:
        """Speak for this municipality in the words of `writer`; letters can be checked at this page."""
        self._municipality = municipality
        self._check_page = check_page
        self._writer = writer

    def press_note(self, message: Message, *, party: Party, ordered: PrintOrdered, code: str, now: datetime) -> bytes:
        """Give the message to this addressee as PDF: in Dutch (Awb 2:6), then in the language they chose."""
        languages: list[Language] = ["nl"] if message.language == "nl" else ["nl", message.language]
        written = [self._writer.write_note(replace(message, language=each), ordered=ordered) for each in languages]
        heading, _ = written[0]
        parts = [
            _part_of(*part, answers=draw_answers(ordered.shown, language=language), language=language)
            for part, language in zip(written, languages, strict=True)
        ]
        html = compose_plain(
            Markup("").join(parts),
            subject=heading,
            address=address_lines(party),
            municipality=self._municipality,
            marks=Marks(
                reference=message.reference or "",
                code=code,
                check_page=self._check_page,
                status_link=message.link or "",
            ),
            sent_on=local_date(now),
        )
        return make_pdf(html, title=heading, language="nl", created=now)


def _part_of(heading: str, text: Markup, *, answers: Markup, language: Language) -> Markup:
    """The text in one language; the heading of the first stands above the letter already."""
    body = text + answers
    return (
        body
        if language == "nl"
        else Markup('<section lang="{}"><h2>{}</h2>{}</section>').format(language, heading, body)
    )


class LetterPress:
    """Presses letters of one municipality (the port `Press`)."""

    def __init__(self, municipality: Municipality, *, check_page: str, seal: Callable[[bytes], bytes] = bytes) -> None:
        """Speak for this municipality; letters can be checked at this page. `seal` seals what is made."""
        self._municipality = municipality
        self._check_page = check_page
        self._seal = seal

    def press(self, letter: Letter, *, dates: Dates, code: str, now: datetime) -> bytes:
        """Give the letter as PDF, a decision with `besluit.json` inside; its language is Dutch (Awb 2:6)."""
        marks = Marks(
            reference=letter.reference, code=code, check_page=self._check_page, status_link=letter.status_link
        )
        if isinstance(letter.content, TermLetter):
            return self._press_term(letter.content, marks=marks, dates=dates, now=now)
        content = decision_json(
            letter.content,
            reference=letter.reference,
            sent_on=dates.sent_on,
            objection_until=dates.objection_until,
        )
        html = compose_decision(
            letter.content,
            municipality=self._municipality,
            marks=marks,
            sent_on=dates.sent_on,
            objection_until=dates.objection_until,
        )
        inside = PdfAttachment(name="besluit.json", content=content, description="Het besluit als gegevens")
        title = f"Besluit over {YOURS[letter.content.nature].nl} {letter.reference}"
        return self._seal(make_pdf(html, title=title, language="nl", created=now, attachments=[inside]))

    def press_card(self, letter: Letter, *, dates: Dates, code: str, now: datetime) -> bytes | None:
        """Give the card for on site that belongs to a decision; None if there is none."""
        if isinstance(letter.content, TermLetter) or not has_card(letter.content):
            return None
        marks = Marks(reference=letter.reference, code=code, check_page=self._check_page)
        html = compose_card(letter.content, municipality=self._municipality, marks=marks, sent_on=dates.sent_on)
        return self._seal(make_pdf(html, title=f"Kaart {letter.reference}", language="nl", created=now))

    def _press_term(self, letter: TermLetter, *, marks: Marks, dates: Dates, now: datetime) -> bytes:
        html = compose_term_letter(
            letter,
            municipality=self._municipality,
            marks=marks,
            sent_on=dates.sent_on,
            objection_until=dates.objection_until,
        )
        title = term_title(letter, reference=marks.reference)
        return self._seal(make_pdf(html, title=title, language="nl", created=now))
