"""Every date of a case on one day, side by side, worked out from its ledger and the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.workflow.domain.announcement import notify_by
from services.workflow.domain.ledger import (
    Entry,
    Kind,
    Ledger,
    answer_to,
    first_of,
    last_day_to_answer,
    last_of,
    standing,
)
from services.workflow.domain.other_ways import begun_on, told_of_forwarding, why_later
from services.workflow.domain.penalty_meter import Meter, premature_notices, read_meter
from services.workflow.domain.standing_still import first_still, open_question, open_suspension, suspensions_in
from shared.catalogue.definitions import Procedure, Process, SilenceEffect
from shared.law.decision import extension_due, reasonable_term, refusal_to_process_due
from shared.law.objection import DECISION_ON_OBJECTION_WITH_COMMITTEE
from shared.law.silence import (
    report_allowed_from,
    silent_permit_announcement_due,
    silent_permit_in_force,
    silent_permit_withdrawal_due,
)
from shared.law.terms import (
    EXTENSION_NOTICE,
    Policy,
    SetBy,
    Step,
    Suspension,
    Term,
    TermRule,
    decision_term,
    objection_term,
)


class NotReceivedError(Exception):
    """A ledger without the moment of receipt gives no dates."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The terms of a product: `rule` by law, `norm` by the house; `silence` is what silence after `rule` means.

    An extension is told `extension_within` (Awb 3:18 lid 2), or else within the term itself.
    """

    rule: TermRule
    norm: TermRule | None = None
    silence: SilenceEffect | None = None
    policy: Policy = field(default_factory=Policy)
    extension_within: TermRule | None = None


@dataclass(frozen=True, kw_only=True)
class Silent:
    """What followed from silence: in force (or allowed) from a day."""

    effect: SilenceEffect
    from_day: date


@dataclass(frozen=True, kw_only=True)
class Clock:
    """All clocks of a case on one day.

    `term` is the statutory term. `suspended_days` moved it: each counts once, none after the term had passed.
    `waiting_until`: a question can be answered up to and including this day, `moved` are the steps that made it later.
    `stopped`: the term stands still, which nothing can bring about after its last day (Awb 4:15 stops one that runs).
    `norm` is the service norm. `extend_by` is the last day to announce an extension, None when there is none to give.
    `promised` is the day that a delay notice named, which moves nothing (Awb 4:14 lid 1).
    `refuse_by` is the last day to announce that the application is not processed (Awb 4:5 lid 4).
    `notify_by` is the moment by which the applicant hears of a decision that lies in the portal (Awb 2:10 lid 1).
    `announce_by` is the last day to announce what silence gives, known before it does (Awb 4:20c).
    `premature` are the days of notices of default without effect. `objection` runs from the day of sending (Awb 6:8).
    """

    term: Term
    suspensions: tuple[Suspension, ...]
    suspended_days: int
    waiting_until: date | None
    stopped: bool
    decided_on: date | None
    sent_on: date | None
    objection: Term | None
    norm: Term | None = None
    extended: bool = False
    extend_by: date | None = None
    promised: date | None = None
    refuse_by: Term | None = None
    penalty: Meter | None = None
    premature: tuple[date, ...] = ()
    notify_by: datetime | None = None
    silent: Silent | None = None
    announce_by: Term | None = None
    moved: tuple[Step, ...] = ()
    withdrawn_on: date | None = None
    policy: Policy = field(default_factory=Policy)

    @property
    def decide_by(self) -> date:
        """The day to steer on: the earlier one where the law is open."""
        return self.term.safe

    @property
    def overdue_after(self) -> date:
        """The day after which a notice of default has effect (Awb 4:17, and 4:20d where silence gives)."""
        return (self.announce_by or self.term).rolled

    @property
    def withdraw_by(self) -> date | None:
        """The last day to withdraw what the law gave, or to add conditions, once it was announced (Awb 4:20f)."""
        if self.silent is None or self.announce_by is None or self.sent_on is None:
            return None
        return silent_permit_withdrawal_due(self.sent_on).rolled

    def late_on(self, day: date) -> bool:
        """Whether the case is late on this day: lateness is measured on the later date where the law is open."""
        return not self.stopped and (self.sent_on or day) > self.term.rolled


def terms_of(process: Process, *, policy: Policy | None = None) -> Terms:
    """The terms of a product, with the municipality's choices where the law is open."""
    norm = process.service_norm
    return Terms(
        rule=process.term,
        norm=TermRule(amount=norm.amount, unit=norm.unit, set_by=SetBy.own, article="servicenorm") if norm else None,
        silence=process.silence.effect if process.silence else None,
        policy=policy or Policy(),
        extension_within=EXTENSION_NOTICE if process.procedure is Procedure.EXTENDED else None,
    )


