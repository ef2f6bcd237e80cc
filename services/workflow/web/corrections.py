"""What an applicant changed after sending, as the case page shows it: was and is now."""

from __future__ import annotations

from typing import Any

from services.workflow.correction_store import corrections_of
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import screen_language
from shared.database import Connection
from shared.differences import differences


def list_corrections(connection: Connection, *, file: CaseFile) -> list[dict[str, Any]]:
    """The corrections of a case that the person was found to see, the newest first, each with what it changed."""
    after = file.case.submission
    listed: list[dict[str, Any]] = []
    for correction in corrections_of(connection, case_id=file.case.id):
        changes = differences(correction.former.shown, after=after.shown)
        listed.append({"at": correction.at, "changes": [_said(vars(one)) for one in changes]})
        after = correction.former
    return listed


def _said(change: dict[str, Any]) -> dict[str, str]:
    return {name: getattr(change[name], screen_language()) for name in ("label", "was", "now")}
