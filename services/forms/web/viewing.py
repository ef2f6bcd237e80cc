"""A case as its applicant sees it, of all that came in about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.forms.actions.linking import objection_form
from services.forms.domain.cases import CaseView, view_case
from services.forms.domain.correcting import takes_corrections
from services.forms.queries import Known, Submitted, find_known
from services.forms.web.counter import means, reading
from shared.events import Nature


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


def may_change(submitted: Submitted, *, view: CaseView) -> bool:
    """Whether the applicant may still change the answers themselves."""
    product = means().products.version(submitted.product, version=submitted.version)
    return view.may_correct and takes_corrections(product, owner=submitted.owner, who=means().who)


@dataclass(frozen=True, kw_only=True)
class FollowUps:
    """What can be begun after a decision, from its page."""

    objection: bool


def follow_ups(view: CaseView) -> FollowUps:
    """What this case leaves to begin; an objection to what was decided on an objection goes to the court (Awb 7:1)."""
    first = view.decision is not None and view.decision.nature is not Nature.OBJECTION
    return FollowUps(objection=first and objection_form(means().products.current) is not None)
