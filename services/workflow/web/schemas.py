"""What the API takes and gives, as marshmallow schemas: they check, and they describe themselves in OpenAPI."""

from __future__ import annotations

import re
from typing import Any, get_args

from marshmallow import Schema, ValidationError, fields, validate

from services.workflow.domain.decision import LONGEST_TEXT, MOST_OWN_CONDITIONS
from services.workflow.domain.given import LONGEST_NUMBER
from services.workflow.domain.hearing import ALL_HEARINGS
from services.workflow.domain.outcomes import RENEWALS
from services.workflow.list_views import MORE_VIEWS, SORTS, STATUSES, TERMS, VIEWS
from services.workflow.lists import LAST_PAGE, is_day
from shared.events import FileScan, Result
from shared.values import Channel

_UNKEEPABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _is_keepable(text: str) -> None:
    """Refuse characters that cannot be kept or printed."""
    if _UNKEEPABLE.search(text):
        raise ValidationError("Not a valid string.")


def _text(*, longest: int = LONGEST_TEXT) -> Any:
    return fields.String(load_default="", validate=[validate.Length(max=longest), _is_keepable])


class OwnConditionSchema(Schema):
    """A condition in own words."""

    text = _text()
    because = _text()
    source = _text()


class DecisionSchema(Schema):
    """The decision to take; with `given` and `withheld` in part, with `hearing` when it turns something down.

    `until` and `number` are for what the decision itself gives an end and a number, such as a card.
    """

    result = fields.String(required=True, validate=validate.OneOf(get_args(Result)))
    blocks = fields.List(
        fields.String(validate=[validate.Length(max=100), _is_keepable]),
        load_default=[],
        validate=validate.Length(max=100),
    )
    own_reason = _text()
    own_source = _text()
    given = _text()
    withheld = _text()
    hearing = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(list(ALL_HEARINGS)))
    hearing_note = _text()
    renewal = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(list(RENEWALS)))
    renewal_text = _text()
    until = fields.Date(load_default=None, allow_none=True)
    number = _text(longest=LONGEST_NUMBER)
    own_conditions = fields.List(
        fields.Nested(OwnConditionSchema), load_default=[], validate=validate.Length(max=MOST_OWN_CONDITIONS)
    )


class TimeLeftSchema(Schema):
    """How much time is left; `working_days` is negative when late, null when nothing runs."""

    kind = fields.String(required=True, validate=validate.OneOf(["late", "soon", "ok", "paused", "check"]))
    working_days = fields.Integer(required=True, allow_none=True)
    text = fields.String(required=True)


class LineSchema(Schema):
    """A case in a list."""

    reference = fields.String(required=True)
    title = fields.String(required=True)
    applicant = fields.String(required=True)
    place = fields.String(required=True, allow_none=True)
    status = fields.String(required=True)
    handler = fields.String(required=True, allow_none=True)
    received_on = fields.Date(required=True)
    decide_by = fields.Date(required=True)
    suspended_days = fields.Integer(required=True)
    time_left = fields.Nested(TimeLeftSchema, required=True)


class ListSchema(Schema):
    """A page of cases."""

    cases = fields.List(fields.Nested(LineSchema), required=True)
    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    pages = fields.Integer(required=True)


class StepSchema(Schema):
    """One step of the reckoning of the last day to decide."""

    text = fields.String(required=True)
    article = fields.String(required=True)


class RequestSchema(Schema):
    """A question to the applicant."""

    question = fields.String(required=True)
    asked_at = fields.AwareDateTime(required=True)
    answer_by = fields.Date(required=True)
    answer = fields.String(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)


class FileSchema(Schema):
    """A file of the application; it can be fetched when `scan` is clean or unscanned. `added_at`: it came later."""

    id = fields.UUID(required=True)
    question = fields.String(required=True)
    name = fields.String(required=True)
    type = fields.String(required=True)
    bytes = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    scan = fields.String(required=True, validate=validate.OneOf(get_args(FileScan)))
    added_at = fields.AwareDateTime(required=True, allow_none=True)


class SecondSignatorySchema(Schema):
    """Who must agree beside the applicant; `agreed` is null while there is no answer."""

    name = fields.String(required=True)
    answer_by = fields.Date(required=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    agreed = fields.Boolean(required=True, allow_none=True)
    because = fields.String(required=True)


class CaseSchema(LineSchema):
    """A case with all that is known of it but what is `hidden`: that is given apart, and each look is recorded."""

    product = fields.String(required=True)
    version = fields.String(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(get_args(Channel)))
    answers = fields.Dict(keys=fields.String(), required=True)
    hidden = fields.List(fields.String(validate=validate.OneOf(["health", "bsn"])), required=True)
    files = fields.List(fields.Nested(FileSchema), required=True)
    rules = fields.List(fields.Dict(keys=fields.String()), required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)
    requests = fields.List(fields.Nested(RequestSchema), required=True)
    second_signatory = fields.Nested(SecondSignatorySchema, required=True, allow_none=True)
    result = fields.String(required=True, allow_none=True)
    decided_on = fields.Date(required=True, allow_none=True)
    sent_on = fields.Date(required=True, allow_none=True)
    objection_until = fields.Date(required=True, allow_none=True)


class WantedSchema(Schema):
    """Which cases are asked for, in the query string."""

    view = fields.String(load_default="open", validate=validate.OneOf([*VIEWS, *MORE_VIEWS]))
    q = fields.String(load_default="", validate=[validate.Length(max=100), _is_keepable])
    product = fields.String(load_default="", validate=[validate.Length(max=100), _is_keepable])
    status = fields.String(load_default="", validate=validate.OneOf(["", *STATUSES]))
    term = fields.String(load_default="", validate=validate.OneOf(["", *TERMS]))
    since = fields.String(load_default="", validate=lambda text: not text or is_day(text))
    sort = fields.String(load_default="deadline", validate=validate.OneOf(list(SORTS)))
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=LAST_PAGE))
