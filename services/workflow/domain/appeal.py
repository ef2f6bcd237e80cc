"""An appeal at the court: when it came, by when the court wants our papers, what it ruled, and what can follow.

The articles of chapters 6 and 8 of the Awb are from memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from services.workflow.domain.clock import Clock
from services.workflow.domain.fault import Fault
from shared.events import Words
from shared.law.calendar import ONE_DAY, long_date
from shared.law.counting import term_after
from shared.law.terms import SetBy, Term, TermRule, Unit

About = Literal["decision", "late"]
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
    """Nothing to appeal against: no decision was sent, and no notice of default counts."""


class AppealChangedError(Exception):
    """Something else is kept of this appeal than the page showed, or it is about another case."""


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """One appeal; `number` is that of the court.

    `lodged_on`: it reached the court. `grounds_on`: the court sent us its grounds. `papers_on`: we sent papers and
    defence. `ruled_on`: the court sent its ruling, or told that it was withdrawn. `again_by`: the last day that the
    court gave for a new decision (Awb 8:72 lid 4). `kept_at`: when it was written down like this.
    """

    id: UUID
    about: About
    number: str
    lodged_on: date
    grounds_on: date | None = None
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
        return term_after(self.grounds_on, rule=PAPERS) if self.grounds_on else None

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


def is_appealable(clock: Clock) -> bool:
    """Whether somebody can appeal: against a decision that was sent, or after a notice of default that counts."""
    return clock.sent_on is not None or clock.penalty is not None


def timeliness(appeal: Appeal, *, clock: Clock) -> Words | None:
    """What to tell the court of an appeal that came too late or too early; only the court decides on it."""
    if appeal.about == "late":
        first = clock.penalty.first_day.safe if clock.penalty else None
        if first is None or appeal.lodged_on < first:
            return Words(
                nl="Dit beroep kwam te vroeg: eerst is er een ingebrekestelling en dan 2 weken (Awb 6:12 lid 2).",
                en="This appeal came too early: first comes a notice of default, then 2 weeks (Awb 6:12 lid 2).",
            )
        return None
    if clock.objection is None or appeal.lodged_on <= clock.objection.rolled:
        return None
    last, last_en = long_date(clock.objection.rolled), long_date(clock.objection.rolled, language="en")
    return Words(
        nl=f"Dit beroep kwam te laat: het kon tot en met {last} (Awb 6:7). De rechter oordeelt daarover.",
        en=f"This appeal came too late: it could be made up to {last_en} (Awb 6:7). The court judges that.",
    )


def next_papers(appeals: Sequence[Appeal]) -> date | None:
    """The first day by which a court wants papers that were not sent yet."""
    days = [term.safe for each in appeals if each.waits_for_papers and (term := each.papers_by)]
    return min(days, default=None)


def faults_of(appeal: Appeal, *, today: date) -> tuple[Fault, ...]:
    """Say what cannot be: days in the wrong order or to come, a ruling without its day."""
    return tuple(_faults(appeal, today=today))


def _faults(appeal: Appeal, *, today: date) -> Iterator[Fault]:
    if not appeal.number.strip() or len(appeal.number) > LONGEST_NUMBER:
        yield Fault("number", Words(nl="Vul het zaaknummer van de rechtbank in.", en="Fill in the court's number."))
    past = {name: getattr(appeal, name) for name in ("lodged_on", "grounds_on", "papers_on", "ruled_on")}
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
