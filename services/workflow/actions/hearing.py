"""What facts from elsewhere set in motion: a submission, an answer, a new day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.workflow.actions.keeping import (
    agenda_of,
    clock_of,
    keep,
    move,
    product_of,
    resume,
    steps_of,
)
from services.workflow.actions.routing import find_team, note_route
from services.workflow.domain import case as cases
from services.workflow.domain.case import Case
from services.workflow.domain.ledger import answer_to, last_day_to_answer
from services.workflow.domain.linked import counted_from
from services.workflow.ports import Desk
from shared.differences import differences
from shared.events import (
    AnswerAwaited,
    ApplicationCorrected,
    ApplicationWithdrawn,
    CaseOpened,
    CorrectionNoted,
    MarkGiven,
    OpinionGiven,
    ReachedByPost,
    SubmissionReceived,
    Words,
)
from shared.ids import new_id
from shared.law.calendar import local_date, long_date
from shared.wire import from_wire


class StillTimeError(Exception):
    """This question can still be answered."""


def open_case(submission: SubmissionReceived, *, now: datetime, desk: Desk) -> bool:
    """Start exactly one case per reference; False when it was there already, and nothing changes."""
    product = desk.products.product(submission.product, version=submission.version)
    routed = find_team(submission, product=product, desk=desk)
    case = _opened(submission, team=routed.team, desk=desk).told()
    clock = clock_of(case, now=now, desk=desk)
    if not desk.cases.add(case, agenda=agenda_of(case, clock=clock, desk=desk, is_new=True)):
        return False
    note_route(case, routed=routed, desk=desk)
    if not submission.applicant.email:
        desk.tell(ReachedByPost(reference=case.reference, party=submission.applicant))
    desk.tell(
        CaseOpened(
            reference=case.reference,
            sequence=case.sequence,
            at=now,
            received_at=submission.received_at,
            title=submission.title,
            nature=product.nature,
            contact=case.contact,
            decide_by=clock.decide_by,
            steps=steps_of(clock),
            shown=submission.shown,
            product=submission.product,
            team=case.team,
        )
    )
    return True


def _opened(submission: SubmissionReceived, *, team: str, desk: Desk) -> Case:
    """The case as it starts; an objection counts from the end of its term, and who decided first keeps away from it."""
    link = submission.link
    first = desk.cases.first_case(link.reference) if link and link.kind == "objection" else None
    return cases.open_case(
        new_id(),
        submission=submission,
        team=team,
        counted_from=counted_from(first),
        barred=first.people if first else frozenset(),
    )


def receive_correction(corrected: ApplicationCorrected, *, now: datetime, desk: Desk) -> None:
    """Put the correction in the place of the application, also when somebody took the case at the same moment.

    After the decision it stands on the timeline and changes nothing. A second telling changes nothing.

    Raises:
        UnknownCaseError, CorrectionTooEarlyError: the application, or a correction before this, is not heard yet.
    """
    before = desk.cases.lock(corrected.reference)
    case = replace(before, submission=_corrected(corrected, before=before))
    if not before.is_open:
        desk.cases.note(before, kind="corrected_too_late", at=corrected.at, who=None, details=_changed(before, case))
        return
    if not desk.cases.correct(case, revision=corrected.revision, at=corrected.at):
        return
    kind = "corrected" if before.handler is None else "corrected_at_work"
    desk.cases.note(case, kind=kind, at=corrected.at, who=None, details=_changed(before, case))
    clock = clock_of(case, now=now, desk=desk)
    for contact in {each.email: each for each in (before.contact, case.contact)}.values():
        desk.tell(
            CorrectionNoted(
                reference=case.reference,
                at=corrected.at,
                nature=product_of(case, desk=desk).nature,
                title=case.submission.title,
                contact=contact,
                decide_by=clock.decide_by,
            )
        )


def receive_withdrawal(withdrawn: ApplicationWithdrawn, *, now: datetime, desk: Desk) -> None:
    """Close the case that the applicant takes back; after the decision it stands on the timeline and changes nothing.

    Raises:
        UnknownCaseError: no such case.
    """
    before = desk.cases.lock(withdrawn.reference)
    case = cases.withdraw(before, at=withdrawn.at)
    kind = "withdrawn" if case is not before else "withdrawn_too_late"
    desk.cases.note(before, kind=kind, at=withdrawn.at, who=None, details={"text": withdrawn.because})
    if case is not before:
        move(case, before=before, now=now, desk=desk)


def receive_opinion(given: OpinionGiven, *, now: datetime, desk: Desk) -> None:  # noqa: ARG001 every fact is heard so
    """Keep what somebody thinks of a question or rule, for whoever makes them; it belongs to no case."""
    desk.cases.add_opinion(given)


def receive_mark(given: MarkGiven, *, now: datetime, desk: Desk) -> None:  # noqa: ARG001 every fact is heard this way
    """Keep the applicant's mark; the latest one counts.

    Raises:
        UnknownCaseError: no such case.
    """
    case = desk.cases.lock(given.reference)
    if desk.cases.keep_mark(case, given=given):
        details = {"mark": given.mark, "text": given.words}
        desk.cases.note(case, kind="marked", at=given.at, who=None, details=details)


def end_waiting(reference: str, *, request_id: UUID, now: datetime, desk: Desk) -> None:
    """Let the clock run again after a question whose time to answer passed; the second time nothing changes.

    Raises:
        UnknownCaseError, UnknownRequestError.
        StillTimeError: the last day to answer is not over, whatever the timer thought.
    """
    before = desk.cases.lock(reference)
    answer_by = last_day_to_answer(cases.question_of(before, request_id=request_id), ledger=before.ledger)
    if local_date(now) <= answer_by:
        raise StillTimeError
    case = cases.lapse(before, request_id=request_id, at=now)
    if case is before:
        return
    desk.cases.lapse_request(request_id, at=now)
    cosign = case.is_cosign(request_id)
    kind = "cosign_lapsed" if cosign else "lapsed"
    desk.cases.note(case, kind=kind, at=now, who=None, details={"answer_by": answer_by.isoformat()})
    resume(case, before=before, because=_no_answer(answer_by, cosign=cosign), now=now, desk=desk)


def renew_deadlines(on: date, *, now: datetime, desk: Desk) -> None:
    """Work the cached deadline out again where the term stands still: it moves on by a day each day."""
    for reference in desk.cases.standing_still(on=on):
        case = desk.cases.lock(reference)
        keep(case, before=case, now=now, desk=desk)


def remind_applicant(reference: str, *, request_id: UUID, now: datetime, desk: Desk) -> None:
    """Remind the applicant of a question that can still be answered.

    Raises:
        UnknownCaseError, UnknownRequestError.
    """
    case = desk.cases.lock(reference)
    asked = cases.question_of(case, request_id=request_id)
    answer_by = last_day_to_answer(asked, ledger=case.ledger)
    over = not case.is_open or answer_to(asked, ledger=case.ledger) or local_date(now) > answer_by
    if over or case.is_cosign(request_id):  # the applicant was asked nothing: the other must agree
        return
    desk.cases.note(case, kind="reminded", at=now, who=None, details={"answer_by": answer_by.isoformat()})
    desk.tell(
        AnswerAwaited(
            reference=reference,
            at=now,
            title=case.submission.title,
            nature=product_of(case, desk=desk).nature,
            request_id=request_id,
            answer_by=answer_by,
            contact=case.contact,
        )
    )


def _no_answer(answer_by: date, *, cosign: bool) -> Words:
    nl, en = long_date(answer_by), long_date(answer_by, language="en")
    if cosign:
        return Words(
            nl=f"Akkoord geven kon tot en met {nl}. Wij kregen geen akkoord. De termijn loopt weer.",
            en=f"The other person could agree until {en}. We received no answer. The term runs again.",
        )
    return Words(
        nl=f"U kon antwoord geven tot en met {nl}. Wij kregen geen antwoord. De termijn loopt weer.",
        en=f"You could answer until {en}. We received no answer. The term runs again.",
    )


def _corrected(corrected: ApplicationCorrected, *, before: Case) -> SubmissionReceived:
    """The corrected application, in the version it began with; who sent it, how, and whence an answer came, stay."""
    told: SubmissionReceived = from_wire(
        SubmissionReceived.__name__, version=corrected.told_as, payload=corrected.application
    )
    former = before.submission
    stayed = {
        name: source for name, source in former.sources.items() if told.answers.get(name) == former.answers.get(name)
    }
    return replace(
        told,
        version=former.version,
        identified=told.identified or former.identified,
        clerk=told.clerk or former.clerk,
        sources={**stayed, **told.sources},
    )


def _changed(before: Case, case: Case) -> dict[str, str]:
    changed = differences(before.submission.shown, after=case.submission.shown)
    return {"text": ", ".join(one.label.nl for one in changed)}
