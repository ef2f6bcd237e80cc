"""Sends an API what its own description allows and what it forbids, and holds every answer against that description."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import HypothesisDeprecationWarning, Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

PROMISES = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
)
"""What must hold of every answer. That good data is taken is not among them: conditions stand in no JSON Schema."""


def try_described(app: Flask, *, examples: int, headers: Mapping[str, str] | None = None) -> Counter[int]:
    """Try every operation with so many good and so many bad requests; how often each status came back."""
    load_all_checks()
    checks = CHECKS.get_by_names(PROMISES)
    met: Counter[int] = Counter()
    for found in schemathesis.openapi.from_wsgi("/api/openapi.json", app).get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:

            @settings(
                max_examples=examples,
                derandomize=True,
                database=None,
                deadline=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def attempt(case: Case) -> None:
                answer = case.call(headers=dict(headers or {}))
                met[answer.status_code] += 1
                case.validate_response(answer, checks=checks)

            # an operation that asks for nothing cannot be asked wrongly; other threads draw by chance meanwhile
            with suppress(Unsatisfiable), warnings.catch_warnings():
                warnings.simplefilter("ignore", HypothesisDeprecationWarning)
                attempt()
    return met
