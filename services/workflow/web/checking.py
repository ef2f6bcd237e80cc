"""The legal checks of a draft as its page shows them to the person who reads it."""

from __future__ import annotations

from services.workflow.domain.decision import Draft, compose
from services.workflow.domain.legal_checks import Facts, LegalCheck, legal_checks
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import letters, me, office, today
from services.workflow.web.viewed import answer_views, heard_for
from shared.access import Permission, scope_of


def checks_of(file: CaseFile, *, draft: Draft, prepared_by: frozenset[str]) -> tuple[LegalCheck, ...]:
    """Look at a draft, on which these wrote, with the eyes of the reader."""
    case, on, heard = file.case, today(), heard_for(file)
    may_sign = scope_of(me(), permission=Permission.DECIDE_CASES)
    whole = office().whole(case.submission)
    decision = compose(draft, submission=whole, product=file.product, on=on, handler=me().name, clock=file.clock)
    decision = answer_views(decision, file=file)
    return legal_checks(
        Facts(
            draft=draft,
            product=file.product,
            clock=file.clock,
            today=on,
            letter=letters().compose(decision, reference=case.reference, sent_on=on),
            may_sign=may_sign.holds(team=case.team, product=case.submission.product),
            prepared=me().subject in prepared_by,
            waiting=case.status == "awaiting_supplement",
            mending=file.mending["state"] if file.mending else None,
            heard=heard,
        )
    )
