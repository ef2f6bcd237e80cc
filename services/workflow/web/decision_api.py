"""Deciding through the API: the same gates as on the pages, with the words per field."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from services.workflow.actions.deciding import decide
from services.workflow.domain.decision import Draft, OwnCondition
from services.workflow.domain.fault import Fault, FaultyInputError
from services.workflow.web.api import portrait
from services.workflow.web.office import acting, letters, me, now
from services.workflow.web.schemas import CaseSchema, DecisionSchema
from shared.access import Permission, allows
from shared.api import Operation, answer, describes, json_body
from shared.problems import ProblemError, WrongField, problem_of

api = Blueprint("decision_api", __name__, url_prefix="/api/v1")

_PROBLEMS = (400, 401, 403, 404, 409, 413, 415, 422)
_OFFERS = {"grant_reasons", "refusal_grounds"}


@api.post("/cases/<reference>/decision")
@describes(
    Operation(summary="Take the decision; the letter goes", body=DecisionSchema, returns=CaseSchema, problems=_PROBLEMS)
)
@allows(Permission.DECIDE_CASES)
def decide_case(reference: str) -> ResponseReturnValue:
    draft = _draft(json_body(DecisionSchema()))
    try:
        with acting() as desk:
            decide(reference, draft=draft, person=me(), now=now(), desk=desk, letters=letters())
    except FaultyInputError as error:
        wrong = [_wrong(fault) for fault in error.faults]
        raise ProblemError(422, title=problem_of(422).title, errors=wrong) from None
    return answer(portrait(reference))


def _draft(body: dict[str, Any]) -> Draft:
    return Draft(
        result=body["result"],
        blocks=tuple(body["blocks"]),
        own_reason=body["own_reason"],
        own_source=body["own_source"],
        own_conditions=tuple(OwnCondition(**each) for each in body["own_conditions"]),
        given=body["given"],
        withheld=body["withheld"],
        hearing=body["hearing"],
        hearing_note=body["hearing_note"],
        renewal=body["renewal"],
        renewal_text=body["renewal_text"],
        until=body["until"].isoformat() if body["until"] else "",
        number=body["number"],
    )


def _wrong(fault: Fault) -> WrongField:
    name = "blocks" if fault.name in _OFFERS else fault.name.removesuffix(".day")
    return WrongField(name=name, reason=fault.reason)
