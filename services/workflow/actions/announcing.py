"""What a sent letter sets in motion: its decision works from then on, also where it replaces that of another case."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from services.workflow.actions.keeping import common_of, keep, product_of
from services.workflow.domain import case as cases
from services.workflow.domain.case import Case
from services.workflow.ports import Desk, UnknownCaseError
from shared.catalogue.lasting import NUMBER
from shared.events import NoticeSent
from shared.term_events import DecisionRenewed
from shared.values import Contact


def record_sent(notice: NoticeSent, *, now: datetime, desk: Desk) -> None:
    """Put a sent message on the timeline; the decision's letter starts the objection term (Awb 3:41, 6:8 lid 1).

    One that was sent again since it did not arrive starts it anew (Awb 2:11 lid 3).

    Raises:
        UnknownCaseError: no such case.
    """
    before = desk.cases.lock(notice.reference) if notice.kind == "decision" else None
    desk.cases.note_sent(notice)
    if before is None:
        return
    case = cases.announce(before, at=notice.sent_at, again=notice.again)
    desk.cases.record_letter(case, notice=notice)
    if case is not before:
        keep(case, before=before, now=now, desk=desk)
        if notice.again:
            desk.cases.retain_anew(case)
        _tend_first(case, now=now, desk=desk)


def _tend_first(case: Case, *, now: datetime, desk: Desk) -> None:
    """Tell of the first case what an objection put in its place; what that gives can end and be renewed."""
    link = case.submission.link
    if link is None or not case.is_objection:
        return
    with suppress(UnknownCaseError):
        before = desk.cases.lock(link.reference)
        renewed = desk.cases.replaced(before)
        if renewed is None or renewed.reference != case.reference:
            return
        first = before.told()
        clock = keep(first, before=before, now=now, desk=desk)
        desk.cases.retain_anew(first)
        common = common_of(first, clock=clock, product=product_of(first, desk=desk), now=renewed.sent_at or now)
        decision = desk.cases.decision(case)
        desk.tell(
            DecisionRenewed(
                **common,
                outcome=renewed.words,
                gives=renewed.gives,
                by_applicant=_is_of_same(case.contact, first.contact),
                ends=renewed.until,
                number=next((each for each in decision.facts if each.question == NUMBER), None) if decision else None,
            )
        )


def _is_of_same(one: Contact, other: Contact, /) -> bool:
    """Whether whoever objected is the applicant, and so reads of it in the letter on the objection."""
    names = {(each.name.strip().casefold(), each.email.strip().casefold()) for each in (one, other)}
    return len(names) == 1
