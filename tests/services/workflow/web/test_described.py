"""The API for other systems keeps what its own description promises, whatever is sent."""

from __future__ import annotations

from tests.fuzz.described import try_described
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import SAMIR


def test_every_answer_to_staff_is_one_that_the_description_promises(town: Town) -> None:
    town.receive()
    met = try_described(town.app, examples=8, headers=town.bearer(SAMIR))
    assert {200, 404, 422} <= set(met)


def test_nobody_gets_anything_without_a_token(town: Town) -> None:
    town.receive()
    met = try_described(town.app, examples=2)
    assert 401 in met
