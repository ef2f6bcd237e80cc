"""Which acts on the term the law allows now, asked by trying each one without doing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.workflow.domain.acts import Act, ActKind, IncompleteActError, effect_of
from services.workflow.domain.case import (
    AlreadyDecidedError,
    Case,
    NotYourCaseError,
    UnknownRequestError,
    WaitingForApplicantError,
)
from services.workflow.domain.clock import Terms
from services.workflow.domain.deadlines import (
    DatesCrossError,
    NoCommitteeError,
    NoExtensionError,
    NoPenaltyError,
    NothingToCorrectError,
    NotSuspendedError,
    ProofNeededError,
    TermPassedError,
    TermSetByRuleError,
)
from services.workflow.domain.ledger import Entry, Kind, all_of, answer_to, standing
from services.workflow.domain.standing_still import open_suspension, question_to_move
from shared.law.calendar import ONE_DAY, local_date
from shared.law.terms import Ground

REFUSED = (
    AlreadyDecidedError,
    DatesCrossError,
    IncompleteActError,
    NoCommitteeError,
    NoExtensionError,
    NoPenaltyError,
    NotSuspendedError,
    NotYourCaseError,
    NothingToCorrectError,
    ProofNeededError,
    TermPassedError,
    TermSetByRuleError,
    UnknownRequestError,
    WaitingForApplicantError,
)
"""Every way in which an act on the term is refused."""

_NOTHING = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class Possible:
    """An act that can be begun, or the error that says why not."""

    kind: ActKind
    refusal: Exception | None = None


def possible_acts(case: Case, *, by: str, at: datetime, terms: Terms) -> tuple[Possible, ...]:
    """Try each act as it would most likely be done; only an objection has a committee, and forwarding moves it not."""
    never = {ActKind.CORRECT, ActKind.FORWARD if case.is_objection else ActKind.COMMITTEE}
    return tuple(_tried(kind, case=case, by=by, at=at, terms=terms) for kind in ActKind if kind not in never)


def target_of(kind: ActKind, *, case: Case, at: datetime) -> UUID | None:
    """Give what an act is about: the standstill that runs, or the question that is open or went unanswered."""
    found = _target(kind, case=case, at=at)
    return found.request_id if found else None


def _target(kind: ActKind, *, case: Case, at: datetime) -> Entry | None:
    ledger = standing(case.ledger)
    if kind is ActKind.RESUME:
        return open_suspension(ledger) or _ends_later(case, at=at)
    if kind in (ActKind.OUTAGE, ActKind.OTHER_WAY):
        return question_to_move(ledger, today=local_date(at))
    return None


def _ends_later(case: Case, *, at: datetime) -> Entry | None:
    ledger = standing(case.ledger)
    today = local_date(at)
    return next(
        (
            entry
            for entry in all_of(Kind.SUSPENDED, ledger=ledger)
            if entry.last and entry.last >= today and answer_to(entry, ledger=ledger) is None
        ),
        None,
    )


def _tried(kind: ActKind, *, case: Case, by: str, at: datetime, terms: Terms) -> Possible:
    today = local_date(at)
    clock = case.clock(terms=terms, today=today)
    until = max(clock.waiting_until or today, clock.term.rolled, today) + ONE_DAY
    target = _target(kind, case=case, at=at)
    days = {ActKind.RESUME: until, ActKind.OTHER_WAY: target.on if target else today}
    act = Act(
        id=_NOTHING,
        kind=kind,
        because="?",
        document="?",
        ground=Ground.abroad,
        first=today + ONE_DAY,
        day=days.get(kind, today),
        until=until,
        target=(target.request_id if target else None) or _NOTHING,
    )
    try:
        effect_of(act, case=case, by=by, at=at, terms=terms)
    except REFUSED as refusal:
        return Possible(kind=kind, refusal=refusal)
    return Possible(kind=kind)
