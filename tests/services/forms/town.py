"""What the municipality says of Noor's case."""

from __future__ import annotations

from datetime import date

from shared.events import AnswerRow, Condition, Contact, Decision, LegalStep, Nature, Party, Reason, Words

TITLE = Words(nl="Voorwerp op of aan de weg", en="Object on or beside the road")
CONTACT = Contact(name="Noor de Vries", email="noor@example.org", language="nl", status_link="http://forms.example/s/x")
STEP = LegalStep(
    text=Words(nl="8 weken na 24 november 2026 is 19 januari 2027.", en="8 weeks."), article="APV 1:2 lid 1"
)
DECISION = Decision(
    nature=Nature.PERMIT,
    result="granted",
    product="objecten",
    title=TITLE,
    applicant=Party(
        kind="person",
        name="Noor de Vries",
        organisation=None,
        kvk=None,
        email="noor@example.org",
        phone=None,
        address=None,
    ),
    received_on=date(2026, 11, 24),
    decided_on=date(2026, 11, 26),
    subject="U mag een container neerzetten.",
    place="Voorbeeldstraat 14, 3811 LX Amersfoort",
    starts=date(2027, 1, 14),
    ends=date(2027, 1, 18),
    facts=(AnswerRow(question="spot", label=Words(nl="Plek", en="Spot"), text=Words(nl="Voor", en="Front")),),
    reasons=(Reason(text="Voetgangers kunnen er goed langs.", source="APV 2:10 lid 1"),),
    conditions=(
        Condition(text="Laat 1,80 meter stoep vrij.", because="Dan kan een rolstoel er langs.", source="APV 1:4 lid 1"),
    ),
    views=(),
    legal_basis=("APV 2:10 lid 1",),
    fee_cents=5000,
    fee_source="Legesverordening",
    handler="Samir Haddad",
    signatory="Teamleider Vergunningen",
    authority="het college van burgemeester en wethouders",
)
