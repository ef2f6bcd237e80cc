"""A case as its applicant sees it, of all that came in about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.forms.actions.linking import objection_form
from services.forms.domain.cases import CaseView, view_case
from services.forms.domain.correcting import takes_corrections
from services.forms.domain.payments import Bill
from services.forms.queries import Known, Submitted, find_known
from services.forms.web.counter import language, means, reading, said, today
from shared.catalogue.lasting import Lasting, LifeState, lasting_of
from shared.events import AnswerRow, LegalStep, Nature
from shared.law.calendar import local_date
from shared.law.terms import Step


def view_of(submitted: Submitted) -> CaseView:
    """The case as its applicant sees it."""
    with reading() as connection:
        known = find_known(connection, reference=submitted.reference)
    return view_known(submitted.received_at, known=known)


def view_known(received_at: datetime, *, known: Known) -> CaseView:
    """The case as its applicant sees it, of what came in about it."""
    return view_case(
        received_at, facts=known.facts, notices=known.notices, given=known.given, afterwards=known.afterwards
    )


def may_change(submitted: Submitted, *, view: CaseView, owed: Bill | None) -> bool:
    """Whether the applicant may still change the answers themselves; `owed` is what is to be paid online."""
    return view.may_correct and takes_corrections(owner=submitted.owner, who=means().who, bill=owed)


@dataclass(frozen=True, kw_only=True)
class FollowUps:
    """What can be begun from the page of a case; `lasting` is how long what was given lasts.

    `number` is the one it bears, where it has one. `anew`: it was withdrawn, and its form is still there.
    """

    objection: bool
    lasting: Lasting | None = None
    state: LifeState | None = None
    number: AnswerRow | None = None
    amendment: bool = False
    renewal: bool = False
    ended: bool = False
    anew: bool = False


def follow_ups(submitted: Submitted, *, view: CaseView) -> FollowUps:
    """What this case leaves to begin; an objection to what was decided on an objection goes to the court (Awb 7:1)."""
    first = view.decision is not None and view.decision.nature is not Nature.OBJECTION
    objection = first and objection_form(means().products.current) is not None
    lasting = _lasting(submitted, view=view)
    if lasting is None:
        anew = view.withdrawn_at is not None and submitted.product in means().products.current
        return FollowUps(objection=objection, anew=anew)
    if view.has_ended:
        return FollowUps(objection=objection, lasting=lasting, ended=True)
    state, on = lasting.state(on=today()), today()
    offered = submitted.product in means().products.current
    return FollowUps(
        objection=objection,
        lasting=lasting,
        state=state,
        number=view.number,
        amendment=offered and state != "expired",
        renewal=offered and lasting.renewable(on=on),
    )


def steps_said(steps: Iterable[Step | LegalStep]) -> list[dict[str, str]]:
    """How a date was counted, in the reader's language."""
    return [
        {
            "text": said(step.text) if isinstance(step, LegalStep) else getattr(step, language()),
            "article": step.article,
        }
        for step in steps
    ]


def _lasting(submitted: Submitted, *, view: CaseView) -> Lasting | None:
    """It counts from the day on which the letter went that gave it (Awb 3:40)."""
    given_on = view.given_on
    if given_on is None or view.decision is None:
        return None
    product = means().products.version(submitted.product, version=submitted.version)
    return lasting_of(
        product,
        answers={**submitted.answers, **view.answers},
        received_on=local_date(submitted.received_at),
        granted_on=given_on,
        until=view.ends,
    )
