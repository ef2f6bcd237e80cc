"""Letters to press in tests: short, long, hostile and written from right to left, with invented people."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from shared.events import Address, AnswerRow, AnswerSection, Condition, Decision, Nature, Party, Reason, Words
from shared.letters.letters import Marks, compose_answers, compose_decision, decision_json
from shared.letters.pdf import PdfAttachment, make_pdf
from shared.wire import schema_of, to_wire
from tests.products import CATALOGUE

MUNICIPALITY: Final = CATALOGUE.municipality
REFERENCE: Final = "Z-2026-K4T9-2QXM"
NOW: Final = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SENT_ON: Final = date(2026, 11, 24)
UNTIL: Final = date(2027, 1, 5)
MARKS: Final = Marks(
    reference=REFERENCE,
    code="7K2M-9QXR-4TBV-PN6D",
    check_page="https://brieven.voorbeeld.example/controleren",
    status_link="https://balie.voorbeeld.example/status/0123456789abcdef0123456789abcdef",
)

HOSTILE: Final = (
    "<img src=file:///etc/passwd><script>x</script> {{7*7}} {% raw %} &amp; \u202eneppen\u202c \x00\x1b "
    "\ufeff\u200b 😀👍🏽 漢字 q\u0301 שלום עולם مرحبا بالعالم"
)


def words(text: str) -> Words:
    """The same text in both languages."""
    return Words(nl=text, en=text)


def row(label: str, text: str) -> AnswerRow:
    """One answer."""
    return AnswerRow(question="q", label=words(label), text=words(text))


GRANTED: Final = Decision(
    nature=Nature.PERMIT,
    result="granted",
    product="objecten",
    title=Words(nl="Voorwerp op of aan de weg", en="Object on or beside the road"),
    applicant=Party(
        kind="person",
        name="Noor de Vries",
        organisation=None,
        kvk=None,
        email="noor@example.org",
        phone=None,
        address=Address(postcode="3811 LX", number="14", street="Voorbeeldstraat", town="Amersfoort"),
    ),
    received_on=date(2026, 11, 16),
    decided_on=date(2026, 11, 24),
    subject="Een container op de stoep",
    place="Voorbeeldstraat 14, 3811 LX Amersfoort",
    starts=date(2026, 12, 14),
    ends=date(2026, 12, 18),
    facts=(row("Voorwerpen", "1 container van 4,00 bij 2,00 meter"), row("Oppervlakte", "8,00 m²")),
    reasons=(Reason(text="Voetgangers en hulpdiensten kunnen er goed langs.", source="APV 2:10 lid 1"),),
    conditions=(
        Condition(
            text="Houd minstens 1,80 meter stoep vrij.", because="Dan kan een rolstoel er langs.", source="APV 1:4"
        ),
        Condition(text="Leg planken onder de container.", because="Zo blijft de straat heel.", source="APV 1:4"),
    ),
    views=(),
    legal_basis=("APV 2:10 lid 1", "Awb 10:3"),
    fee_cents=121_000,
    fee_source="Legesverordening 2026",
    handler="Samir Haddad",
    signatory="Teamleider Vergunningen",
    authority="het college van burgemeester en wethouders",
)
REFUSED: Final = replace(
    GRANTED,
    result="refused",
    conditions=(),
    reasons=(Reason(text="Voetgangers kunnen er niet veilig langs.", source="APV 2:10 lid 1 en 1:8 onder b"),),
)
SHORT: Final = replace(
    REFUSED,
    applicant=replace(GRANTED.applicant, name="O", address=None),
    place=None,
    starts=None,
    ends=None,
    facts=(),
    legal_basis=(),
    fee_cents=None,
    fee_source=None,
)
LONG: Final = replace(
    GRANTED,
    applicant=replace(GRANTED.applicant, organisation="Stichting " + "Buurt en Wijk " * 12, kvk="12345678"),
    facts=tuple(row(f"Feit {number}", "Een lange toelichting op dit feit. " * 12) for number in range(20)),
    conditions=GRANTED.conditions * 20,
)
EVIL: Final = replace(
    GRANTED,
    applicant=replace(
        GRANTED.applicant,
        name=HOSTILE,
        address=Address(postcode=HOSTILE, number=HOSTILE, street=HOSTILE, town=HOSTILE),
    ),
    subject=HOSTILE,
    place="W" * 5000,
    facts=(row(HOSTILE, HOSTILE * 30),),
    reasons=(Reason(text=f"een\ntwee\n{HOSTILE}", source=HOSTILE),),
    conditions=(Condition(text=HOSTILE, because=HOSTILE, source=HOSTILE),),
    handler=HOSTILE,
)
RIGHT_TO_LEFT: Final = replace(
    GRANTED,
    applicant=replace(GRANTED.applicant, name="نور عبد الله"),
    subject="حاوية على الرصيف",
    facts=(row("Toelichting", "אני רוצה להציב מכולה ברחוב 14"),),
)

DECISIONS: Final = {
    "granted": GRANTED,
    "refused": REFUSED,
    "short": SHORT,
    "long": LONG,
    "hostile": EVIL,
    "right to left": RIGHT_TO_LEFT,
}


def storable(decision: Decision) -> Decision:
    """The decision without the one sign that no door lets in, since PostgreSQL cannot keep it."""
    return schema_of(Decision).load(json.loads(json.dumps(to_wire(decision)).replace("\\u0000", "")))  # type: ignore[no-any-return]


def letter_page(decision: Decision, *, stylesheet: str | None = None) -> str:
    """The letter as HTML."""
    return compose_decision(
        decision,
        municipality=MUNICIPALITY,
        marks=Marks(reference=REFERENCE) if stylesheet else MARKS,
        sent_on=SENT_ON,
        objection_until=UNTIL,
        stylesheet=stylesheet,
    )


def letter_pdf(decision: Decision) -> bytes:
    """The letter as PDF, with the decision inside."""
    inside = PdfAttachment(
        name="besluit.json",
        content=decision_json(decision, reference=REFERENCE, sent_on=SENT_ON, objection_until=UNTIL),
        description="Het besluit als gegevens",
    )
    title = f"Besluit over uw aanvraag {REFERENCE}"
    return make_pdf(letter_page(decision), title=title, language="nl", created=NOW, attachments=[inside])


def answers_page(*sections: AnswerSection, language: str = "nl") -> str:
    """The copy of the answers as HTML."""
    return compose_answers(
        sections,
        municipality=MUNICIPALITY,
        marks=replace(MARKS, code=""),
        received_at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
        title=GRANTED.title,
        language="en" if language == "en" else "nl",
    )
