"""The press: makes the decision letter as PDF, with the decision as data inside."""

from __future__ import annotations

from datetime import datetime

from services.notify.domain.letters import Dates, Letter
from shared.catalogue.definitions import Municipality
from shared.letters.letters import compose_decision, compose_term_letter, decision_json
from shared.letters.pdf import PdfAttachment, make_pdf
from shared.natures import YOURS
from shared.values import TermLetter


class LetterPress:
    """Presses letters of one municipality (the port `Press`)."""

    def __init__(self, municipality: Municipality) -> None:
        """Speak for this municipality."""
        self._municipality = municipality

    def press(self, letter: Letter, *, dates: Dates, now: datetime) -> bytes:
        """Give the letter as PDF, a decision with `besluit.json` inside; its language is Dutch (Awb 2:6)."""
        if isinstance(letter.content, TermLetter):
            return self._press_term(letter.content, reference=letter.reference, dates=dates, now=now)
        content = decision_json(
            letter.content,
            reference=letter.reference,
            sent_on=dates.sent_on,
            objection_until=dates.objection_until,
        )
        html = compose_decision(
            letter.content,
            municipality=self._municipality,
            reference=letter.reference,
            sent_on=dates.sent_on,
            objection_until=dates.objection_until,
        )
        inside = PdfAttachment(name="besluit.json", content=content, description="Het besluit als gegevens")
        title = f"Besluit over {YOURS[letter.content.nature].nl} {letter.reference}"
        return make_pdf(html, title=title, language="nl", created=now, attachments=[inside])

    def _press_term(self, letter: TermLetter, *, reference: str, dates: Dates, now: datetime) -> bytes:
        html = compose_term_letter(
            letter,
            municipality=self._municipality,
            reference=reference,
            sent_on=dates.sent_on,
            objection_until=dates.objection_until,
        )
        title = f"De termijn voor {YOURS[letter.nature].nl} {reference}"
        return make_pdf(html, title=title, language="nl", created=now)
