"""The press: makes the decision letter as PDF, with the decision as data inside."""

from __future__ import annotations

from datetime import datetime

from services.notify.domain.letters import Dates, Letter
from shared.catalogue.definitions import Municipality
from shared.letters.letters import compose_decision, decision_json
from shared.letters.pdf import PdfAttachment, make_pdf


class LetterPress:
    """Presses letters of one municipality (the port `Press`)."""

    def __init__(self, municipality: Municipality) -> None:
        """Speak for this municipality."""
        self._municipality = municipality

    def press(self, letter: Letter, *, dates: Dates, now: datetime) -> bytes:
        """Give the letter as PDF with `besluit.json` inside; the language of a decision is Dutch (Awb 2:6)."""
        content = decision_json(
            letter.decision,
            reference=letter.reference,
            sent_on=dates.sent_on,
            objection_until=dates.objection_until,
        )
        html = compose_decision(
            letter.decision,
            municipality=self._municipality,
            reference=letter.reference,
            sent_on=dates.sent_on,
            objection_until=dates.objection_until,
        )
        inside = PdfAttachment(name="besluit.json", content=content, description="Het besluit als gegevens")
        title = f"Besluit over uw aanvraag {letter.reference}"
        return make_pdf(html, title=title, language="nl", created=now, attachments=[inside])
