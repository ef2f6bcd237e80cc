"""What a message that did not arrive sets in motion: whoever has the case hears of it, and where it may go by post."""

from __future__ import annotations

from services.workflow.ports import Desk
from shared.events import ReachedByPost
from shared.post import NoticeFailed


def record_failed(failed: NoticeFailed, *, desk: Desk) -> None:
    """Note it for the handler, and tell where the applicant lives if the message may go there (Awb 2:11).

    Raises:
        UnknownCaseError: no such case.
    """
    case = desk.cases.lock(failed.reference)
    applicant = case.submission.applicant
    by_post = failed.by_post and applicant.address is not None
    details = {
        "text": "Een bericht kwam niet aan.",
        "undelivered": failed.kind,
        "because": failed.because,
        "by_post": by_post,
        "mentions": [case.handler] if case.handler else [],
        "follows": None,
    }
    desk.cases.note(case, kind="note", at=failed.at, who=None, details=details)
    if by_post:
        desk.tell(ReachedByPost(reference=case.reference, party=applicant))
