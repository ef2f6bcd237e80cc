"""How long a case is kept and why, once it is closed: by its result, as the Selectielijst says (LAW.md section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from services.workflow.domain.case import Case
from services.workflow.domain.ledger import Kind, first_of, last_of
from services.workflow.domain.outcomes import Renewed
from shared.catalogue.definitions import PermitLife, Product, Retention, RetentionStart
from shared.catalogue.lasting import lasting_of
from shared.events import Decision, Words
from shared.law.calendar import local_date, long_date
from shared.law.retention import retention_end
from shared.law.terms import Amount, Term, Unit

End = Literal["granted", "refused", "withdrawn", "broken_off"]
"""How a case ends, as the Selectielijst parts it."""

_REFUSALS: Final = frozenset({"refused", "unfounded"})
_BROKEN_OFF: Final = frozenset({"not_processed", "not_needed", "inadmissible"})


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What became of a closed case.

    `ended_on` is when what it gave was given up or taken back, `renewed` what an objection put in its place.
    `about_kept`: it is an objection in a case that is kept for ever.
    """

    ended_on: date | None = None
    renewed: Renewed | None = None
    about_kept: bool = False

    @property
    def renewed_on(self) -> date | None:
        """The day on which what came in its place was announced."""
        return local_date(self.renewed.sent_at) if self.renewed and self.renewed.sent_at else None

    @property
    def over_on(self) -> date | None:
        """The day on which what was given ended before its time; also where its decision was revoked."""
        revoked_on = self.renewed_on if self.renewed and not self.renewed.gives else None
        return min((day for day in (self.ended_on, revoked_on) if day), default=None)


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """How long a closed case is kept: from `started_on` (None: that day is not known yet) up to and including `term`.

    `term` is None for what is kept for ever, and while the start is not known.
    """

    end: End
    rule: Retention
    closed_on: date
    started_on: date | None
    term: Term | None

    @property
    def until(self) -> date | None:
        """The last day of keeping."""
        return self.term.unrolled if self.term else None

    @property
    def reason(self) -> Words:
        """Say why it is kept so long."""
        return reason_of(number=self.rule.number, years=self.rule.years, starts=self.rule.starts, on=self.started_on)


def keeping_of(case: Case, *, decision: Decision | None, product: Product, fate: Fate | None = None) -> Keeping | None:
    """Work out how long this case is kept; None while it is not closed: its letter was not sent yet.

    Where an objection put something in the place of its decision, that counts, and the case closed with it.
    """
    closed_on, fate = _closed_on(case), fate or Fate()
    if closed_on is None:
        return None
    closed_on = max(closed_on, fate.renewed_on or closed_on)
    end = _end_of(case, decision=decision, fate=fate)
    rule = product.process.retention[end]
    if fate.about_kept:
        rule = replace(rule, years=None)
    started_on = _start_of(rule, closed_on=closed_on, case=case, decision=decision, product=product, fate=fate)
    term = None
    if rule.years and started_on:
        keep = Amount(amount=rule.years, unit=Unit.years, article=f"Selectielijst {rule.number}")
        term = retention_end(started_on, keep=keep)
    return Keeping(end=end, rule=rule, closed_on=closed_on, started_on=started_on, term=term)


def reason_of(*, number: str, years: int | None, starts: RetentionStart, on: date | None) -> Words:
    """Say why a case is kept so long, with the result of the Selectielijst."""
    if years is None:
        return Words(nl=f"Blijvend bewaren (Selectielijst {number})", en=f"Keep for ever (Selectielijst {number})")
    moment = _MOMENTS[starts]
    day_nl, day_en = (long_date(on), long_date(on, language="en")) if on else ("nog onbekend", "not known yet")
    lasts = f"{years} jaar na {moment.nl} ({day_nl})", f"{years} years after {moment.en} ({day_en})"
    return Words(nl=f"{lasts[0]}, Selectielijst {number}", en=f"{lasts[1]}, Selectielijst {number}")


_MOMENTS: Final[Mapping[RetentionStart, Words]] = {
    RetentionStart.CLOSED: Words(nl="het sluiten van de zaak", en="the case was closed"),
    RetentionStart.PERMISSION_ENDS: Words(nl="het einde van de vergunning", en="the permission ended"),
    RetentionStart.FIXED_DATE: Words(nl="de laatste dag van de activiteit", en="the last day of the activity"),
}


def _closed_on(case: Case) -> date | None:
    entry = last_of(Kind.SENT, ledger=case.ledger) or first_of(Kind.WITHDRAWN, ledger=case.ledger)
    return entry.on if entry else None


def _end_of(case: Case, *, decision: Decision | None, fate: Fate) -> End:
    if decision is None or case.status == "withdrawn":
        return "withdrawn"
    if fate.renewed and fate.renewed_on and fate.renewed.renewal != "revoked":
        return "granted" if fate.renewed.gives else "refused"
    if decision.result in _REFUSALS:
        return "refused"
    return "broken_off" if decision.result in _BROKEN_OFF else "granted"


def _start_of(
    rule: Retention, *, closed_on: date, case: Case, decision: Decision | None, product: Product, fate: Fate
) -> date | None:
    if rule.starts is RetentionStart.CLOSED:
        return closed_on
    said = case.submission
    if rule.starts is RetentionStart.FIXED_DATE:
        return max(closed_on, said.ends or said.starts or closed_on)
    ends = said.ends or said.starts
    if _says_when_it_ends(product.process.permit):
        anew, first = fate.renewed, decision.ends if decision else None
        until = (anew.given_until if anew else None) or first
        on, answers = case.received_on, said.answers
        lasting = lasting_of(product, answers=answers, received_on=on, granted_on=closed_on, until=until)
        ends = lasting.last if lasting else None
    ends = min((day for day in (ends, fate.over_on) if day), default=None)
    return max(closed_on, ends) if ends else None


def _says_when_it_ends(life: PermitLife) -> bool:
    """Whether a permission ends as its product says; else on the last day that was asked for.

    One that lasts until it is taken back has no last day yet.
    """
    return bool(life.valid_until or life.indefinite or life.at_most_years)
