"""An objection that lacks what the law wants in it: what may be mended, by when, and what follows if it is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from services.workflow.domain.decision import Draft
from services.workflow.domain.question import Question
from shared.events import Words
from shared.law.calendar import long_date

Flaw = Literal["name", "date", "decision", "grounds", "proxy"]


@dataclass(frozen=True, kw_only=True)
class Mending:
    """The last question to complete an objection; `failed`: its time is over and nothing came."""

    flaws: tuple[str, ...]
    asked_on: date
    answer_by: date
    failed: bool


FLAWS: Final[Mapping[Flaw, Words]] = {
    "grounds": Words(nl="De redenen van het bezwaar", en="The reasons of the objection"),
    "decision": Words(nl="Het besluit waarover het bezwaar gaat", en="The decision that is objected to"),
    "name": Words(nl="De naam en het adres van wie bezwaar maakt", en="The name and address of who objects"),
    "date": Words(nl="De datum van het bezwaar", en="The date of the objection"),
    "proxy": Words(nl="De machtiging van wie bezwaar maakt", en="The authorisation by who objects"),
}
"""What an objection must hold (Awb 6:5 lid 1), and the authorisation that may be asked (Awb 2:1 lid 2); from memory."""

MENDABLE: Final = "Awb 6:6"
"""The source of a rule that says that something may follow later."""

_ASKS: Final[Mapping[Flaw, str]] = {
    "grounds": "de redenen van uw bezwaar",
    "decision": "het besluit waar u het niet mee eens bent, liefst met een kopie",
    "name": "uw naam en adres",
    "date": "de datum van uw bezwaar",
    "proxy": "de machtiging van de persoon voor wie u bezwaar maakt",
}


def known_flaws(named: Iterable[str]) -> tuple[Flaw, ...]:
    """Give those of these names that are flaws, in the order of the list."""
    names = set(named)
    return tuple(flaw for flaw in FLAWS if flaw in names)


def written_out(question: Question) -> Question:
    """Give the question as the objector reads it: what is missing, until when, and what follows (Awb 6:6)."""
    flaws = known_flaws(question.flaws)
    if not flaws:
        return question
    missing = "\n".join(f"- {_ASKS[flaw]}" for flaw in flaws)
    told = (
        f"Uw bezwaar is nog niet compleet. Wij missen:\n{missing}\n\n"
        f"U kunt dit aanvullen tot en met {long_date(question.answer_by)}. "
        "Doet u dat niet op tijd? Dan kunnen wij uw bezwaar niet-ontvankelijk verklaren. "
        "Wij kijken dan niet meer naar uw redenen (Awb 6:6)."
    )
    return replace(question, text="\n\n".join(part for part in (told, question.text.strip()) if part))


def unmended_draft(draft: Draft, *, mending: Mending) -> Draft:
    """Begin a decision on an objection that nobody mended; what somebody wrote already stays."""
    if draft.own_reason.strip():
        return draft
    missed = ", ".join(_ASKS[flaw] for flaw in known_flaws(mending.flaws))
    why = (
        f"Op {long_date(mending.asked_on)} vroegen wij u uw bezwaar aan te vullen. Wij misten: {missed}. "
        f"Dat kon tot en met {long_date(mending.answer_by)}. Wij kregen geen aanvulling."
    )
    return replace(
        draft,
        own_reason=why,
        own_source=draft.own_source or "Awb 6:5 en 6:6",
        hearing=draft.hearing or "plainly_inadmissible",
        hearing_note=draft.hearing_note or "Uw bezwaar is niet compleet. Daar is geen twijfel over.",
    )
