"""The doors through which the provider of text messages passes on what people text, and what became of ours."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from services.notify.domain.states import Status
from services.notify.phone_store import UnknownNumberError, take_text
from services.notify.ports import UnknownNotificationError
from services.notify.text_ends import note_end
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.crypto import same
from shared.database import Pool
from shared.events import Words
from shared.problems import ProblemError
from shared.web import limiter

LONGEST_TEXT: Final = 2000
LONGEST_SAID: Final = 300
_ENDS: Final = {
    "pending": Status.PENDING,
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "failed": Status.PERMANENT_FAILURE,
    "expired": Status.TEMPORARY_FAILURE,
}
_WRONG_KEY: Final = Words(nl="Deze deur is voor onze sms-dienst.", en="This door is for our text message service.")
_UNREADABLE: Final = Words(nl="Dit bericht klopt niet.", en="This message is not right.")
_NOT_OURS: Final = Words(nl="Dit hoort niet bij ons.", en="This is none of ours.")


class _Told(Schema):
    class Meta:
        """What a provider tells besides is not for us."""

        unknown = EXCLUDE


class _Text(_Told):
    """What somebody texted: `from` may be a number or a name."""

    id = fields.String(required=True, validate=validate.Length(1, 200))
    sender = fields.String(required=True, data_key="from", validate=validate.Length(1, 40))
    to = fields.String(required=True, validate=validate.Length(1, 40))
    text = fields.String(required=True, validate=validate.Length(0, LONGEST_TEXT))


class _End(_Told):
    """What became of a text message of ours, by the id that we gave it."""

    id = fields.UUID(required=True)
    status = fields.String(required=True, validate=validate.OneOf(tuple(_ENDS)))
    said = fields.String(load_default="", validate=validate.Length(0, LONGEST_SAID))


def open_phones(pool: Pool, *, key: str) -> Blueprint:
    """Make the doors; the provider shows the key as bearer."""
    doors = Blueprint("phones", __name__)

    @doors.post("/sms/ontvangen")
    @limiter.limit("600/minute")
    @allows(Permission.PUBLIC)
    def take() -> ResponseReturnValue:
        told, now = _read(_Text(), key=key), utc_now()
        provider_id = told.pop("id")
        try:
            with pool.connection() as connection:
                take_text(connection, provider_id=provider_id, now=now, **told)
        except UnknownNumberError:
            raise ProblemError(422, title=_NOT_OURS) from None
        return "", 204

    @doors.post("/sms/afloop")
    @limiter.limit("6000/minute")
    @allows(Permission.PUBLIC)
    def end() -> ResponseReturnValue:
        told = _read(_End(), key=key)
        try:
            with pool.connection() as connection:
                to = _ENDS[told["status"]]
                note_end(connection, notification_id=told["id"], to=to, said=told["said"], now=utc_now())
        except UnknownNotificationError:
            raise ProblemError(422, title=_NOT_OURS) from None
        return "", 204

    return doors


def _read(schema: Schema, *, key: str) -> dict[str, Any]:
    if not same(request.headers.get("Authorization", ""), f"Bearer {key}"):
        raise ProblemError(403, title=_WRONG_KEY)
    try:
        loaded: dict[str, Any] = schema.load(request.get_json(force=True, silent=True) or {})
    except ValidationError:
        raise ProblemError(422, title=_UNREADABLE) from None
    if not all(_can_be_kept(value) for value in loaded.values() if isinstance(value, str)):
        raise ProblemError(422, title=_UNREADABLE)
    return loaded


def _can_be_kept(text: str) -> bool:
    """Tell whether PostgreSQL takes it: no NUL, and no half of a pair of surrogates, which JSON can name."""
    return "\x00" not in text and not any("\ud800" <= each <= "\udfff" for each in text)
