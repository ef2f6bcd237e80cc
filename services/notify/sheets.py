"""Composes what only notify writes: letters about the term, cards for on site, evidence, and texts from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from markupsafe import Markup

from shared.catalogue.definitions import Municipality
from shared.events import Decision, Nature, Words
from shared.letters.letters import Marks, moment, render
from shared.natures import GIVES, YOURS
from shared.values import TermLetter

_ON_SITE: Final = {
    Nature.PERMIT: Words(nl="Vergunning", en="Permit"),
    Nature.REPORT: Words(nl="Melding", en="Notification"),
}
"""What hangs on site, by what the applicant did."""
_ABOUT_TERM: Final = {
    "extension": "Wij hebben meer tijd nodig",
    "penalty": "U krijgt geld van ons",
    "withdrawal": "Wij trekken in wat u kreeg",
    "conditions": "Er komen regels bij wat u kreeg",
}
_SHORT: Final = 80
_FEW: Final = 3
"""So many facts, of so many signs at most, leave a card one page."""


def has_card(decision: Decision) -> bool:
    """Tell whether there is a card for on site: what is allowed at a place, and in a time that passers-by can read."""
    return bool(decision.nature in _ON_SITE and decision.result in GIVES and decision.place and decision.starts)


def compose_card(decision: Decision, *, municipality: Municipality, marks: Marks, sent_on: date) -> str:
    """Write the card to hang up on site: what, where and until when; it names nobody."""
    return render(
        "card.html",
        language="nl",
        heading=_ON_SITE[decision.nature],
        decision=decision,
        facts=[each for each in decision.facts if len(each.text.nl) <= _SHORT][:_FEW],
        municipality=municipality,
        marks=marks,
        sent_on=sent_on,
    )


def compose_term_letter(
    letter: TermLetter, *, municipality: Municipality, marks: Marks, sent_on: date, objection_until: date
) -> str:
    """Write a letter about the term of a case; the remedies stand in it where one can object (Awb 3:45)."""
    return render(
        "term.html",
        language="nl",
        title=term_title(letter, reference=marks.reference),
        heading=_ABOUT_TERM[letter.kind],
        decision=letter,
        yours=YOURS[letter.nature].nl,
        municipality=municipality,
        marks=marks,
        sent_on=sent_on,
        objection_until=objection_until,
    )


def term_title(letter: TermLetter, *, reference: str) -> str:
    """Name a letter about the term of a case."""
    return f"{_ABOUT_TERM[letter.kind]}: {reference}"


@dataclass(frozen=True, kw_only=True)
class EvidenceStep:
    """One thing that was done with a message: when (aware), what, at which system or address, and its answer."""

    at: datetime
    what: str
    where: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """How a message got to somebody (Awb 2:25): its facts as label and text, and each step in the order of time."""

    heading: str
    facts: Sequence[tuple[str, str]]
    steps: Sequence[EvidenceStep]


def compose_evidence(evidence: Evidence, *, municipality: Municipality, marks: Marks, made_at: datetime) -> str:
    """Write the evidence of one message, in Dutch; `made_at` is aware."""
    return render(
        "evidence.html",
        language="nl",
        evidence=evidence,
        municipality=municipality,
        marks=marks,
        made=moment(made_at, language="nl"),
    )


def compose_plain(
    body: Markup, *, subject: str, address: Sequence[str], municipality: Municipality, marks: Marks, sent_on: date
) -> str:
    """Write a letter whose text comes from elsewhere; `address` are the lines in the window."""
    return render(
        "plain.html",
        language="nl",
        body=body,
        subject=subject,
        address=address,
        municipality=municipality,
        marks=marks,
        sent_on=sent_on,
    )
