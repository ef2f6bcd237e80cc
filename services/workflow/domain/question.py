"""A question to the applicant and the day by which it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from services.workflow.domain.fault import Fault
from shared.events import Words
from shared.law.calendar import next_working_day
from shared.law.terms import repair_end_ok
from shared.values import A_FILE, OWN_WORDS

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
