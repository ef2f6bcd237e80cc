"""Describes the API in OpenAPI 3.1, from the schemas that read its bodies and those that its answers must fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from marshmallow import Schema

from services.notify.domain.notifications import Channel, Status
from services.notify.web.v2 import bodies, shapes
from services.notify.web.v2.calls import describe_calls
from shared.api import API_VERSION
from shared.events import Words

_COMMON: Final = (400, 401, 403, 429, 500, 504)
_REASONS: Final = {
    400: "Something in the request is wrong",
    401: "There is no token",
    403: "The token, or what its key may do, is refused",
    404: "This client has no such thing",
    409: "The Idempotency-Key came with another request",
    413: "The request is too large",
    429: "Too fast: Retry-After tells in how many seconds to come back",
    500: "It went wrong here",
    504: "It took too long: ask again later, with the same Idempotency-Key",
}
_TEXT: Final = {"type": "string"}
_UUID: Final = {"type": "string", "format": "uuid"}


@dataclass(frozen=True, kw_only=True)
class Door:
    """A door of the API: what it is for, takes and gives. `returns` is None for a file, of the kind `media`."""

    summary: Words
    returns: type[Schema] | None
    bodies: tuple[type[Schema], ...] = ()
    media: str = "application/pdf"
    status: int = 200
    refuses: tuple[int, ...] = ()
    query: Mapping[str, Any] = field(default_factory=dict)
    once: bool = False
    """Takes an Idempotency-Key."""


def _sends(summary: Words, *takes: type[Schema], returns: type[Schema]) -> Door:
    return Door(summary=summary, bodies=takes, returns=returns, status=201, refuses=(409, 413), once=True)


_AGAIN: Final = {"type": "array", "items": _TEXT}
_KINDS: Final = {"type": "string", "enum": [each.value for each in Channel]}
DOORS: Final[Mapping[str, Door]] = {
    "v2.send_email": _sends(
        Words(nl="Verstuur een e-mail", en="Send an e-mail"), bodies.EmailBody, returns=shapes.AcceptedEmail
    ),
    "v2.send_sms": _sends(
        Words(nl="Verstuur een sms", en="Send a text message"), bodies.SmsBody, returns=shapes.AcceptedSms
    ),
    "v2.send_letter": _sends(
        Words(nl="Verstuur een brief, of een PDF als brief", en="Send a letter, or a PDF as a letter"),
        bodies.LetterBody,
        bodies.PdfBody,
        returns=shapes.AcceptedLetter,
    ),
    "v2.notification": Door(
        summary=Words(nl="Volg een bericht", en="Follow a notification"),
        returns=shapes.NotificationShape,
        refuses=(404,),
    ),
    "v2.notifications": Door(
        summary=Words(nl="Lees wat u verstuurde", en="List what you sent"),
        returns=shapes.NotificationList,
        query={
            "status": {"type": "array", "items": {"type": "string", "enum": [*(s.value for s in Status), "failed"]}},
            "template_type": {"type": "array", "items": _KINDS},
            "reference": _TEXT,
            "older_than": _UUID,
            "include_jobs": {"type": "string", "enum": ["true", "True", "false", "False"]},
        },
    ),
    "v2.pdf": Door(
        summary=Words(nl="Haal de PDF van een brief", en="Get the PDF of a letter"), returns=None, refuses=(404,)
    ),
    "v2.templates": Door(
        summary=Words(nl="Lees uw sjablonen", en="List your templates"),
        returns=shapes.TemplateList,
        query={"type": _KINDS},
    ),
    "v2.template": Door(
        summary=Words(nl="Lees een sjabloon", en="Read a template"), returns=shapes.TemplateShape, refuses=(404,)
    ),
    "v2.template_version": Door(
        summary=Words(nl="Lees een versie van een sjabloon", en="Read a version of a template"),
        returns=shapes.TemplateShape,
        refuses=(404,),
    ),
    "v2_versions.versions": Door(
        summary=Words(nl="Lees alle versies van een sjabloon", en="List all versions of a template"),
        returns=shapes.VersionList,
        refuses=(404,),
    ),
    "v2.preview": Door(
        summary=Words(nl="Bekijk een sjabloon met waarden erin", en="See a template filled in"),
        bodies=(bodies.PreviewBody,),
        returns=shapes.PreviewShape,
        refuses=(404, 413),
    ),
    "v2.received_texts": Door(
        summary=Words(nl="Lees wat mensen u sms'ten", en="List what people texted to you"),
        returns=shapes.ReceivedTextList,
        query={"older_than": _UUID},
    ),
    "v2.check_bulk": Door(
        summary=Words(nl="Controleer een tabel (CSV) om aan velen te sturen", en="Check a table (CSV) to send to many"),
        bodies=(bodies.BulkBody,),
        returns=shapes.CheckedShape,
        status=201,
        refuses=(413,),
    ),
    "v2.send_bulk": Door(
        summary=Words(nl="Verstuur een gecontroleerde tabel", en="Send a checked table"),
        returns=shapes.BulkShape,
        refuses=(404,),
    ),
    "v2.bulk": Door(summary=Words(nl="Volg een tabel", en="Follow a table"), returns=shapes.BulkShape, refuses=(404,)),
    "v2.bulk_report": Door(
        summary=Words(nl="Haal het verslag van een tabel (CSV)", en="Get the report of a table (CSV)"),
        returns=None,
        media="text/csv; charset=utf-8",
        refuses=(404,),
    ),
}
"""By endpoint; a test holds that each route of the API stands here."""


def doors_of(app: Flask) -> Iterator[tuple[str, str, str, Door]]:
    """Give method, path, name and door of each route of the API, in the order of `DOORS`."""
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules() if rule.endpoint in DOORS}
    for endpoint, door in DOORS.items():
        rule = rules[endpoint]
        yield "POST" if "POST" in (rule.methods or ()) else "GET", path_of(rule.rule), endpoint, door


def path_of(rule: str) -> str:
    """Write the address of a route as OpenAPI does."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def describe_v2(app: Flask, *, title: str, base: str) -> dict[str, Any]:
    """Give the OpenAPI 3.1 description of the API, which is served at this address."""
    spec = APISpec(
        title=title,
        version=API_VERSION,
        openapi_version="3.1.0",
        plugins=[MarshmallowPlugin(schema_name_resolver=_name_of)],
        servers=[{"url": base}],
        security=[{"token": []}],
        info={"description": "The API of GOV.UK Notify and NotifyNL. Each request carries a new token."},
    )
    token = "HS256, signed with the secret of a key; claims: iss (id of the service) and iat (now), good for 30 seconds"  # noqa: S105
    scheme = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": token}
    spec.components.security_scheme("token", scheme)
    for name, about in {"Limit": "Requests in a minute", "Remaining": "Left of it", "Reset": "Seconds"}.items():
        spec.components.header(f"RateLimit{name}", {"description": about, "schema": {"type": "integer"}})
    for method, path, endpoint, door in doors_of(app):
        described = _operation(door, name=endpoint.rpartition(".")[2], path=path)
        spec.path(path=path, operations={method.lower(): described})
    webhooks = describe_calls(spec)
    return {**spec.to_dict(), "webhooks": webhooks}


