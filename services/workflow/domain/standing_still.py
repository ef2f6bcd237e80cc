"""On which days a case's clock stood still, read from its ledger (Awb 4:15, Woo 4.4 lid 3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services.workflow.domain.ledger import Entry, Kind, Ledger, all_of, answer_to, last_day_to_answer
from shared.law.calendar import ONE_DAY
from shared.law.terms import Ground, Policy, Suspension, suspended, suspended_for_supplement

_UP_TO_AND_INCLUDING = frozenset({Ground.third_party_view, Ground.consent, Ground.force_majeure})
"""Grounds whose last day still counts: Woo 4.4 lid 3 says "tot en met"; consent and force majeure name whole days."""


def suspensions_in(ledger: Ledger, *, upto: date, policy: Policy) -> tuple[Suspension, ...]:
    """Every period in which the term stood still; one that still runs is taken as if it ended on `upto`."""
    found = (*_for_questions(ledger, upto=upto, policy=policy), *_for_other_grounds(ledger, upto=upto))
    return tuple(sorted((each for each in found if each), key=lambda each: each.first))


def open_question(ledger: Ledger, *, today: date) -> Entry | None:
    """The first question that can still be answered today."""
    return next(
        (
            asked
            for asked in all_of(Kind.ASKED, ledger=ledger)
            if answer_to(asked, ledger=ledger) is None and today <= last_day_to_answer(asked, ledger=ledger)
        ),
        None,
    )


def question_to_move(ledger: Ledger, *, today: date) -> Entry | None:
    """The question for which more time can be given: the open one, or the last that went unanswered."""
    unanswered = (asked for asked in all_of(Kind.ASKED, ledger=ledger[::-1]) if answer_to(asked, ledger=ledger) is None)
    return open_question(ledger, today=today) or next(unanswered, None)


def open_suspension(ledger: Ledger) -> Entry | None:
    """The suspension on another ground than a question that has no end yet."""
    return next(
        (
            entry
            for entry in all_of(Kind.SUSPENDED, ledger=ledger)
            if entry.last is None and answer_to(entry, ledger=ledger) is None
        ),
        None,
    )


def first_still(begun: Entry) -> date:
    """The first day on which the term stands still by a question or another ground."""
    return begun.first or begun.on + ONE_DAY


def _for_questions(ledger: Ledger, *, upto: date, policy: Policy) -> Iterator[Suspension | None]:
    for asked in all_of(Kind.ASKED, ledger=ledger):
        until, answered = last_day_to_answer(asked, ledger=ledger), answer_to(asked, ledger=ledger)
        ended = answered.on if answered else None
        if ended is None and upto <= until:
            ended = upto
        yield suspended_for_supplement(invited=asked.on, supplemented=ended, repair_until=until, policy=policy)


def _for_other_grounds(ledger: Ledger, *, upto: date) -> Iterator[Suspension | None]:
    for entry in all_of(Kind.SUSPENDED, ledger=ledger):
        ground, ended = entry.ground or Ground.consent, answer_to(entry, ledger=ledger)
        end = ended.on if ended else upto
        last = end if ground in _UP_TO_AND_INCLUDING else end - ONE_DAY
        if entry.last is not None:
            last = min(last, entry.last) if ended else entry.last
        yield suspended(ground, first=first_still(entry), last=last)
