"""What happened to a case's clock, and every date that follows from it by law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.law.calendar import local_date
from shared.law.terms import Suspension, Term, TermRule, decision_term, objection_term, suspended_for_supplement


class Kind(StrEnum):
    """What can happen to the clock."""

    RECEIVED = "received"
    ASKED = "asked"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    DECIDED = "decided"
    SENT = "sent"


class NotReceivedError(Exception):
    """A ledger without the moment of receipt gives no dates."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the ledger, never changed; `answer_by` is the last day of the repair term of a question."""

    kind: Kind
    at: datetime
    who: str | None = None
    request_id: UUID | None = None
    answer_by: date | None = None

    @property
    def on(self) -> date:
        """The calendar day in the Netherlands."""
        return local_date(self.at)


@dataclass(frozen=True, kw_only=True)
class Clock:
    """All dates of a case on one day; `term` holds the last day to decide with its steps and articles.

    `suspended_days` moved that day: each counts once, and none after the term had passed.
    `waiting_until`: a question can be answered up to and including this day. `stopped`: the clock stands still for it,
    which a question after the last day cannot bring about (Awb 4:15 suspends a term that still runs).
    `objection` runs from the day the decision was sent (Awb 6:8 lid 1).
    """

    term: Term
    suspensions: tuple[Suspension, ...]
    suspended_days: int
    waiting_until: date | None
    stopped: bool
    decided_on: date | None
    sent_on: date | None
    objection: Term | None

    @property
    def decide_by(self) -> date:
        """The day to steer on: the earlier one where the law is open."""
        return self.term.safe


def read_clock(ledger: Sequence[Entry], *, rule: TermRule, today: date) -> Clock:
    """Derive every date from the ledger as it stands on this day.

    While a question is open the last day to decide is reckoned as if the answer came today (Awb 4:15 lid 1 a).

    Raises:
        NotReceivedError: the ledger does not say when the application was received.
    """
    received = _first(ledger, Kind.RECEIVED)
    if received is None:
        raise NotReceivedError
    decided, sent = _first(ledger, Kind.DECIDED), _first(ledger, Kind.SENT)
    upto = min(today, decided.on) if decided else today
    questions = [(asked, _answer_to(asked, ledger=ledger)) for asked in ledger if asked.kind is Kind.ASKED]
    found = (_standstill(asked, answered=answered, upto=upto) for asked, answered in questions)
    suspensions = tuple(each for each in found if each)
    term = decision_term(received.on, rule=rule, suspensions=suspensions)
    waiting = None if decided else _open_question(questions, today=today)
    return Clock(
        term=term,
        suspensions=suspensions,
        suspended_days=(term.unrolled - decision_term(received.on, rule=rule).unrolled).days,
        waiting_until=waiting.answer_by if waiting else None,
        stopped=waiting is not None and waiting.on < term.rolled,
        decided_on=decided.on if decided else None,
        sent_on=sent.on if sent else None,
        objection=objection_term(sent.on) if sent else None,
    )


def _first(ledger: Sequence[Entry], kind: Kind) -> Entry | None:
    return next((entry for entry in ledger if entry.kind is kind), None)


def _answer_to(asked: Entry, *, ledger: Sequence[Entry]) -> Entry | None:
    answers = (entry for entry in ledger if entry.kind is Kind.ANSWERED and entry.request_id == asked.request_id)
    return next(answers, None)


def _standstill(asked: Entry, *, answered: Entry | None, upto: date) -> Suspension | None:
    until = asked.answer_by or asked.on
    ended = answered.on if answered else None
    if ended is None and upto <= until:
        ended = upto
    return suspended_for_supplement(invited=asked.on, supplemented=ended, repair_until=until)


def _open_question(questions: Sequence[tuple[Entry, Entry | None]], *, today: date) -> Entry | None:
    waiting = (asked for asked, answered in questions if answered is None and asked.answer_by)
    return next((asked for asked in waiting if asked.answer_by and today <= asked.answer_by), None)
