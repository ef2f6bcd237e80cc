"""Who may look at what is sensitive, and the row that each look leaves in the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from services.workflow.audit import LOOK, Act, record
from services.workflow.domain.look import kind_of_file
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import me, now
from shared.access import Permission, scope_of
from shared.catalogue.definitions import Sensitive
from shared.database import Connection
from shared.problems import problem_of

_PERMISSIONS: Final[Mapping[Sensitive, Permission]] = {
    Sensitive.HEALTH: Permission.SEE_HEALTH,
    Sensitive.BSN: Permission.SEE_BSN,
}


def may_look(kind: Sensitive | None, *, file: CaseFile) -> bool:
    """Tell whether the reader may look at this kind of answers in this case; None is not sensitive."""
    if kind is None:
        return True
    scope = scope_of(me(), permission=_PERMISSIONS[kind])
    return scope.holds(team=file.case.team, product=file.case.submission.product)


def record_look(connection: Connection, *, file: CaseFile, kind: str, questions: Iterable[str], reason: str) -> None:
    """Add to the audit log who looks at what, when and why, and nothing of what stands there."""
    details = {"questions": list(questions), "reason": reason}
    act = Act(at=now(), who=me().subject, act=LOOK + kind, reference=file.case.reference, details=details)
    record(connection, act=act)


def open_sent_file(connection: Connection, *, file: CaseFile, sent: Mapping[str, Any]) -> None:
    """See that the reader may open a file of a case; a look at a sensitive one is recorded.

    Raises:
        ProblemError: 403, it is about health and the reader does not need it.
    """
    kind = kind_of_file(sent["question"], product=file.product)
    if not may_look(kind, file=file):
        raise problem_of(403)
    if kind:
        record_look(connection, file=file, kind=kind, questions=[sent["question"]], reason="file")
