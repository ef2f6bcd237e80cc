"""How the letter of a decision speaks of the thing itself, by what the applicant did; in Dutch (Awb 2:6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.events import Decision, Nature
from shared.natures import GIVES, YOURS, outcome_words


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """`given`, `not_given`: heading and caption above what was asked. `again`: if what is so, one may ask what."""

    given: tuple[str, str]
    not_given: tuple[str, str]
    this: str
    again: tuple[str, str]


_PHRASES: Final[Mapping[Nature, Phrases]] = {
    Nature.PERMIT: Phrases(
        given=("Wat u mag doen", "U krijgt de vergunning voor:"),
        not_given=("Wat u wilde doen", "U vroeg een vergunning voor:"),
        this="deze vergunning",
        again=("Kunt u uw plan aanpassen?", "een nieuwe aanvraag"),
    ),
    Nature.REPORT: Phrases(
        given=("Wat u mag doen", "Uw melding gaat over:"),
        not_given=("Wat u wilde doen", "Uw melding gaat over:"),
        this="deze melding",
        again=("Kunt u uw plan aanpassen?", "een nieuwe melding"),
    ),
    Nature.REQUEST: Phrases(
        given=("Wat u vroeg", "Uw verzoek gaat over:"),
        not_given=("Wat u vroeg", "Uw verzoek gaat over:"),
        this="dit besluit",
        again=("Wilt u iets anders vragen?", "een nieuw verzoek"),
    ),
    Nature.CARD: Phrases(
        given=("Wat u krijgt", "U krijgt de kaart voor:"),
        not_given=("Wat u vroeg", "U vroeg een kaart voor:"),
        this="deze kaart",
        again=("Verandert er iets in uw situatie?", "een nieuwe aanvraag"),
    ),
    Nature.INITIATIVE: Phrases(
        given=("Wat u voorstelde", "Uw voorstel gaat over:"),
        not_given=("Wat u voorstelde", "Uw voorstel gaat over:"),
        this="dit besluit",
        again=("Kunt u uw voorstel aanpassen?", "een nieuw voorstel"),
    ),
    Nature.OBJECTION: Phrases(
        given=("Uw bezwaar", "Uw bezwaar gaat over:"),
        not_given=("Uw bezwaar", "Uw bezwaar gaat over:"),
        this="dit besluit",
        again=("Is er een nieuw besluit?", "een nieuw bezwaar"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """The phrases of one letter. `gives`: the applicant gets something, to which conditions may belong."""

    outcome: str
    yours: str
    heading: str
    caption: str
    this: str
    again: str
    gives: bool


def spoken(decision: Decision) -> Spoken:
    """Choose the phrases for this decision."""
    phrases = _PHRASES[decision.nature]
    gives = decision.result in GIVES
    changed, anew = phrases.again
    heading, caption = phrases.given if gives and decision.result != "granted_partly" else phrases.not_given
    return Spoken(
        outcome=outcome_words(decision.result, nature=decision.nature).nl + ".",
        yours=YOURS[decision.nature].nl,
        heading=heading,
        caption=caption,
        this=phrases.this,
        again=f"U mag altijd {anew} doen. Stuur dan alles mee wat wij vragen."
        if decision.result == "not_processed"
        else f"{changed} Dan mag u {anew} doen.",
        gives=gives,
    )
