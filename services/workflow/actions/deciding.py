"""Taking a decision: exactly what was shown, and only one."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions.keeping import clock_of, keep
from services.workflow.domain import case as cases
from services.workflow.domain import decision as decisions
from services.workflow.domain.case import Case
from services.workflow.domain.decision import Draft
from services.workflow.domain.fault import FaultyInputError
from services.workflow.domain.legal_checks import says_remedies
from services.workflow.domain.weighing import Heard, check_allowed, with_views
from services.workflow.ports import Desk, Letters, SavedDraft, Signed
from shared.access import Person
from shared.events import CaseDecided, Decision
from shared.ids import new_id
from shared.law.calendar import local_date


class DraftChangedError(Exception):
    """A colleague changed this draft meanwhile; `saved` is what lies there now."""

    def __init__(self, saved: SavedDraft) -> None:
        """Carry the colleague's draft."""
        super().__init__(str(saved.version))
        self.saved = saved


class NoDraftError(Exception):
    """Nothing was prepared that could be decided."""


class NoRemediesError(Exception):
    """The letter does not say how to object and until when (Awb 3:45), so it may not go."""


def decide_draft(reference: str, *, version: int, person: Person, now: datetime, desk: Desk, letters: Letters) -> None:
    """Take the decision exactly as it was shown: this version of the draft, or none.

    Raises:
        UnknownCaseError, NoDraftError, DraftChangedError, and what `decide` raises.
    """
    lying = desk.cases.draft(desk.cases.lock(reference))
    if lying is None:
        raise NoDraftError
    if lying.version != version:
        raise DraftChangedError(lying)
    _take(reference, draft=lying.draft, prepared_by=lying.prepared_by, person=person, now=now, tools=(desk, letters))


def decide(reference: str, *, draft: Draft, person: Person, now: datetime, desk: Desk, letters: Letters) -> None:
    """Take a decision that this person prepared; the letter goes, and from its sending on others can object.

    Raises:
        UnknownCaseError, NotYourCaseError, AlreadyDecidedError, WaitingForApplicantError.
        FourEyesError: the product asks that somebody else signs.
        FaultyInputError: a reason, ground, text or the hearing is missing (Awb 3:46, 3:47, 4:7).
        NotProcessableError, NotByLawError, GivenByLawError: the law does not leave this outcome open.
        ViewsAwaitedError, ViewsUnweighedError, DeviationUnexplainedError: others were not done justice yet.
        NoRemediesError: the letter lacks the remedies (Awb 3:45).
    """
    own = frozenset({person.subject})
    _take(reference, draft=draft, prepared_by=own, person=person, now=now, tools=(desk, letters))


def record_decision(case: Case, *, before: Case, decision: Decision, signed: Signed, desk: Desk) -> None:
    """Keep a decision on this case, told already, and have its letter go."""
    decision_id, now = new_id(), signed.at
    desk.cases.add_decision(case, decision_id=decision_id, decision=decision, signed=signed)
    keep(case, before=before, now=now, desk=desk)
    desk.cases.note(case, kind="decided", at=now, who=signed.by, details={"result": decision.result})
    desk.tell(
        CaseDecided(
            reference=case.reference,
            sequence=case.sequence,
            at=now,
            decision_id=decision_id,
            decision=decision,
            contact=case.contact,
        )
    )


def _heard_of(case: Case, *, desk: Desk) -> Heard:
    """Give what others said of a case."""
    cases = desk.cases
    return Heard(notices=cases.notices_of(case), views=cases.views_of(case), advice=cases.advice_of(case))


def _take(
    reference: str,
    *,
    draft: Draft,
    prepared_by: frozenset[str],
    person: Person,
    now: datetime,
    tools: tuple[Desk, Letters],
) -> None:
    desk, letters = tools
    before = desk.cases.lock(reference)
    product = desk.products.to_decide_on(before)
    four_eyes = product.process.four_eyes
    case = cases.decide(before, by=person.subject, at=now, prepared_by=prepared_by if four_eyes else None).told()
    clock, today = clock_of(before, now=now, desk=desk), local_date(now)
    if faults := decisions.faults_of(draft, product=product, on=today):
        raise FaultyInputError(faults)
    heard = _heard_of(before, desk=desk)
    check_allowed(draft, clock=clock, heard=heard, product=product, today=today)
    whole = desk.whole(case.submission)
    decision = decisions.compose(draft, submission=whole, product=product, on=today, handler=person.name, clock=clock)
    decision = with_views(decision, views=heard.views)
    _check_remedies(decision, case=case, now=now, letters=letters)
    signed = Signed(by=person.subject, at=now, prepared_by=prepared_by, four_eyes=four_eyes)
    record_decision(case, before=before, decision=decision, signed=signed, desk=desk)
    _renew_first(case, draft=draft, signed=signed, desk=desk)


def _renew_first(case: Case, *, draft: Draft, signed: Signed, desk: Desk) -> None:
    """Have the decision that was objected to be replaced, where the objection is founded (Awb 7:11 lid 2)."""
    if draft.result == "founded" and draft.renewal:
        text = draft.renewal_text.strip()
        desk.cases.renew_first(case, renewal=draft.renewal, text=text, by=signed.by, at=signed.at)


def _check_remedies(decision: Decision, *, case: Case, now: datetime, letters: Letters) -> None:
    today = local_date(now)
    letter = letters.compose(decision, reference=case.reference, sent_on=today)
    if not says_remedies(letter, sent_on=today, nature=decision.nature):
        raise NoRemediesError
