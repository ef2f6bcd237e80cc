"""The common ways of the JSON APIs: read a body with its schema, answer, and describe both in OpenAPI 3.1."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Response, json, request
from marshmallow import Schema, ValidationError, fields
from werkzeug.exceptions import RequestEntityTooLarge

from shared.access import Permission, permission_of
from shared.events import Words
from shared.problems import ProblemError, problem_of, wrong_fields

API_VERSION = "1.0.0"
F = TypeVar("F", bound=Callable[..., Any])


class ProblemSchema(Schema):
    """RFC 9457 problem details."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    traceId = fields.String(required=True)  # noqa: N815 the name on the wire
    errors = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What an API door takes, as `media`, and gives, for the description; `empty`: 204 says that there is nothing."""

    summary: str
    media: str = "application/json"
    body: type[Schema] | Schema | Mapping[str, Any] | None = None
    returns: type[Schema] | Schema | None = None
    status: int = 200
    empty: bool = False
    problems: tuple[int, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    bodies: Callable[[], Mapping[str, Mapping[str, Any]]] | None = None
    """Where the body differs by the variable part of the path: each value of that with the JSON Schema of its body."""


def describes(operation: Operation) -> Callable[[F], F]:
    """Attach the description to an API door."""

    def attach(view: F) -> F:
        view.balie_operation = operation  # type: ignore[attr-defined]
        return view

    return attach


def json_body(schema: Schema) -> Any:
    """Read the request's body and load it.

    Raises:
        ProblemError: 415 not JSON in UTF-8, 413 too large, 400 malformed, 422 with one entry per wrong field.
    """
    try:
        return schema.load(raw_json())
    except ValidationError as error:
        raise ProblemError(422, title=problem_of(422).title, errors=wrong_fields(error.messages)) from None


def raw_json() -> Any:
    """Read the request's body as JSON data.

    Raises:
        ProblemError: 415, 413 or 400, as the body asks for.
    """
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "application/json" or charset not in {"utf-8", "utf8"}:
        raise problem_of(415)
    try:
        text = request.get_data(cache=True).decode("utf-8")
        parsed = json.loads(text)
    except RequestEntityTooLarge:
        raise problem_of(413) from None
    except UnicodeDecodeError:
        raise problem_of(415) from None
    except (ValueError, RecursionError):
        raise ProblemError(
            400, title=Words(nl="De inhoud is geen geldige JSON.", en="The body is not valid JSON.")
        ) from None
    if "\\u0000" in text or "\x00" in text:
        raise ProblemError(
            400, title=Words(nl="Het teken NUL mag niet voorkomen.", en="The character NUL is not allowed.")
        )
    return parsed


def answer(payload: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Write JSON data."""
    return Response(json.dumps(payload), status=status, content_type="application/json", headers=dict(headers or {}))


def describe_api(app: Flask, *, title: str) -> dict[str, Any]:
    """Give the OpenAPI 3.1 description of every described door of the app."""
    spec = APISpec(title=title, version=API_VERSION, openapi_version="3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.security_scheme("staff", {"type": "http", "scheme": "bearer"})
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        operation: Operation | None = getattr(view, "balie_operation", None)
        if operation is None:
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            name = f"{rule.endpoint.replace('.', '_')}_{method.lower()}"
            described = _describe(operation, name=name, parameters=sorted(rule.arguments), view=view)
            spec.path(path=path, operations={method.lower(): described})
            for value, body in (operation.bodies() if operation.bodies else {}).items():
                own = _describe(replace(operation, body=body), name=f"{name}_{value}", parameters=[], view=view)
                spec.path(path=re.sub(r"{\w+}", value, path), operations={method.lower(): own})
    return spec.to_dict()


def _describe(operation: Operation, *, name: str, parameters: list[str], view: Callable[..., Any]) -> dict[str, Any]:
    text = {"type": "string"}
    given = [{"name": name, "in": "path", "required": True, "schema": text} for name in parameters]
    given += [
        {"name": name, "in": "header", "required": True, "schema": text, "description": about}
        for name, about in operation.headers.items()
    ]
    given += [
        {"name": name, "in": "query", "required": False, "schema": text, "description": about}
        for name, about in operation.query.items()
    ]
    described: dict[str, Any] = {
        "operationId": name,
        "summary": operation.summary,
        "parameters": given,
        "responses": {str(operation.status): _response(operation.returns)},
    }
    if operation.empty:
        described["responses"]["204"] = {"description": "Nothing"}
    for status in operation.problems:
        content = {"application/problem+json": {"schema": ProblemSchema}}
        described["responses"][str(status)] = {"description": problem_of(status).title.en, "content": content}
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": {operation.media: {"schema": operation.body}}}
    if permission_of(view) is not Permission.PUBLIC:
        described["security"] = [{"staff": []}]
    return described


def _response(schema: type[Schema] | Schema | None) -> dict[str, Any]:
    if schema is None:
        return {"description": "Done"}
    return {"description": "Done", "content": {"application/json": {"schema": schema}}}