def read_clock(ledger: Sequence[Entry], *, terms: Terms, today: date) -> Clock:
    """Work out every date from the ledger as it stands on this day.

    While a question is open the last day to decide is reckoned as if the answer came today (Awb 4:15 lid 1 a).

    Raises:
        NotReceivedError: the ledger does not say when the application was received.
    """
    ledger = standing(ledger)
    received = first_of(Kind.RECEIVED, ledger=ledger)
    if received is None:
        raise NotReceivedError
    decided, sent = first_of(Kind.DECIDED, ledger=ledger), last_of(Kind.SENT, ledger=ledger)
    withdrawn = first_of(Kind.WITHDRAWN, ledger=ledger)
    ended = decided or withdrawn
    suspensions = suspensions_in(ledger, upto=min(today, ended.on) if ended else today, policy=terms.policy)
    begun = begun_on(received, ledger=ledger)
    term, bare = _statutory(begun, ledger=ledger, terms=terms, suspensions=suspensions)
    waiting = None if ended else open_question(ledger, today=today)
    still = None if ended else waiting or open_suspension(ledger)
    announce_by = silent_permit_announcement_due(term.rolled) if terms.silence is SilenceEffect.GRANTED else None
    overdue_after = (announce_by or term).rolled
    sent_on, withdrawn_on = sent.on if sent else None, withdrawn.on if withdrawn else None
    closed_on = sent_on or withdrawn_on
    delayed, extended = last_of(Kind.DELAYED, ledger=ledger), first_of(Kind.EXTENDED, ledger=ledger) is not None
    return Clock(
        term=term if begun == received.on else told_of_forwarding(term, begun=begun),
        suspensions=suspensions,
        suspended_days=(term.unrolled - bare.unrolled).days,
        waiting_until=last_day_to_answer(waiting, ledger=ledger) if waiting else None,
        stopped=still is not None and first_still(still) <= term.rolled,
        decided_on=decided.on if decided else None,
        sent_on=sent_on,
        objection=objection_term(sent_on) if sent_on else None,
        norm=decision_term(begun, rule=terms.norm, suspensions=suspensions) if terms.norm else None,
        extended=extended,
        extend_by=None if ended or extended else _extend_by(term, begun=begun, terms=terms, today=today),
        promised=delayed.until if delayed else None,
        refuse_by=None if ended else _refuse_by(ledger, today=today),
        penalty=_penalty(ledger, deadline=overdue_after, terms=terms, closed_on=closed_on, today=today),
        premature=premature_notices(ledger, deadline=overdue_after),
        notify_by=notify_by(decided.at) if decided and not sent else None,
        silent=None if withdrawn else _silent(term, terms=terms, sent_on=sent_on, today=today),
        announce_by=announce_by,
        moved=why_later(waiting, ledger=ledger) if waiting else (),
        withdrawn_on=withdrawn_on,
        policy=terms.policy,
    )


def may_extend(clock: Clock, *, announced: date) -> bool:
    """Whether an extension announced on this day comes in time (Ow 16.64 lid 2, APV 1:2 lid 2)."""
    return clock.extend_by is not None and announced <= clock.extend_by


def _extend_by(term: Term, *, begun: date, terms: Terms, today: date) -> date | None:
    last = extension_due(begun, current=term, within=terms.extension_within)
    return last if terms.rule.extension and today <= last else None


def _statutory(received: date, *, ledger: Ledger, terms: Terms, suspensions: Sequence[Suspension]) -> tuple[Term, Term]:
    """The statutory term with and without its standstill."""
    named = first_of(Kind.NAMED_TERM, ledger=ledger)
    if named and named.until:
        term = reasonable_term(received, notified=named.on, named=named.until)
        return term, term
    rule = _rule(ledger, terms=terms)
    extension = rule.extension if first_of(Kind.EXTENDED, ledger=ledger) else None
    bare = decision_term(received, rule=rule, extension=extension)
    if not suspensions:
        return bare, bare
    return decision_term(received, rule=rule, suspensions=suspensions, extension=extension), bare


def _rule(ledger: Ledger, *, terms: Terms) -> TermRule:
    """The rule of the product; a committee of which the objector was told makes it twelve weeks (Awb 7:10, 7:13)."""
    longer = DECISION_ON_OBJECTION_WITH_COMMITTEE.amount
    return replace(terms.rule, amount=longer) if first_of(Kind.COMMITTEE, ledger=ledger) else terms.rule


def _refuse_by(ledger: Ledger, *, today: date) -> Term | None:
    """Counts from the supplement that did not suffice, or from the last day of the unused repair term."""
    asked = last_of(Kind.ASKED, ledger=ledger)
    if asked is None:
        return None
    answered, until = answer_to(asked, ledger=ledger), last_day_to_answer(asked, ledger=ledger)
    if answered:
        return refusal_to_process_due(min(answered.on, until))
    return refusal_to_process_due(until) if today > until else None


def _penalty(ledger: Ledger, *, deadline: date, terms: Terms, closed_on: date | None, today: date) -> Meter | None:
    """No penalty under the Woo (8.2); where silence gives, only what it gave must be announced (Awb 4:20a, 4:20d)."""
    if terms.rule.no_penalty:
        return None
    by_law = terms.silence is SilenceEffect.GRANTED
    return read_meter(ledger, deadline=deadline, announced=closed_on, today=today, policy=terms.policy, by_law=by_law)


def _silent(term: Term, *, terms: Terms, sent_on: date | None, today: date) -> Silent | None:
    """A decision that was not announced in time does not break the silence (Awb 3:40, 4:20b)."""
    if terms.silence is None or (sent_on or today) <= term.rolled:
        return None
    if terms.silence is SilenceEffect.ALLOWED:
        return Silent(effect=terms.silence, from_day=report_allowed_from(term.rolled))
    return Silent(effect=terms.silence, from_day=silent_permit_in_force(term.rolled).rolled)
