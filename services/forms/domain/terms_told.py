"""What a resident reads on the timeline about the term of a case: why it moved, and what that means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shared.events import DeadlineChanged, Words
from shared.law.calendar import long_date
from shared.term_events import (
    AnswerTimeMoved,
    ConditionsAdded,
    DecisionRenewed,
    DefaultReceived,
    DelayTold,
    PenaltySet,
    PermitWithdrawn,
    TermExtended,
    TermSuspended,
)

TermFact = (
    TermSuspended
    | TermExtended
    | DelayTold
    | DefaultReceived
    | AnswerTimeMoved
    | PenaltySet
    | PermitWithdrawn
    | ConditionsAdded
    | DecisionRenewed
)
Moving = DeadlineChanged | TermSuspended | TermExtended
"""Facts that move the last day to decide, with the steps of the new one."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One line of the timeline; `icon` is the sign beside it, `why` is told in the language of the reader."""

    at: datetime
    title: Words
    text: str = ""
    icon: str = "check"
    why: Words | None = None


def of_term(fact: TermFact) -> Happening:
    """Tell a fact about the term."""
    title, why = _told(fact)
    return Happening(at=fact.at, title=title, icon="paused" if isinstance(fact, TermSuspended) else "info", why=why)


def _told(fact: TermFact) -> tuple[Words, Words | None]:
    match fact:
        case TermSuspended():
            return Words(nl="De tijd voor ons besluit staat stil", en="Our time to decide stands still"), fact.because
        case TermExtended():
            return Words(nl="Wij hebben meer tijd nodig", en="We need more time"), fact.because
        case DelayTold():
            title = Words(nl="Wij beslissen niet op tijd", en="We do not decide in time")
            expected = _dated("Wij verwachten te beslissen op", "We expect to decide on", day=fact.until)
            return title, Words(nl=f"{fact.because.nl} {expected.nl}", en=f"{fact.because.en} {expected.en}")
        case DefaultReceived(penalty_from=date() as first):
            title = Words(nl="Wij kregen uw ingebrekestelling", en="We received your notice of default")
            return title, _dated(
                "Beslissen wij niet binnen 2 weken, dan krijgt u geld vanaf",
                "If we do not decide within 2 weeks, you get money from",
                day=first,
            )
        case DefaultReceived():
            title = Words(nl="Uw ingebrekestelling kwam te vroeg", en="Your notice of default came too early")
            return title, _dated("U kunt ons aanmanen vanaf", "You can give us notice from", day=fact.earliest)
        case AnswerTimeMoved():
            title = Words(nl="U hebt meer tijd om te antwoorden", en="You have more time to answer")
            last = _dated("Antwoord kan tot en met", "You can answer until", day=fact.answer_by)
            return title, Words(nl=f"{fact.because.nl} {last.nl}", en=f"{fact.because.en} {last.en}")
        case PermitWithdrawn():
            return Words(nl="Wij hebben dit ingetrokken", en="We took this back"), fact.because
        case ConditionsAdded():
            return Words(nl="Wij hebben regels toegevoegd", en="We added rules"), fact.because
        case DecisionRenewed():
            return Words(
                nl="Na een bezwaar is ons besluit anders", en="After an objection our decision differs"
            ), fact.outcome
        case PenaltySet():
            title = Words(nl="U krijgt geld omdat wij te laat waren", en="You get money since we were late")
            return title, Words(
                nl=f"Het gaat om {fact.euros} euro. U krijgt hierover een brief.",
                en=f"It is {fact.euros} euros. You get a letter about it.",
            )


def _dated(nl: str, en: str, /, *, day: date) -> Words:
    return Words(nl=f"{nl} {long_date(day)}.", en=f"{en} {long_date(day, language='en')}.")