def _operation(door: Door, *, name: str, path: str) -> dict[str, Any]:
    given: list[dict[str, Any]] = [
        {"name": part, "in": "path", "required": True, "schema": {"type": "integer"} if part == "version" else _UUID}
        for part in re.findall(r"{(\w+)}", path)
    ]
    given += [{"name": part, "in": "query", "schema": schema} for part, schema in door.query.items()]
    if door.once:
        about = "The same key with the same body sends once"
        schema = {"type": "string", "minLength": 1, "maxLength": 255}
        given.append({"name": "Idempotency-Key", "in": "header", "description": about, "schema": schema})
    problems = {
        str(status): {"description": _REASONS[status], "content": _json(shapes.Problems)}
        for status in sorted({*_COMMON, *door.refuses})
    }
    operation = {
        "operationId": name,
        "summary": door.summary.en,
        "parameters": given,
        "responses": {str(door.status): _success(door), **problems},
    }
    body = {"requestBody": {"required": True, "content": _json(*door.bodies)}} if door.bodies else {}
    return {**operation, **body}


def _success(door: Door) -> dict[str, Any]:
    if door.returns is None:
        return {"description": "The file", "content": {door.media: {}}}
    # a PDF that goes as a letter is answered in short
    short = (shapes.AcceptedPdf,) if door.returns is shapes.AcceptedLetter else ()
    headers = {f"RateLimit-{name}": f"RateLimit{name}" for name in ("Limit", "Remaining", "Reset")}
    return {"description": "Done", "headers": headers, "content": _json(door.returns, *short)}


def _json(*schemas: type[Schema]) -> dict[str, Any]:
    return {"application/json": {"schema": schemas[0] if len(schemas) == 1 else {"oneOf": list(schemas)}}}


def _name_of(schema: type[Schema] | Schema) -> str:
    return (schema if isinstance(schema, type) else type(schema)).__name__.removesuffix("Shape")
