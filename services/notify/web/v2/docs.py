"""The doors to the description of the API: for programs as OpenAPI, for people as a page with examples."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from services.notify.domain.notifications import PRETENDED
from services.notify.web.v2.calls import CALLS
from services.notify.web.v2.describing import Door, describe_v2, doors_of
from services.notify.web.v2.shapes import AcceptedPdf, Problems, example_of
from shared.access import Permission, allows
from shared.api import answer

TITLE = "Balie notify, /v2"


def open_docs(*, base: str) -> Blueprint:
    """Open the doors, which ask for no key; `base` is the address of this service."""
    docs = Blueprint("docs", __name__, url_prefix="/v2")

    @cache
    def described() -> dict[str, Any]:
        return describe_v2(current_app, title=TITLE, base=base)

    @docs.get("/openapi.json")
    @allows(Permission.PUBLIC)
    def openapi() -> ResponseReturnValue:
        return answer(described())

    @docs.get("/uitleg")
    @allows(Permission.PUBLIC)
    def explained() -> ResponseReturnValue:
        calls = [(kind.value, summary, _written(shape)) for kind, (summary, shape) in CALLS.items()]
        shown = {"doors": list(_doors()), "trials": list(_trials()), "problem": _written(Problems), "calls": calls}
        return render_template("pages/api.html", base=base, **shown)

    return docs


def _doors() -> Iterator[Mapping[str, Any]]:
    for method, path, endpoint, door in doors_of(current_app):
        name = endpoint.rpartition(".")[2]
        yield {"method": method, "path": path, "name": name, "door": door, "examples": list(_examples(door))}


def _trials() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give whom one may send to for trying out, those of this API first."""
    for to, course in sorted(PRETENDED.items(), key=lambda each: ("simulator" not in each[0], each[0])):
        yield to, tuple(each.value for each in course)


def _examples(door: Door) -> Iterator[Mapping[str, str | list[str]]]:
    """Give each body with the fields that it needs and the answer to it; a door without a body has the answer only."""
    if door.returns is None:
        return
    answers = (door.returns, AcceptedPdf)
    for number, body in enumerate(door.bodies or (None,)):
        yield {
            "body": _written(body) if body else "",
            "needed": [name for name, field in body().fields.items() if field.required] if body else [],
            "answer": _written(answers[number]),
        }


def _written(schema: type[Schema]) -> str:
    return json.dumps(example_of(schema()), indent=2, ensure_ascii=False)
