"""What this API answers when it cannot do what was asked: always `{status_code, errors: [{error, message}]}`."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import Blueprint, Response, g
from psycopg.errors import LockNotAvailable, QueryCanceled
from psycopg_pool import PoolTimeout
from werkzeug.exceptions import HTTPException

from services.notify import client_actions as actions
from services.notify.domain.notifications import Channel
from services.notify.ports import UnknownNotificationError, UnknownTemplateError
from shared.access import Permission, allows
from shared.api import answer
from shared.log import logger

_KINDS: Final = {"sms": "Text messages", "email": "Emails", "letter": "Letters", "subject": "Subjects"}
SENDER_FIELDS: Final = {Channel.EMAIL: "email_reply_to_id", Channel.SMS: "sms_sender_id"}


class ApiError(Exception):
    """A request that cannot be done: HTTP status, kind of error, and a message for each thing that is wrong."""

    def __init__(self, status: int, *messages: str, error: str) -> None:
        """Say what is wrong."""
        super().__init__(error)
        self.status = status
        self.error = error
        self.messages = messages


def wrong(*messages: str) -> ApiError:
    """The body or the address does not have the right form (400)."""
    return ApiError(400, *messages, error="ValidationError")


def bad(message: str) -> ApiError:
    """What is asked cannot be done (400)."""
    return ApiError(400, message, error="BadRequestError")


def not_found(message: str = "No result found") -> ApiError:
    """There is no such thing for this client (404)."""
    return ApiError(404, message, error="NoResultFound")


def unknown_sender(sender_id: UUID, *, channel: Channel, client_id: UUID) -> ApiError:
    """This client may not send by this name or address (400)."""
    return bad(f"{SENDER_FIELDS[channel]} {sender_id} does not exist in database for service id {client_id}")


def answer_errors(doors: Blueprint) -> None:
    """Let these doors answer every error in the form of this API."""
    doors.register_error_handler(Exception, _answer)


def open_nothing(doors: Blueprint) -> None:
    """Answer at each address where nothing else is."""

    @doors.route("/<path:rest>", methods=["GET", "POST", "PUT", "DELETE", "PATCH"])
    @allows(Permission.PUBLIC)
    def nothing(rest: str) -> Response:
        raise not_found(f"There is nothing at /v2/{rest}")


def _answer(error: Exception) -> Response:
    known = _known(error)
    if known is None:
        logger.error("failed", error=type(error).__name__, trace=g.get("trace_id", ""))
        known = ApiError(500, "Internal server error", error=type(error).__name__)
    listed = [{"error": known.error, "message": message} for message in dict.fromkeys(known.messages)]
    return answer({"status_code": known.status, "errors": listed}, status=known.status)


def _known(error: Exception) -> ApiError | None:
    match error:
        case ApiError():
            return error
        case UnknownNotificationError():
            return not_found()
        case UnknownTemplateError():
            return bad("Template not found")
        case PoolTimeout() | QueryCanceled() | LockNotAvailable():
            return ApiError(504, "The request took too long: try again later", error=type(error).__name__)
        case HTTPException():
            return _of_http(error)
    return _of_actions(error)


def _of_actions(error: Exception) -> ApiError | None:
    """Say why what a client asks to be sent is refused."""
    match error:
        case actions.WrongTemplateError():
            return bad("{} template is not suitable for {} notification".format(*error.args))
        case actions.MissingValuesError():
            return bad(f"Missing personalisation: {', '.join(error.args)}")
        case actions.EmptyError():
            return bad("Your message is empty.")
        case actions.TooLongError():
            kind, length, most = error.args
            said = f"{_KINDS[kind]} cannot be longer than {most} characters."
            return bad(f"{said} Your {'subject' if kind == 'subject' else 'message'} is {length} characters")
        case actions.NotAllowedError():
            return bad("Can’t send to this recipient using a team-only API key")
        case actions.TeamLetterError():
            return ApiError(403, "Cannot send letters with a team api key", error="BadRequestError")
        case actions.BadAddressError():
            return wrong(str(error))
        case actions.OtherRequestError():
            return ApiError(409, "This Idempotency-Key came with another request", error="BadRequestError")
    return None


_TOO_FAST: Final = 429


def _of_http(error: HTTPException) -> ApiError:
    status = error.code or 500
    if status == _TOO_FAST:
        return ApiError(status, "Exceeded rate limit for this key", error="RateLimitError")
    return ApiError(status, error.description or error.name, error=type(error).__name__)
