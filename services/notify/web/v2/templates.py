"""The doors to a client's templates: read them, and see one filled in."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from services.notify.client_actions import fill_in
from services.notify.domain.notifications import Channel
from services.notify.markup import html_of
from services.notify.web.v2 import answers, bodies
from services.notify.web.v2.errors import wrong
from services.notify.web.v2.window import Window
from shared.access import Permission, allows
from shared.api import answer


def open_templates(doors: Blueprint, *, window: Window) -> None:
    """Open the doors under `/v2`."""

    @doors.get("/templates")
    @allows(Permission.PUBLIC)
    def templates() -> ResponseReturnValue:
        bodies.refuse_unknown({"type"})
        kind = request.args.get("type")
        if kind is not None and kind not in set(Channel):
            raise wrong(f"type {kind} is not one of [{', '.join(Channel)}]")
        found = window.templates(Channel(kind) if kind else None)
        return answer({"templates": [answers.template(each) for each in found]})

    @doors.get("/template/<template_id>")
    @allows(Permission.PUBLIC)
    def template(template_id: str) -> ResponseReturnValue:
        return answer(answers.template(window.template(bodies.uuid_in(template_id, name="id"))))

    @doors.get("/template/<template_id>/version/<version>")
    @allows(Permission.PUBLIC)
    def template_version(template_id: str, version: str) -> ResponseReturnValue:
        if not (version.isascii() and version.isdigit() and len(version) < 10):
            raise wrong("version is not of type integer")
        found = window.template(bodies.uuid_in(template_id, name="id"), version=int(version))
        return answer(answers.template(found))

    @doors.post("/template/<template_id>/preview")
    @allows(Permission.PUBLIC)
    def preview(template_id: str) -> ResponseReturnValue:
        return _preview(template_id, window=window)


def open_versions(doors: Blueprint, *, window: Window) -> None:
    """Open the door that the official client asks at another address than the others."""

    @doors.get("/service/<client_id>/template/<template_id>/versions")
    @allows(Permission.PUBLIC)
    def versions(client_id: str, template_id: str) -> ResponseReturnValue:
        asked_by = bodies.uuid_in(client_id, name="service_id")
        found = window.versions(bodies.uuid_in(template_id, name="id"), client_id=asked_by)
        return answer({"data": [answers.template(each) for each in found]})


def _preview(template_id: str, *, window: Window) -> ResponseReturnValue:
    body = bodies.load(bodies.PreviewBody(), body=bodies.read_json())
    found = window.template(bodies.uuid_in(template_id, name="id"))
    values = bodies.values(body.get("personalisation") or {})
    filled = fill_in(found, values=values)
    return answer(
        {
            "id": str(found.id),
            "type": found.channel,
            "version": found.version,
            "body": filled.body,
            "html": html_of(found.body, values=values) if found.channel is Channel.EMAIL else None,
            "subject": filled.subject,
            "postage": found.postage,
        }
    )
