"""Cases as the API tells them, in the language that the caller asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.workflow import lists, queries
from services.workflow.domain.look import hidden_kinds
from services.workflow.web.casefile import CaseFile
from services.workflow.web.schemas import CaseSchema, ListSchema
from services.workflow.web.summary import Summary
from shared.database import Connection
from shared.events import Words
from shared.law.calendar import local_date
from shared.problems import asked_language
from shared.wire import to_wire


def list_message(found: lists.Found, *, lines: Sequence[Summary], page: int) -> Any:
    """Tell a page of cases."""
    message = {
        "cases": [_line(line) for line in lines],
        "total": found.total,
        "page": page,
        "pages": max(1, -(-found.total // lists.PAGE_SIZE)),
    }
    return ListSchema().dump(message)


def case_message(connection: Connection, *, file: CaseFile) -> Any:
    """Tell all of a case."""
    case, clock, said = file.case, file.clock, file.case.submission
    taken = queries.decision_of(connection, case_id=case.id)
    message = {
        "reference": case.reference,
        "title": _say(said.title),
        "applicant": case.applicant,
        "place": said.place,
        "status": case.status,
        "handler": file.handler_name,
        "received_on": local_date(said.received_at),
        "decide_by": clock.decide_by,
        "suspended_days": clock.suspended_days,
        "time_left": _left(file),
        "product": said.product,
        "version": said.version,
        "channel": said.channel,
        "answers": said.answers,
        "hidden": hidden_kinds(said, product=file.product),
        "files": queries.files_of(connection, case_id=case.id),
        "rules": [_rule(to_wire(rule)) for rule in said.rules],
        "steps": [{"text": getattr(step, asked_language()), "article": step.article} for step in clock.term.steps],
        "requests": queries.requests_of(connection, case_id=case.id),
        "second_signatory": file.cosign,
        "result": taken.decision.result if taken else None,
        "decided_on": clock.decided_on,
        "sent_on": clock.sent_on,
        "objection_until": clock.objection.safe if clock.objection else None,
    }
    return CaseSchema().dump(message)


def _line(line: Summary) -> dict[str, Any]:
    return {
        "reference": line.reference,
        "title": _say(line.title),
        "applicant": line.applicant,
        "place": line.place,
        "status": line.status,
        "handler": line.handler_name,
        "received_on": line.received_on,
        "decide_by": line.clock.decide_by,
        "suspended_days": line.clock.suspended_days,
        "time_left": _left(line),
    }


def _left(shown: Summary | CaseFile) -> dict[str, Any]:
    left = shown.left
    return {"kind": left.kind.value, "working_days": left.working_days, "text": _say(left.words)}


def _rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {**rule, "because": rule["because"][asked_language()]}


def _say(words: Words) -> str:
    return str(getattr(words, asked_language()))
