"""An appeal at the court: when it came, by when the court wants our papers, what it ruled, and what can follow.

The articles of chapters 6 and 8 of the Awb are from memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from services.workflow.domain.case import Case
from services.workflow.domain.clock import Clock
from services.workflow.domain.fault import Fault
from services.workflow.domain.ledger import Kind, Ledger, all_of, first_of, standing
from shared.events import Words
from shared.law import wording
from shared.law.calendar import ONE_DAY, long_date
from shared.law.counting import fixed_day, term_after
from shared.law.objection import post_week_term
from shared.law.penalty import notice_is_premature
from shared.law.terms import SetBy, Term, TermRule, Unit

About = Literal["decision", "late"]
Wish = Literal["papers", "hearing", "again"]
"""What a court waits for: our papers, us at the hearing, a new decision."""
Outcome = Literal["founded", "unfounded", "inadmissible", "withdrawn"]

LONGEST_NUMBER: Final = 60
ABOUT: Final[Mapping[About, Words]] = {
    "decision": Words(nl="Ons besluit (Awb 8:1)", en="Our decision (Awb 8:1)"),
    "late": Words(nl="Wij beslissen te laat (Awb 6:12)", en="We decide too late (Awb 6:12)"),
}
OUTCOMES: Final[Mapping[Outcome, Words]] = {
    "founded": Words(nl="Gegrond", en="Founded"),
    "unfounded": Words(nl="Ongegrond", en="Unfounded"),
    "inadmissible": Words(nl="Niet-ontvankelijk", en="Inadmissible"),
    "withdrawn": Words(nl="Ingetrokken", en="Withdrawn"),
}
PAPERS: Final = TermRule(amount=4, unit=Unit.weeks, set_by=SetBy.act, article="Awb 8:42 lid 1")
HIGHER: Final = TermRule(amount=6, unit=Unit.weeks, set_by=SetBy.act, article="Awb 6:7, 6:24 en 8:104")


class NoAppealError(Exception):
    """Nothing to appeal against: what was asked was taken back."""


class AppealChangedError(Exception):
    """Something else is kept of this appeal than the page showed, or it is about another case."""


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """One appeal; `number` is that of the court.

    `lodged_on`: it reached the court. `grounds_on`: the court sent us its grounds. `papers_until`: it gave us longer
    for our papers than the law does (Awb 8:42 lid 2). `papers_on`: we sent papers and defence. `ruled_on`: the court
    sent its ruling, or told that it was withdrawn. `again_by`: the last day that the court gave for a new decision
    (Awb 8:72 lid 4). `kept_at`: when it was written down like this.
    """

    id: UUID
    about: About
    number: str
    lodged_on: date
    grounds_on: date | None = None
    papers_until: date | None = None
    papers_on: date | None = None
    heard_on: date | None = None
    ruled_on: date | None = None
    outcome: Outcome | None = None
    again_by: date | None = None
    kept_at: datetime | None = field(default=None, compare=False)

    @property
    def stamp(self) -> str:
        """Name what is kept, so that a page knows what it showed; "" for one that is not kept yet."""
        return self.kept_at.isoformat() if self.kept_at else ""

    @property
    def papers_by(self) -> Term | None:
        """The last day to send the court our papers and our defence, counted from the day it sent the grounds."""
        if self.grounds_on is None:
            return None
        usual = term_after(self.grounds_on, rule=PAPERS)
        if self.papers_until is None:
            return usual
        nl, en = "De rechter gaf ons tijd tot en met", "The court gave us time until"
        longer = wording.starts_on(self.papers_until, article="Awb 8:42 lid 2", nl=nl, en=en)
        return fixed_day(self.papers_until, steps=(*usual.steps, longer))

    @property
    def higher_by(self) -> Term | None:
        """The last day to appeal to the higher court; none after a withdrawal."""
        if self.ruled_on is None or self.outcome == "withdrawn":
            return None
        return term_after(self.ruled_on, rule=HIGHER)

    @property
    def waits_for_papers(self) -> bool:
        """The court still waits for our papers."""
        return self.grounds_on is not None and self.papers_on is None and self.outcome is None


def is_appealable(case: Case) -> bool:
    """Whether somebody can appeal: against what was decided, or as nothing is; the court judges whether it was in time.

    Nobody waits for a decision on what was taken back, unless we were in default before.
    """
    return case.status != "withdrawn" or first_of(Kind.DEFAULTED, ledger=standing(case.ledger)) is not None


def timeliness(appeal: Appeal, *, clock: Clock, ledger: Ledger) -> Words | None:
    """What to tell the court of an appeal that came too late or too early; only the court decides on it."""
    if appeal.about == "late":
        return _too_early(appeal.lodged_on, deadline=clock.overdue_after, ledger=ledger)
    if clock.objection is None or appeal.lodged_on <= clock.objection.rolled:
        return None
    end = clock.objection.rolled
    last, last_en = long_date(end), long_date(end, language="en")
    if appeal.lodged_on <= post_week_term(end, policy=clock.policy).rolled:
        return Words(
            nl=f"Dit beroep kwam na de laatste dag, {last}, maar binnen een week. "
            "Kwam het per post? Kijk naar het poststempel: op tijd verstuurd is op tijd (Awb 6:9 lid 2).",
            en=f"This appeal came after the last day, {last_en}, but within a week. "
            "Did it come by post? Look at the postmark: posted in time is in time (Awb 6:9 lid 2).",
        )
    return Words(
        nl=f"Dit beroep kwam te laat: het kon tot en met {last} (Awb 6:7). De rechter oordeelt daarover.",
        en=f"This appeal came too late: it could be made up to {last_en} (Awb 6:7). The court judges that.",
    )


def _too_early(lodged_on: date, *, deadline: date, ledger: Ledger) -> Words | None:
    """Two weeks must be over after a notice of default that came after the last day to decide, penalty or not."""
    notices = (entry.on for entry in all_of(Kind.DEFAULTED, ledger=standing(ledger)))
    counting = (day for day in notices if not notice_is_premature(day, deadline=deadline))
    if any(lodged_on > day + timedelta(weeks=2) for day in counting):
        return None
    return Words(
        nl="Dit beroep kwam te vroeg: eerst is er een ingebrekestelling en dan 2 weken (Awb 6:12 lid 2).",
        en="This appeal came too early: first comes a notice of default, then 2 weeks (Awb 6:12 lid 2).",
    )


def next_papers(appeals: Sequence[Appeal]) -> date | None:
    """The first day by which a court wants papers that were not sent yet."""
    days = [term.safe for each in appeals if each.waits_for_papers and (term := each.papers_by)]
    return min(days, default=None)


def court_days(appeals: Sequence[Appeal], *, today: date) -> Sequence[tuple[date, Wish]]:
    """Give what courts still wait for, the first day first; a hearing that was is over."""
    hearings = (each.heard_on for each in appeals if each.heard_on and each.outcome is None)
    papers, again = next_papers(appeals), next_again(appeals)
    found: list[tuple[date, Wish]] = [(day, "hearing") for day in hearings if day >= today]
    found += [(papers, "papers")] if papers else []
    found += [(again, "again")] if again and again >= today else []
    return sorted(found)


def next_again(appeals: Sequence[Appeal]) -> date | None:
    """The last day that a court gave for a new decision, by its latest ruling that did (Awb 8:72 lid 4)."""
    days = [(each.ruled_on, each.again_by) for each in appeals if each.ruled_on and each.again_by]
    return max(days)[1] if days else None


def faults_of(appeal: Appeal, *, today: date) -> tuple[Fault, ...]:
    """Say what cannot be: days in the wrong order or to come, a ruling without its day."""
    return tuple(_faults(appeal, today=today))


def _faults(appeal: Appeal, *, today: date) -> Iterator[Fault]:
    if not appeal.number.strip() or len(appeal.number) > LONGEST_NUMBER:
        yield Fault("number", Words(nl="Vul het zaaknummer van de rechtbank in.", en="Fill in the court's number."))
    past = {name: getattr(appeal, name) for name in ("lodged_on", "grounds_on", "papers_on", "ruled_on")}
    if appeal.papers_until and (appeal.grounds_on is None or appeal.papers_until <= appeal.grounds_on):
        words = Words(nl="Deze dag ligt niet na de redenen.", en="This day does not lie after the grounds.")
        yield Fault("papers_until", words)
    reached = date.min
    for name, day in past.items():
        if day is None:
            continue
        if day >= today + ONE_DAY:
            yield Fault(name, Words(nl="Deze dag is nog niet geweest.", en="This day is yet to come."))
        elif day < reached:
            yield Fault(
                name, Words(nl="Deze dag ligt voor een eerdere stap.", en="This day lies before an earlier step.")
            )
        reached = max(reached, day)
    if (appeal.outcome is None) != (appeal.ruled_on is None):
        name = "outcome" if appeal.outcome is None else "ruled_on"
        yield Fault(name, Words(nl="Vul de uitspraak in met de dag.", en="Fill in the ruling with its day."))
