"""What this API answers, described field by field; the tests hold each real answer against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import RAISE, Schema, fields, validate

from services.notify.domain.notifications import Channel, Status

_ID: Final = "01a21c02-e70c-7698-8d7f-2d461615d287"
_TEMPLATE: Final = "0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00a001"
_AT: Final = "2026-11-27T09:30:00.000000Z"


class Shape(Schema):
    """What every answer has in common: nothing in it that is not described."""

    class Meta:
        """Nothing else stands in it."""

        unknown = RAISE


def _text(example: str, **more: Any) -> fields.String:
    return fields.String(required=True, metadata={"example": example}, **more)


def _maybe(example: str | None = None) -> fields.String:
    return fields.String(required=True, allow_none=True, metadata={"example": example})


def _id(example: str = _ID) -> fields.UUID:
    return fields.UUID(required=True, metadata={"example": example})


def _at(**more: Any) -> fields.DateTime:
    return fields.DateTime(required=True, metadata={"example": None if more else _AT}, **more)


def _one_of(kinds: type[Channel] | type[Status], *, example: str) -> fields.String:
    return _text(example, validate=validate.OneOf([each.value for each in kinds]))


class Problem(Shape):
    """One thing that is wrong."""

    error = _text("ValidationError")
    message = _text("template_id is a required property")


class Problems(Shape):
    """All that is wrong."""

    status_code = fields.Integer(required=True, metadata={"example": 400})
    errors = fields.List(fields.Nested(Problem), required=True)


class TemplateRef(Shape):
    """Of which template something was made."""

    id = _id(_TEMPLATE)
    version = fields.Integer(required=True, metadata={"example": 1})
    uri = _text(f"https://notify.example/v2/template/{_TEMPLATE}/version/1")


class EmailContent(Shape):
    """What an e-mail says."""

    from_email = _text("balie@gemeente.example")
    subject = _text("Uw afspraak, Noor")
    body = _text("U komt op 1 december.")
    one_click_unsubscribe_url = _maybe()


class SmsContent(Shape):
    """What a text message says."""

    body = _text("Dag Noor, uw afspraak is morgen.")
    from_number = _text("Gemeente")


class LetterContent(Shape):
    """What a letter says."""

    subject = _text("Bericht voor N. de Vries")
    body = _text("Wij schrijven u over uw aanvraag.")


class Accepted(Shape):
    """What was taken in."""

    id = _id()
    reference = _maybe("afspraak 7")
    uri = _text(f"https://notify.example/v2/notifications/{_ID}")
    template = fields.Nested(TemplateRef, required=True)
    scheduled_for = _at(allow_none=True)


class AcceptedEmail(Accepted):
    """An e-mail that was taken in."""

    content = fields.Nested(EmailContent, required=True)
    sanitised_content = fields.Dict(required=True, keys=fields.String(), metadata={"example": {}})


class AcceptedSms(Accepted):
    """A text message that was taken in."""

    content = fields.Nested(SmsContent, required=True)


class AcceptedLetter(Accepted):
    """A letter that was taken in."""

    content = fields.Nested(LetterContent, required=True)


class AcceptedPdf(Shape):
    """A letter that is a PDF already, taken in."""

    id = _id()
    reference = _text("brief 8")
    postage = _text("netherlands")


class NotificationShape(Shape):
    """A notification and how far it got; `estimated_delivery` is there for letters only."""

    id = _id()
    reference = _maybe("afspraak 7")
    email_address = _maybe("noor@example.org")
    phone_number = _maybe()
    line_1 = _maybe()
    line_2 = _maybe()
    line_3 = _maybe()
    line_4 = _maybe()
    line_5 = _maybe()
    line_6 = _maybe()
    postcode = _maybe()
    postage = _maybe()
    type = _one_of(Channel, example="email")
    status = _one_of(Status, example="delivered")
    template = fields.Nested(TemplateRef, required=True)
    subject = _maybe("Uw afspraak, Noor")
    body = _text("U komt op 1 december.")
    created_at = _at()
    created_by_name = _maybe()
    sent_at = _at(allow_none=True)
    completed_at = _at(allow_none=True)
    scheduled_for = _at(allow_none=True)
    one_click_unsubscribe_url = _maybe()
    cost_details = fields.Dict(required=True, metadata={"example": {}})
    cost_in_pounds = fields.Float(required=True, metadata={"example": 0.0})
    is_cost_data_ready = fields.Boolean(required=True, metadata={"example": True})
    estimated_delivery = fields.DateTime(allow_none=True, metadata={"example": _AT})


class Links(Shape):
    """This page of a list, and the next one as long as there is something on this."""

    current = _text("https://notify.example/v2/notifications")
    next = fields.String(metadata={"example": f"https://notify.example/v2/notifications?older_than={_ID}"})


class NotificationList(Shape):
    """At most 250 notifications, the newest first."""

    notifications = fields.List(fields.Nested(NotificationShape), required=True)
    links = fields.Nested(Links, required=True)


class ReceivedTextShape(Shape):
    """A text message that somebody sent."""

    id = _id()
    user_number = _text("+31612345678")
    notify_number = _text("Gemeente")
    created_at = _at()
    service_id = _id("b1a0c9de-3f0e-4a53-8a6e-6d7c1f00b001")
    content = _text("Ja, ik kom.")


class ReceivedTextList(Shape):
    """At most 250 text messages, the newest first."""

    received_text_messages = fields.List(fields.Nested(ReceivedTextShape), required=True)
    links = fields.Nested(Links, required=True)


class TemplateShape(Shape):
    """A version of a template, with the holes that need a value."""

    id = _id(_TEMPLATE)
    name = _text("Afspraak")
    type = _one_of(Channel, example="email")
    created_at = _at()
    updated_at = _at(allow_none=True)
    created_by = _text("balie@localhost")
    version = fields.Integer(required=True, metadata={"example": 1})
    subject = _maybe("Uw afspraak, ((name))")
    body = _text("U komt op 1 december.")
    letter_contact_block = _maybe()
    postage = _maybe()
    personalisation = fields.Dict(required=True, metadata={"example": {"name": {"required": True}}})


class TemplateList(Shape):
    """The newest version of each template."""

    templates = fields.List(fields.Nested(TemplateShape), required=True)


class VersionList(Shape):
    """All versions of a template, the newest first."""

    data = fields.List(fields.Nested(TemplateShape), required=True)


class PreviewShape(Shape):
    """A template filled in; `html` is there for e-mail only."""

    id = _id(_TEMPLATE)
    type = _one_of(Channel, example="email")
    version = fields.Integer(required=True, metadata={"example": 1})
    subject = _maybe("Uw afspraak, Noor")
    body = _text("U komt op 1 december.")
    html = _maybe("<p>U komt op 1 december.</p>")
    postage = _maybe()


class RowPreview(Shape):
    """What one row will say; `row` counts as a spreadsheet does."""

    row = fields.Integer(required=True, metadata={"example": 2})
    recipient = _text("noor@example.org")
    subject = _maybe("Uw afspraak, Noor")
    body = _text("U komt op 1 december.")


class Twice(Shape):
    """A row whose recipient stands in an earlier row too."""

    row = fields.Integer(required=True, metadata={"example": 9})
    first = fields.Integer(required=True, metadata={"example": 4})


class BulkShape(Shape):
    """A table and how far it got; `counts` are rows by status, `waiting` have no notification yet."""

    id = _id()
    name = _text("Afspraken van december")
    template = fields.Nested(TemplateRef, required=True)
    rows = fields.Integer(required=True, metadata={"example": 250})
    status = _text("checked", validate=validate.OneOf(["checked", "sending", "sent"]))
    counts = fields.Dict(
        required=True, keys=fields.String(), values=fields.Integer(), metadata={"example": {"waiting": 250}}
    )
    checked_at = _at()
    started_at = _at(allow_none=True)


class CheckedShape(BulkShape):
    """A table that can be sent: its first rows as they will be, and at most 100 recipients that stand in it twice."""

    preview = fields.List(fields.Nested(RowPreview), required=True)
    twice = fields.List(fields.Nested(Twice), required=True)
    twice_count = fields.Integer(required=True, metadata={"example": 1})


def example_of(schema: Schema) -> Mapping[str, Any]:
    """Give a body or an answer as an example, from those of its fields; what may be left out of a body stands in it."""
    return {name: _example(field) for name, field in schema.fields.items()}


def _example(field: fields.Field[Any]) -> Any:
    if isinstance(field, fields.Nested):
        return example_of(field.schema)
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
        return [example_of(field.inner.schema)]
    return field.metadata["example"]
