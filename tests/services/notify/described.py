"""Holds every answer of the API, and every request that it took, against what it says of itself in OpenAPI."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
from flask import Flask, Response, request

from services.notify.web.v2.describing import DOORS, describe_v2, path_of


class Described:
    """What an app says of its API, and where that was not so."""

    def __init__(self, app: Flask) -> None:
        self.says = describe_v2(app, title="test", base="http://notify.example")
        self.faults: list[str] = []
        app.after_request(self._look)

    def faults_in(self, value: Any, *, schema: dict[str, Any]) -> list[str]:
        """Say what in a value is not as the schema says."""
        whole = {**schema, "components": self.says["components"]}
        check = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        return [f"{'/'.join(map(str, each.instance_path))}: {each.message}" for each in check.iter_errors(value)]

    def _look(self, response: Response) -> Response:
        rule = request.url_rule
        if rule is None or rule.endpoint not in DOORS:
            return response
        operation = self.says["paths"][path_of(rule.rule)][request.method.lower()]
        said = operation["responses"].get(str(response.status_code), {"content": {}})["content"]
        name = f"{request.method} {rule.rule} {response.status_code}"
        if response.content_type not in said:
            self.faults.append(f"{name}: {response.content_type} is not described")
        elif schema := said[response.content_type].get("schema"):
            self.faults += [f"{name} {fault}" for fault in self.faults_in(response.get_json(), schema=schema)]
        if response.status_code < 300 and "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            taken = self.faults_in(request.get_json(force=True), schema=schema)
            self.faults += [f"{name}, request {fault}" for fault in taken]
        return response
