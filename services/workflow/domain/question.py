"""A question to the applicant and the day by which it is answered; one to an objector may ask what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from services.workflow.domain.fault import Fault
from shared.events import Words
from shared.law.calendar import long_date, next_working_day
from shared.law.terms import repair_end_ok
from shared.values import A_FILE, OWN_WORDS

Flaw = Literal["name", "date", "decision", "grounds", "proxy"]

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

LONGEST_QUESTION = 2000
LONGEST_WAIT = timedelta(weeks=26)
"""A typing error in the year would stop the clock for years."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked, and the last day to answer; `asks` names each thing that must be answered.

    These are questions of the form, and `OWN_WORDS` or `A_FILE` that `text` asks for. `flaws` names what is missing in
    an objection, which may be mended (Awb 6:6).
    """

    text: str
    answer_by: date
    asks: tuple[str, ...] = (OWN_WORDS,)
    flaws: tuple[str, ...] = ()


def known_flaws(named: Iterable[str]) -> tuple[Flaw, ...]:
    """Give those of these names that are flaws, in the order of the list."""
    names = set(named)
    return tuple(flaw for flaw in FLAWS if flaw in names)


def missing_parts(flaws: Iterable[str]) -> Sequence[str]:
    """Say what is missing, in words to the objector."""
    return [_ASKS[flaw] for flaw in known_flaws(flaws)]


def written_out(question: Question) -> Question:
    """Give the question as the objector reads it: what is missing, until when, and what follows (Awb 6:6)."""
    flaws = known_flaws(question.flaws)
    if not flaws:
        return question
    missing = "\n".join(f"- {part}" for part in missing_parts(flaws))
    told = (
        f"Uw bezwaar is nog niet compleet. Wij missen:\n{missing}\n\n"
        f"U kunt dit aanvullen tot en met {long_date(question.answer_by)}. "
        "Doet u dat niet op tijd? Dan kunnen wij uw bezwaar niet-ontvankelijk verklaren. "
        "Wij kijken dan niet meer naar uw redenen (Awb 6:6)."
    )
    return replace(question, text="\n\n".join(part for part in (told, question.text.strip()) if part))


def usual_answer_by(today: date, *, repair_days: int) -> date:
    """Give the product's usual repair term from today, put on a working day."""
    return next_working_day(today + timedelta(days=repair_days))


def faults_of(
    text: str,
    *,
    answer_by: date | None,
    today: date,
    asks: tuple[str, ...] = (OWN_WORDS,),
    flaws: tuple[str, ...] = (),
) -> tuple[Fault, ...]:
    """Say what is wrong with a question before it goes; an unreadable date is told by its reader."""
    faults = []
    if not asks:
        nothing = Words(nl="Kies wat de aanvrager moet beantwoorden.", en="Choose what the applicant must answer.")
        faults.append(Fault("asks", nothing))
    if not (text.strip() or flaws) and {OWN_WORDS, A_FILE} & set(asks):
        faults.append(Fault("question", Words(nl="Schrijf op wat u wilt weten.", en="Write what you want to know.")))
    elif len(text) > LONGEST_QUESTION:
        faults.append(
            Fault(
                "question",
                Words(
                    nl=f"Gebruik hooguit {LONGEST_QUESTION} tekens. U hebt er nu {len(text)}.",
                    en=f"Use at most {LONGEST_QUESTION} characters. You have {len(text)} now.",
                ),
            )
        )
    if answer_by is not None and (wrong := _wrong_day(answer_by, today=today)):
        faults.append(Fault("answer_by", wrong))
    return tuple(faults)


def _wrong_day(day: date, *, today: date) -> Words | None:
    if day <= today:
        return Words(nl="Kies een dag na vandaag.", en="Choose a day after today.")
    if day > today + LONGEST_WAIT:
        return Words(nl="Kies een dag binnen een half jaar.", en="Choose a day within half a year.")
    if not repair_end_ok(day):
        return Words(
            nl="Kies een werkdag, niet een dag in het weekend of een feestdag.",
            en="Choose a working day, not a day in the weekend or a holiday.",
        )
    return None
