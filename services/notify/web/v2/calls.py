"""Describes what a client is called back with, for programs and for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from apispec import APISpec
from marshmallow import Schema, fields, validate

from services.notify.domain.clients import Hears
from services.notify.domain.notifications import Channel, Status
from services.notify.web.v2.shapes import Shape
from shared.events import Words

_ID: Final = "01a21c02-e70c-7698-8d7f-2d461615d287"
_AT: Final = "2026-11-27T09:30:00.000000Z"
_HEADERS: Final = ("webhook-id", "webhook-timestamp", "webhook-signature")


def _text(example: str | None, *, none: bool = False) -> fields.String:
    return fields.String(required=True, allow_none=none, metadata={"example": example})


def _at(*, none: bool = False) -> fields.DateTime:
    return fields.DateTime(required=True, allow_none=none, metadata={"example": _AT})


class DeliveryCall(Shape):
    """What became of a notification."""

    id = fields.UUID(required=True, metadata={"example": _ID})
    reference = _text("afspraak 7", none=True)
    to = _text("noor@example.org")
    status = fields.String(
        required=True,
        validate=validate.OneOf([each.value for each in Status]),
        metadata={"example": Status.DELIVERED.value},
    )
    created_at = _at()
    completed_at = _at(none=True)
    sent_at = _at(none=True)
    notification_type = fields.String(
        required=True, validate=validate.OneOf([each.value for each in Channel]), metadata={"example": "email"}
    )
    template_id = fields.UUID(required=True, metadata={"example": "0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00a001"})
    template_version = fields.Integer(required=True, metadata={"example": 1})


class TextCall(Shape):
    """A text message that somebody sent to a number of the client."""

    id = fields.UUID(required=True, metadata={"example": _ID})
    source_number = _text("+31612345678")
    destination_number = _text("+31970102030")
    message = _text("Ja, ik kom.")
    date_received = _at()


class ReturnedCall(Shape):
    """A letter that came back."""

    notification_id = fields.UUID(required=True, metadata={"example": _ID})
    reference = _text("brief 7", none=True)
    date_sent = _at(none=True)
    sent_by = _text(None, none=True)
    template_name = _text("Bericht", none=True)
    template_id = fields.UUID(required=True, metadata={"example": "0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00a003"})
    template_version = fields.Integer(required=True, metadata={"example": 1})
    spreadsheet_file_name = _text("Brieven van december", none=True)
    spreadsheet_row_number = fields.Integer(required=True, allow_none=True, metadata={"example": 2})
    upload_letter_file_name = _text(None, none=True)


class CaseCall(Shape):
    """A fact about a case: nothing of whom it is about, and where staff find it."""

    event = _text("CaseOpened")
    reference = _text("Z-2026-K4T9-2QXM")
    at = _at()
    link = _text("https://zaken.example/zaken/Z-2026-K4T9-2QXM")


CALLS: Final[Mapping[Hears, tuple[Words, type[Schema]]]] = {
    Hears.DELIVERY: (Words(nl="Hoe het afliep", en="What became of it"), DeliveryCall),
    Hears.TEXT: (Words(nl="Iemand stuurt u een sms", en="Somebody texts to you"), TextCall),
    Hears.CASE: (Words(nl="Er gebeurt iets in een zaak", en="Something happens in a case"), CaseCall),
    Hears.RETURNED: (Words(nl="Een brief kwam terug", en="A letter came back"), ReturnedCall),
}


def describe_calls(spec: APISpec) -> dict[str, Any]:
    """Give the webhooks of an OpenAPI description, with their bodies among its components."""
    given = [{"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in _HEADERS]
    said = {}
    for kind, (summary, shape) in CALLS.items():
        spec.components.schema(shape.__name__, schema=shape)
        schema = {"$ref": f"#/components/schemas/{shape.__name__}"}
        said[kind.value] = {
            "post": {
                "summary": summary.en,
                "parameters": given,
                "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
                "responses": {"2XX": {"description": "Heard. Anything else is tried again, for three days."}},
            }
        }
    return said
