"""The API for other systems, with a staff token: read cases, take the next one, decide."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from services.workflow.actions.handling import take_next
from services.workflow.lists import Wanted, list_cases
from services.workflow.web.casefile import open_file
from services.workflow.web.office import acting, me, now, reading, today
from services.workflow.web.portrait import case_message, list_message
from services.workflow.web.schemas import CaseSchema, ListSchema, WantedSchema
from services.workflow.web.summary import summarise
from shared.access import Permission, allows
from shared.api import Operation, answer, describes
from shared.problems import ProblemError, problem_of, wrong_fields

api = Blueprint("api", __name__, url_prefix="/api/v1")

_QUERY = {
    "view": "A kept list: open, mine, late, week, free, waiting, decided, all, escalated or answered.",
    "q": "Words of a name, place, reference or answer; forgives a typing error.",
    "product": "The id of a product.",
    "status": "received, in_progress, awaiting_supplement, decided, announced or withdrawn.",
    "term": "late, today, rest (of this week), soon (within 5 working days), later or paused.",
    "sort": "deadline, applicant, status, handler or received; with - before it the other way round.",
    "page": "The page, from 1; 25 cases a page.",
}


@api.get("/cases")
@describes(Operation(summary="The cases that you may see", returns=ListSchema, query=_QUERY, problems=(401, 422)))
@allows(Permission.SIGNED_IN)
def cases() -> ResponseReturnValue:
    try:
        wanted = Wanted(**WantedSchema().load(request.args.to_dict()))
    except ValidationError as error:
        raise ProblemError(422, title=problem_of(422).title, errors=wrong_fields(error.messages)) from None
    with reading() as connection:
        found = list_cases(connection, person=me(), wanted=wanted, today=today())
        lines = summarise(connection, rows=found.rows, today=today())
    return answer(list_message(found, lines=lines, page=wanted.page))


@api.get("/cases/<reference>")
@describes(Operation(summary="One case with all that is known of it", returns=CaseSchema, problems=(401, 403, 404)))
@allows(Permission.SEE_CASES)
def case(reference: str) -> ResponseReturnValue:
    return answer(portrait(reference))


@api.post("/cases/next")
@describes(
    Operation(
        summary="Take the most urgent case that nobody holds; 204 when there is none",
        returns=CaseSchema,
        empty=True,
        problems=(401, 403),
    )
)
@allows(Permission.WORK_CASES)
def next_case() -> ResponseReturnValue:
    with acting() as desk:
        reference = take_next(person=me(), now=now(), desk=desk)
    return answer(portrait(reference)) if reference else Response(status=204)


def portrait(reference: str) -> object:
    """Tell all of the case that this reference names. Raises ProblemError: 404."""
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        return case_message(connection, file=file)
