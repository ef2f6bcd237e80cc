"""What the applicant was asked, as the case page shows it: each thing with its answer, if there is one."""

from __future__ import annotations

from typing import Any

from services.workflow import queries
from services.workflow.domain.askable import label_of
from services.workflow.request_store import answers_of
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import screen_language
from shared.database import Connection


def list_requests(connection: Connection, *, file: CaseFile) -> list[dict[str, Any]]:
    """Give the requests of a case that the person was found to see, the newest first."""
    answers = answers_of(connection, case_id=file.case.id)
    return [
        {
            **request,
            "parts": [
                {
                    "label": getattr(label_of(asked, product=file.product), screen_language()),
                    "given": answers.get((request["id"], asked)),
                }
                for asked in request["asks"]
            ],
        }
        for request in queries.requests_of(connection, case_id=file.case.id)
    ]
