"""Looking at what is sensitive in an application: with a reason, and never without a row in the audit log."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields, validate

from services.workflow.domain.look import REASONS, Sight, look_at, questions_of
from services.workflow.web.answers import render_answers
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.office import me, office, reading, today
from services.workflow.web.sensitive import record_look
from shared.access import Permission, allows
from shared.api import Operation, answer, describes, json_body
from shared.catalogue.definitions import Sensitive
from shared.database import Connection

pages = Blueprint("looks", __name__)


class LookSchema(Schema):
    """Why somebody looks."""

    reason = fields.String(required=True, validate=validate.OneOf(list(REASONS)))


class SightSchema(Schema):
    """The sensitive answers by question id, as far as they were given."""

    answers = fields.Dict(keys=fields.String(), required=True)


def _operation(summary: str) -> Operation:
    return Operation(
        summary=f"{summary}; the look is recorded",
        body=LookSchema,
        returns=SightSchema,
        problems=(400, 401, 403, 404, 413, 415, 422),
    )


@pages.post("/zaken/<reference>/inzien/gezondheid")
@allows(Permission.SEE_HEALTH)
def show_health(reference: str) -> ResponseReturnValue:
    return _show(reference, kind=Sensitive.HEALTH)


@pages.post("/zaken/<reference>/inzien/bsn")
@allows(Permission.SEE_BSN)
def show_bsn(reference: str) -> ResponseReturnValue:
    return _show(reference, kind=Sensitive.BSN)


@pages.post("/api/v1/cases/<reference>/health")
@describes(_operation("Look at the answers about health"))
@allows(Permission.SEE_HEALTH)
def tell_health(reference: str) -> ResponseReturnValue:
    return _tell(reference, kind=Sensitive.HEALTH)


@pages.post("/api/v1/cases/<reference>/bsn")
@describes(_operation("Look at the citizen service numbers"))
@allows(Permission.SEE_BSN)
def tell_bsn(reference: str) -> ResponseReturnValue:
    return _tell(reference, kind=Sensitive.BSN)


def _show(reference: str, *, kind: Sensitive) -> ResponseReturnValue:
    reason = request.form.get(f"reason_{kind.value}", "")
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        if reason not in REASONS:
            return render_answers(connection, file=file, wrong=kind), 422
        sight = _look(connection, file=file, kind=kind, reason=reason)
        return render_answers(connection, file=file, opened={kind: sight})


def _tell(reference: str, *, kind: Sensitive) -> ResponseReturnValue:
    reason = json_body(LookSchema())["reason"]
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        _look(connection, file=file, kind=kind, reason=reason)
    said = office().whole(file.case.submission).answers
    names = questions_of(kind, product=file.product)
    return answer(SightSchema().dump({"answers": {name: said[name] for name in names if name in said}}))


def _look(connection: Connection, *, file: CaseFile, kind: Sensitive, reason: str) -> Sight:
    questions = questions_of(kind, product=file.product)
    record_look(connection, file=file, kind=kind, questions=questions, reason=reason)
    clear = file.case.submission
    return look_at(kind, whole=office().whole(clear), clear=clear, product=file.product)
