"""What came another way than it should: by which day the clock counts then, and why (Awb 2:21, 2:23 and 2:24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.workflow.domain.ledger import Entry, Kind, Ledger, last_of, moved_by
from shared.law import wording
from shared.law.calendar import local_date, long_date
from shared.law.filing import handling_starts
from shared.law.terms import Step, Term


def begun_on(received: Entry, *, ledger: Ledger) -> date:
    """The day after which the term runs: that of forwarding within the house where the sender was told (Awb 2:24)."""
    forwarded = last_of(Kind.FORWARDED, ledger=ledger)
    if forwarded is None:
        return received.on
    return handling_starts(received.on, forwarded=forwarded.on, told_at_once=forwarded.document is not None)


def told_of_forwarding(term: Term, *, begun: date) -> Term:
    """Put the step of the forwarding before those of the term."""
    step = wording.starts_on(
        begun,
        article="Awb 2:24",
        nl="Dit kwam eerst bij een ander deel van de gemeente. De termijn telt vanaf de dag na",
        en="This came to another part of the municipality first. The term counts from the day after",
    )
    return replace(term, steps=(step, *term.steps))


def why_later(asked: Entry, *, ledger: Ledger) -> tuple[Step, ...]:
    """Give the steps by which a question can be answered until a later day than was asked."""
    return tuple(_later_by(moved) for moved in moved_by(asked, ledger=ledger))


def _later_by(moved: Entry) -> Step:
    until = moved.until or moved.on
    if moved.kind is Kind.OUTAGE:
        nl, en = "Door een storing kan antwoorden tot en met", "Since we had an outage, answering is possible until"
        return wording.starts_on(until, article="Awb 2:21", nl=nl, en=en)
    came, told = moved.on, local_date(moved.at)
    return wording.starts_on(
        until,
        article="Awb 2:23",
        nl=f"Op {long_date(came)} kwam iets langs een andere weg. Wij wezen op {long_date(told)} op de goede weg. "
        "Antwoorden kan tot en met",
        en=f"On {long_date(came, language='en')} something came by another way. On {long_date(told, language='en')} "
        "we pointed to the right way. Answering is possible until",
    )
