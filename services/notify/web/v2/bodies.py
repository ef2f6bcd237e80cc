"""Reads what a client sends: each field that is wrong gets a message of its own."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from flask import request
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from werkzeug.exceptions import RequestEntityTooLarge

from services.notify.domain.notifications import MOST_REFERENCE, POSTAGE, Channel, reference_fits
from services.notify.domain.recipients import email_of, phone_of
from services.notify.domain.templating import Values
from services.notify.domain.uploads import UnfitFileError, Upload, read_upload
from services.notify.web.v2.errors import SENDER_FIELDS, ApiError, bad, wrong
from shared.clock import utc_now

LONGEST_URL: Final = 900
"""Characters: it stands in one line of a mail, of 998 at most (RFC 5322, 2.1.1)."""
LONGEST_AHEAD: Final = timedelta(days=7)
LARGEST_PDF: Final = 5_000_000
_TEMPLATE: Final = "0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00a001"
_SENDER: Final = "0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00a009"
_ADDRESS: Final = {
    "address_line_1": "N. de Vries",
    "address_line_2": "Voorbeeldstraat 14",
    "address_line_3": "3811 LX Amersfoort",
}
_NOT: Final = "is not of type {}"


class Body(Schema):
    """What every body has in common: nothing unknown in it."""

    class Meta:
        """Refuse what is not known."""

        unknown = RAISE


def _errors(kind: str) -> dict[str, Any]:
    return {"required": "is a required property", "null": f"None {_NOT.format(kind)}", "invalid": _NOT.format(kind)}


def _text(*, example: str, **more: Any) -> fields.String:
    return fields.String(error_messages=_errors("string"), metadata={"example": example}, **more)


def _uuid(*, example: str, **more: Any) -> fields.UUID:
    errors = {**_errors("string"), "invalid_uuid": "is not a valid UUID"}
    return fields.UUID(error_messages=errors, metadata={"example": example}, **more)


def _check_reference(reference: str) -> None:
    if not reference_fits(reference):
        raise ValidationError("is too long")


_REFERENCE: Final = (validate.Length(max=MOST_REFERENCE, error="is too long"), _check_reference)


def _values(**more: Any) -> fields.Dict:
    example = more.pop("example", {"name": "Noor"})
    return fields.Dict(keys=fields.String(), error_messages=_errors("object"), metadata={"example": example}, **more)


class _Templated(Body):
    template_id = _uuid(required=True, example=_TEMPLATE)
    reference = _text(allow_none=True, validate=_REFERENCE, example="afspraak 7")
    scheduled_for = fields.AwareDateTime(
        allow_none=True,
        default_timezone=None,
        metadata={"example": "2026-12-01T09:00:00+01:00"},
        error_messages=dict.fromkeys(("invalid", "invalid_awareness"), "datetime format is invalid"),
    )


class SmsBody(_Templated):
    """A text message to send."""

    phone_number = _text(required=True, example="+31612345678")
    personalisation = _values()
    sms_sender_id = _uuid(allow_none=True, example=_SENDER)


class EmailBody(_Templated):
    """An e-mail to send."""

    email_address = _text(required=True, example="noor@example.org")
    personalisation = _values()
    email_reply_to_id = _uuid(allow_none=True, example=_SENDER)
    one_click_unsubscribe_url = fields.Url(
        schemes={"https"},
        allow_none=True,
        validate=[
            validate.Regexp(r"^[!#-;=?-~]*$", error="is not a valid https url"),
            validate.Length(max=LONGEST_URL, error="is too long"),
        ],
        error_messages={"invalid": "is not a valid https url"},
        metadata={"example": "https://example.org/af"},
    )
    sanitise_content_for = fields.List(
        fields.String(error_messages=_errors("string")), error_messages=_errors("array"), metadata={"example": ["name"]}
    )


class LetterBody(Body):
    """A letter to make and send; its address stands in the values."""

    template_id = _uuid(required=True, example=_TEMPLATE)
    reference = _text(allow_none=True, validate=_REFERENCE, example="brief 7")
    personalisation = _values(required=True, example=_ADDRESS)


class PdfBody(Body):
    """A letter that is a PDF already."""

    reference = _text(required=True, validate=_REFERENCE, example="brief 8")
    content = _text(required=True, example="JVBERi0xLjcgLi4u")
    postage = _text(
        example="netherlands",
        load_default="second",
        validate=validate.OneOf(tuple(POSTAGE), error=f"invalid. It must be one of {', '.join(POSTAGE)}."),
    )


class BulkBody(Body):
    """A table to send a template with: CSV in base 64, with a column for the recipient and for each hole."""

    template_id = _uuid(required=True, example=_TEMPLATE)
    name = _text(
        required=True,
        example="Afspraken van december",
        validate=[validate.Length(min=1, error="is empty"), validate.Length(max=200, error="is too long")],
    )
    content = _text(required=True, example="ZS1tYWlsYWRyZXM7bmFtZQ0Kbm9vckBleGFtcGxlLm9yZztOb29yDQo=")
    sender_id = _uuid(allow_none=True, example=_SENDER)


class PreviewBody(Body):
    """Values to show a template with."""

    personalisation = _values()


class _FileValue(Body):
    file = _text(required=True, example="JVBERi0xLjcgLi4u")
    filename = _text(allow_none=True, load_default=None, example="kaart.pdf")
    confirm_email_before_download = fields.Boolean(allow_none=True, load_default=None)
    retention_period = _text(allow_none=True, load_default=None, example="4 weeks")


def read_json() -> Any:
    """Give the body as JSON data; its content type does not matter. Raises ApiError (400, 413)."""
    try:
        text = request.get_data(cache=True).decode("utf-8")
        parsed = json.loads(text)
    except RequestEntityTooLarge:
        raise ApiError(413, "The request is too large", error="BadRequestError") from None
    except (ValueError, RecursionError):
        raise bad("Invalid JSON supplied in POST data") from None
    if not isinstance(parsed, dict):
        raise wrong("The body is not of type object")
    if "\\u" in text:
        _refuse_unkept(parsed)
    return parsed


def load(schema: Schema, *, body: Any) -> dict[str, Any]:
    """Check a body against its schema. Raises ApiError (400) with a message for each wrong field."""
    try:
        loaded: dict[str, Any] = schema.load(body)
    except ValidationError as error:
        raise wrong(*_messages(error.messages_dict)) from None
    return loaded


def refuse_unknown(known: set[str]) -> None:
    """Take no question but these in the address. Raises ApiError (400)."""
    unknown = sorted(set(request.args) - known)
    if unknown:
        raise wrong(*(f"Additional properties are not allowed ({name} was unexpected)" for name in unknown))
    if any("\x00" in text for text in request.args.values()):
        raise wrong("The character NUL is not allowed")


def email_address(text: str) -> str:
    """Give an e-mail address as it is used. Raises ApiError (400)."""
    address = email_of(text)
    if address is None:
        raise ApiError(400, "Not a valid email address", error="InvalidEmailError")
    return address


def phone_number(text: str) -> str:
    """Give a phone number as E.164; without a country it is Dutch. Raises ApiError (400)."""
    number = phone_of(text)
    if number is None:
        raise ApiError(400, "Not a valid phone number", error="InvalidPhoneError")
    return number


def values(given: Mapping[str, Any]) -> Values:
    """Give the values as text and lists of text. Raises ApiError (400): a value is neither."""
    return {name: _value(value, name=name) for name, value in given.items()}


def uploads(given: Mapping[str, Any]) -> dict[str, Upload]:
    """Give the files among the values, by the name of their hole. Raises ApiError (400): one cannot be sent."""
    return {name: _upload(value) for name, value in given.items() if isinstance(value, dict)}


def pdf(text: str) -> bytes:
    """Give the PDF that stands in base 64. Raises ApiError (400)."""
    content = _decoded(text, otherwise=wrong("Cannot decode letter content (invalid base64 encoding)"))
    if len(content) > LARGEST_PDF:
        raise wrong(f"Letter content is larger than {LARGEST_PDF // 1_000_000} MB")
    if not content.startswith(b"%PDF-"):
        raise bad("Letter content is not a valid PDF")
    return content


def table(text: str) -> bytes:
    """Give the CSV that stands in base 64. Raises ApiError (400)."""
    return _decoded(text, otherwise=wrong("Cannot decode the table (invalid base64 encoding)"))


def moment(due: datetime | None) -> datetime | None:
    """Give the moment to send. Raises ApiError (400): it is past, or more than 7 days ahead."""
    if due is None:
        return None
    now = utc_now()
    if due < now:
        raise wrong("scheduled_for datetime cannot be in the past")
    if due > now + LONGEST_AHEAD:
        raise wrong(f"scheduled_for datetime can only be up to {LONGEST_AHEAD.days} days in the future")
    return due


def sender_id(body: Mapping[str, Any], *, channel: Channel) -> UUID | None:
    """Give by which of its names or addresses a client wants to send."""
    found: UUID | None = body.get(SENDER_FIELDS.get(channel, ""))
    return found


def uuid_in(text: str, *, name: str) -> UUID:
    """Read an id. Raises ApiError (400)."""
    try:
        return UUID(text)
    except ValueError:
        raise wrong(f"{name} is not a valid UUID") from None


def _refuse_unkept(parsed: Any) -> None:
    """Take no character that no database keeps: NUL, and half of one that is written as two. Raises ApiError (400)."""
    waiting = [parsed]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += (*each, *each.values())
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, str) and "\x00" in each:
            raise wrong("The character NUL is not allowed")
        elif isinstance(each, str) and any("\ud800" <= sign <= "\udfff" for sign in each):
            raise wrong("Half of a surrogate pair is no character")


def _value(value: Any, *, name: str) -> str | list[str]:
    if isinstance(value, list):
        if any(isinstance(item, list) for item in value):
            raise bad(f"{name} is a list in a list")
        return [str(_value(item, name=name)) for item in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    if isinstance(value, dict):
        raise bad(f"Can only send a file by email: {name} is one")
    return str(value)


def _upload(given: Mapping[str, Any]) -> Upload:
    told = load(_FileValue(), body=given)
    content = _decoded(told["file"], otherwise=bad("Cannot decode the file (invalid base64 encoding)"))
    try:
        return read_upload(
            content,
            name=told["filename"],
            confirm=told["confirm_email_before_download"],
            retention=told["retention_period"],
        )
    except UnfitFileError as error:
        raise bad(str(error)) from None


def _decoded(text: str, *, otherwise: ApiError) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise otherwise from None


def _messages(found: Mapping[str, Any]) -> list[str]:
    said = []
    for name, reasons in found.items():
        for reason in reasons if isinstance(reasons, list) else _within(reasons):
            unknown = reason == "Unknown field."
            said.append(
                f"Additional properties are not allowed ({name} was unexpected)" if unknown else f"{name} {reason}"
            )
    return said


def _within(reasons: Mapping[Any, list[str]]) -> list[str]:
    """What is wrong with items of a list, each by its place."""
    return [f"{place} {reason}" for place, each in reasons.items() for reason in each]
