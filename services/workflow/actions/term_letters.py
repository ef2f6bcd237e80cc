"""Writes the letters about the term: that it is longer, what it costs to be late, and of a permit taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from services.workflow.domain.acts import Act, ActKind
from services.workflow.domain.case import Case
from services.workflow.domain.clock import Clock
from services.workflow.domain.penalty_meter import Meter
from services.workflow.domain.subject import about
from services.workflow.domain.withdrawing import Withdrawal, reasons_of
from shared.catalogue.definitions import Product
from shared.events import Reason
from shared.law.calendar import local_date, long_date
from shared.law.penalty import penalty_payment_due
from shared.values import TermLetter

_ADDED: Final = "De wet gaf u wat u vroeg. Wij voegen daar voorschriften aan toe. Ze gelden vanaf vandaag."


def write_letter(case: Case, *, act: Act, clock: Clock, product: Product, handler: str, now: datetime) -> TermLetter:
    """Write the letter of an act, with the clock as it is after it; `handler` is who did it."""
    said, process, meter = case.submission, product.process, clock.penalty
    penalty = act.kind is ActKind.PENALTY and meter is not None
    outcome = f"Wij beslissen uiterlijk op {long_date(clock.decide_by)}."
    reasons = _extension_reasons(act, clock=clock, product=product)
    if penalty and meter:
        late = "bekendmaakten wat de wet u gaf" if clock.announce_by else "hebben beslist"
        outcome = f"U krijgt {meter.euros} euro, omdat wij te laat {late}."
        reasons = _penalty_reasons(act, meter=meter, now=now)
    return TermLetter(
        kind="penalty" if penalty else "extension",
        nature=product.nature,
        title=said.title,
        applicant=said.applicant,
        received_on=local_date(said.received_at),
        subject=about(said, product=product),
        outcome=outcome,
        reasons=reasons,
        objection=penalty,
        handler=handler,
        signatory=process.signatory,
        authority=process.authority,
    )


def write_withdrawal(case: Case, *, withdrawal: Withdrawal, product: Product, handler: str) -> TermLetter:
    """Write the letter with which what was granted is taken back or gets conditions; `handler` is who did it."""
    said, process = case.submission, product.process
    return TermLetter(
        kind="conditions" if withdrawal.added else "withdrawal",
        nature=product.nature,
        title=said.title,
        applicant=said.applicant,
        received_on=case.received_on,
        subject=about(said, product=product),
        outcome=_ADDED if withdrawal.added else "Wij trekken in wat u van ons kreeg. Het geldt niet meer.",
        reasons=reasons_of(withdrawal),
        objection=True,
        handler=handler,
        signatory=process.signatory,
        authority=process.authority,
    )


def _extension_reasons(act: Act, *, clock: Clock, product: Product) -> tuple[Reason, ...]:
    extension = product.process.term.extension
    why = Reason(text=act.because.strip(), source=extension.article if extension else "")
    return (why, *(Reason(text=step.nl, source=step.article) for step in clock.term.steps))


def _penalty_reasons(act: Act, *, meter: Meter, now: datetime) -> tuple[Reason, ...]:
    days = "1 dag" if meter.days == 1 else f"{meter.days} dagen"
    pay_by = penalty_payment_due(local_date(now)).rolled
    return (
        Reason(text=f"Op {long_date(meter.notice_on)} kregen wij uw ingebrekestelling.", source="Awb 4:17 lid 3"),
        *(Reason(text=step.nl, source=step.article) for step in meter.first_day.steps),
        Reason(text=f"Wij waren daarna {days} te laat. Dat kost {meter.euros} euro.", source="Awb 4:17 lid 2"),
        Reason(text=act.because.strip(), source="Awb 4:18"),
        Reason(text=f"Wij betalen u uiterlijk op {long_date(pay_by)}.", source="Awb 4:87"),
    )
