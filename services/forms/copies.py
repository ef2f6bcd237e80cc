"""Presses the copy of someone's answers, which is theirs by Awb 2:17 lid 2."""

from __future__ import annotations

from datetime import datetime

from services.forms.domain.cosigning import Cosigning, told_of
from services.forms.domain.masking import mask_answers
from services.forms.domain.natures import WORDS
from services.forms.domain.pages import Form
from services.forms.domain.showing import show
from services.forms.queries import Submitted
from shared.catalogue.definitions import Municipality, Product
from shared.events import Language, RuleOutcome
from shared.letters.letters import Marks, Statement, compose_answers, compose_statement
from shared.letters.pdf import make_pdf


def press_answers(
    submitted: Submitted,
    *,
    cosign: Cosigning | None,
    municipality: Municipality,
    language: Language,
    status_link: str,
) -> bytes:
    """The answers as an accessible, lasting PDF (PDF/A-3a, PDF/UA-1), with the way to the page of the case.

    The same answers give the same bytes.
    """
    html = compose_answers(
        (*submitted.shown, *((told_of(cosign),) if cosign else ())),
        municipality=municipality,
        marks=Marks(reference=submitted.reference, status_link=status_link),
        received_at=submitted.received_at,
        title=submitted.title,
        language=language,
    )
    title = f"{'Uw antwoorden' if language == 'nl' else 'Your answers'} {submitted.reference}"
    return make_pdf(html, title=title, language=language, created=submitted.received_at)


def press_statement(
    form: Form, *, outcome: RuleOutcome, municipality: Municipality, language: Language, at: datetime
) -> bytes:
    """The statement that nothing needs to be asked for, as an accessible, lasting PDF."""
    statement = Statement(
        heading=WORDS[form.product.nature].not_needed,
        title=form.product.title,
        because=outcome.because,
        source=outcome.source,
        sections=show(form.product, evaluation=form.progress.evaluation),
    )
    html = compose_statement(statement, municipality=municipality, made_at=at, language=language)
    title = f"{getattr(statement.heading, language)}: {getattr(statement.title, language)}"
    return make_pdf(html, title=title, language=language, created=at)


def plain_answers(submitted: Submitted, *, product: Product, cosign: Cosigning | None) -> dict[str, object]:
    """The answers as data for other programs, without citizen service numbers in full."""
    return {
        "reference": submitted.reference,
        "product": submitted.product,
        "version": submitted.version,
        "title": getattr(submitted.title, submitted.language),
        "receivedAt": submitted.received_at.isoformat(),
        "secondSignatory": _plain_cosign(cosign) if cosign else None,
        "answers": mask_answers(product.questions, answers=submitted.answers, language=submitted.language),
        "shown": [
            {
                "title": getattr(section.title, submitted.language),
                "rows": [
                    {
                        "question": row.question,
                        "label": getattr(row.label, submitted.language),
                        "text": getattr(row.text, submitted.language),
                    }
                    for row in section.rows
                ],
            }
            for section in submitted.shown
        ],
    }


def _plain_cosign(cosign: Cosigning) -> dict[str, object]:
    at = cosign.answered_at
    return {"name": cosign.name, "agreed": cosign.agreed, "answeredAt": at.isoformat() if at else None}
