"""How the letter of a decision speaks of the thing itself, by what the applicant did; in Dutch (Awb 2:6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.events import Decision, Nature
from shared.natures import GIVES, YOURS, outcome_words


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """`given` and `not_given` stand above what was asked, each as a heading and as the caption of the table.

    `changed` is what must be so before one asks `again`.
    """

    given: tuple[str, str]
    not_given: tuple[str, str]
    this: str
    again: str
    changed: str


_PHRASES: Final[Mapping[Nature, Phrases]] = {
    Nature.PERMIT: Phrases(
        given=("Wat u mag doen", "U krijgt de vergunning voor:"),
        not_given=("Wat u wilde doen", "U vroeg een vergunning voor:"),
        this="deze vergunning",
        again="een nieuwe aanvraag",
        changed="Kunt u uw plan aanpassen?",
    ),
    Nature.REPORT: Phrases(
        given=("Wat u mag doen", "Uw melding gaat over:"),
        not_given=("Wat u wilde doen", "Uw melding gaat over:"),
        this="deze melding",
        again="een nieuwe melding",
        changed="Kunt u uw plan aanpassen?",
    ),
    Nature.REQUEST: Phrases(
        given=("Wat u vroeg", "Uw verzoek gaat over:"),
        not_given=("Wat u vroeg", "Uw verzoek gaat over:"),
        this="dit besluit",
        again="een nieuw verzoek",
        changed="Wilt u iets anders vragen?",
    ),
    Nature.CARD: Phrases(
        given=("Wat u krijgt", "U krijgt de kaart voor:"),
        not_given=("Wat u vroeg", "U vroeg een kaart voor:"),
        this="deze kaart",
        again="een nieuwe aanvraag",
        changed="Verandert er iets in uw situatie?",
    ),
    Nature.INITIATIVE: Phrases(
        given=("Wat u voorstelde", "Uw voorstel gaat over:"),
        not_given=("Wat u voorstelde", "Uw voorstel gaat over:"),
        this="dit besluit",
        again="een nieuw voorstel",
        changed="Kunt u uw voorstel aanpassen?",
    ),
    Nature.OBJECTION: Phrases(
        given=("Uw bezwaar", "Uw bezwaar gaat over:"),
        not_given=("Uw bezwaar", "Uw bezwaar gaat over:"),
        this="dit besluit",
        again="een nieuw bezwaar",
        changed="Is er een nieuw besluit?",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """The phrases of one letter. `gives`: the applicant gets something, to which conditions may belong.

    `again` says to who gets nothing what they may do.
    """

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
    heading, caption = phrases.given if gives and decision.result != "granted_partly" else phrases.not_given
    return Spoken(
        outcome=outcome_words(decision.result, nature=decision.nature).nl + ".",
        yours=YOURS[decision.nature].nl,
        heading=heading,
        caption=caption,
        this=phrases.this,
        again=_again(phrases, incomplete=decision.result == "not_processed"),
        gives=gives,
    )


def _again(phrases: Phrases, *, incomplete: bool) -> str:
    if incomplete:
        return f"U mag altijd {phrases.again} doen. Stuur dan alles mee wat wij vragen."
    return f"{phrases.changed} Dan mag u {phrases.again} doen."
