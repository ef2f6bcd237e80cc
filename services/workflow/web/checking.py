"""The legal checks of a draft as its page shows them to the person who reads it."""

from __future__ import annotations

from services.workflow.domain.decision import compose
from services.workflow.domain.legal_checks import Facts, LegalCheck, legal_checks
from services.workflow.ports import SavedDraft
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import letters, me, office, today
from services.workflow.web.viewed import answer_views, heard_for
from shared.access import Permission, scope_of


def checks_of(file: CaseFile, *, saved: SavedDraft) -> tuple[LegalCheck, ...]:
    """Look at a saved draft with the eyes of the reader."""
    case, on, heard = file.case, today(), heard_for(file)
    may_sign = scope_of(me(), permission=Permission.DECIDE_CASES)
    whole = office().whole(case.submission)
    decision = compose(saved.draft, submission=whole, product=file.product, on=on, handler=me().name, clock=file.clock)
    decision = answer_views(decision, file=file)
    return legal_checks(
        Facts(
            draft=saved.draft,
            product=file.product,
            clock=file.clock,
            today=on,
            letter=letters().compose(decision, reference=case.reference, sent_on=on),
            may_sign=may_sign.holds(team=case.team, product=case.submission.product),
            prepared=me().subject in saved.prepared_by,
            waiting=case.status == "awaiting_supplement",
            heard=heard,
        )
    )
