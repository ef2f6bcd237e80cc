"""The answers of a case on its page, and what of them is hidden until somebody with the need looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template

from services.workflow import queries
from services.workflow.domain.look import REASONS, Sight, hidden_kinds
from services.workflow.web.casefile import CaseFile
from services.workflow.web.corrections import list_corrections
from services.workflow.web.files import list_files
from services.workflow.web.neighbourhood import find_kin, find_neighbours
from services.workflow.web.requests import list_requests
from services.workflow.web.sensitive import may_look
from shared.catalogue.definitions import Sensitive
from shared.database import Connection


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """One kind of answers that is hidden: whether the reader may look, and what was opened for this page."""

    kind: Sensitive
    allowed: bool
    opened: Sight | None
    wrong: bool


def render_answers(
    connection: Connection,
    *,
    file: CaseFile,
    opened: Mapping[Sensitive, Sight] | None = None,
    wrong: Sensitive | None = None,
) -> str:
    """Give the page; `opened` is what the reader looks at now, `wrong` for which kind no reason was chosen."""
    files = queries.files_of(connection, case_id=file.case.id)
    hidden = [
        Hidden(
            kind=kind,
            allowed=may_look(kind, file=file),
            opened=(opened or {}).get(kind),
            wrong=kind is wrong,
        )
        for kind in hidden_kinds(file.case.submission, product=file.product)
    ]
    return render_template(
        "case-answers.html",
        file=file,
        requests=list_requests(connection, file=file),
        payments=queries.payments_of(connection, case_id=file.case.id) if file.case.submission.fee_cents else (),
        files=list_files(file, files=files),
        corrections=list_corrections(connection, file=file),
        neighbours=find_neighbours(connection, file=file),
        hidden=hidden,
        kin=find_kin(connection, file=file),
        reasons=REASONS,
    )
