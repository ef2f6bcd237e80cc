"""Random and hostile submissions of all products: no fault of ours, every refusal by name, nothing half kept.

`make test` sends 400; `make fuzz` 10,000, or as many as FUZZ says, drawn anew each time.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings

from shared.clock import utc_now
from shared.database import connect
from shared.law.calendar import local_date
from tests.conftest import Database
from tests.fuzz.answers import Typed, answers_of, fields_of
from tests.fuzz.doors import Doors, Sent, bodies_of
from tests.services.forms.noor import CATALOGUE

PRODUCTS = sorted(CATALOGUE.products)
WHOLE = "FUZZ" in os.environ
EACH = int(os.environ.get("FUZZ", "400")) / len(PRODUCTS)
"""Submissions of one product: three of four through the API, one through the pages."""


def fire_of(share: float) -> settings:
    """So many of the submissions of a product: the same in each run of the tests, others in each `make fuzz`."""
    return settings(
        max_examples=math.ceil(EACH * share),
        derandomize=not WHOLE,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


@pytest.fixture
def doors(app: Flask, database: Database) -> Iterator[Doors]:
    """Both doors, and in the end how often each thing happened."""
    with connect(database.dsn(), autocommit=True) as connection:
        under_fire = Doors(app, connection)
        yield under_fire
    if WHOLE:
        print(dict(sorted(under_fire.met.items())))  # noqa: T201 the outcome of `make fuzz`


@pytest.mark.parametrize("product_id", PRODUCTS)
def test_a_submission_to_the_api_is_kept_whole_or_refused_by_name(doors: Doors, product_id: str) -> None:
    product = CATALOGUE.product(product_id)

    @fire_of(0.75)
    @given(sent=bodies_of(answers_of(product, today=_today())))
    def fire(sent: Sent) -> None:
        doors.hand_in(product, sent)

    fire()
    assert doors.met.total() >= EACH * 0.75


@pytest.mark.parametrize("product_id", PRODUCTS)
def test_pages_filled_with_anything_answer_in_words_and_send_only_what_is_whole(doors: Doors, product_id: str) -> None:
    product = CATALOGUE.product(product_id)

    @fire_of(0.25)
    @given(typed=fields_of(product, today=_today()))
    def fire(typed: Typed) -> None:
        doors.fill_in(product, typed)

    fire()
    assert doors.met.total() >= EACH * 0.25


def _today() -> date:
    return local_date(utc_now())
