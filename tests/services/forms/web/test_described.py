"""The public API keeps what its own description promises, whatever is sent."""

from __future__ import annotations

from flask import Flask

from tests.fuzz.described import try_described


def test_every_answer_is_one_that_the_description_promises(app: Flask) -> None:
    met = try_described(app, examples=4)
    assert {200, 404, 422} <= set(met)
