"""What an API answers when it cannot do what was asked: RFC 9457 problem details, in Dutch or English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, g, json, request

from shared.events import Language, Words


@dataclass(frozen=True, kw_only=True)
class WrongField:
    """One wrong field: its path in the body, e.g. `answers.start`, and what to do about it."""

    name: str
    reason: Words


class ProblemError(Exception):
    """A request that cannot be done, with its HTTP status and what to do in two languages."""

    def __init__(self, status: int, *, title: Words, errors: Sequence[WrongField] = (), retry_after: int = 0) -> None:
        """Describe the problem; `retry_after` in seconds."""
        super().__init__(title.en)
        self.status = status
        self.title = title
        self.errors = tuple(errors)
        self.retry_after = retry_after


TITLES: Mapping[int, Words] = {
    400: Words(nl="Wij begrijpen deze vraag niet.", en="We do not understand this request."),
    401: Words(nl="Meld u eerst aan.", en="Sign in first."),
    403: Words(nl="U mag dit niet doen.", en="You may not do this."),
    404: Words(nl="Dit bestaat niet.", en="This does not exist."),
    405: Words(nl="Dit kan hier niet.", en="This cannot be done here."),
    408: Words(nl="Het duurde te lang. Probeer het opnieuw.", en="It took too long. Try again."),
    409: Words(nl="Dit past niet bij wat er al is.", en="This does not fit what is already there."),
    413: Words(nl="Dit is te groot.", en="This is too large."),
    415: Words(nl="Stuur JSON in UTF-8.", en="Send JSON in UTF-8."),
    422: Words(nl="Niet alles klopt. Kijk bij errors.", en="Not everything is right. See errors."),
    429: Words(nl="Dit ging te snel. Wacht even.", en="That was too fast. Wait a moment."),
    500: Words(nl="Er ging iets mis bij ons.", en="Something went wrong on our side."),
    503: Words(nl="Dit lukt nu even niet. Probeer het zo opnieuw.", en="This does not work right now. Try again soon."),
}


def problem_response(problem: ProblemError) -> Response:
    """Write the problem as application/problem+json in the language that Accept-Language asks for."""
    language = asked_language()
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": getattr(problem.title, language),
        "status": problem.status,
        "traceId": g.get("trace_id", ""),
    }
    if problem.errors:
        body["errors"] = [{"name": wrong.name, "reason": getattr(wrong.reason, language)} for wrong in problem.errors]
    response = Response(json.dumps(body), status=problem.status, content_type="application/problem+json")
    response.headers["Content-Language"] = language
    if problem.retry_after:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def problem_of(status: int) -> ProblemError:
    """Give the plain problem of an HTTP status."""
    return ProblemError(status, title=TITLES.get(status, TITLES[500 if status >= 500 else 400]))


def asked_language() -> Language:
    """Give the language that Accept-Language asks for: English when asked before Dutch, else Dutch."""
    return "en" if request.accept_languages.best_match(["nl", "en"], "nl") == "en" else "nl"


_KNOWN_REASONS: Mapping[str, str] = {
    "Missing data for required field.": "Dit veld ontbreekt.",
    "Unknown field.": "Dit veld kennen wij niet.",
    "Field may not be null.": "Dit veld mag niet leeg zijn.",
    "Not a valid string.": "Geef hier tekst.",
    "Not a valid integer.": "Geef hier een heel getal.",
    "Not a valid number.": "Geef hier een getal.",
    "Not a valid boolean.": "Geef hier true of false.",
    "Not a valid date.": "Geef een datum zoals 2026-12-14.",
    "Not a valid list.": "Geef hier een lijst.",
    "Not a valid mapping type.": "Geef hier een object.",
    "Not a valid UUID.": "Geef hier een UUID.",
    "Invalid input type.": "Geef hier een object.",
}


def wrong_fields(messages: Any, *, path: str = "") -> list[WrongField]:
    """Flatten marshmallow's nested messages to one entry per wrong field."""
    if isinstance(messages, Mapping):
        return [
            wrong
            for key, inner in messages.items()
            for wrong in wrong_fields(inner, path=path if key == "_schema" else f"{path}.{key}".strip("."))
        ]
    listed = messages if isinstance(messages, list) else [messages]
    return [WrongField(name=path, reason=_reason(message)) for message in listed]


def _reason(message: Any) -> Words:
    if isinstance(message, Words):
        return message
    return Words(nl=_KNOWN_REASONS.get(str(message), f"Dit klopt niet: {message}"), en=str(message))
