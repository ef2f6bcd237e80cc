"""How long a permit lasts follows from its product's own definition and the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shared.catalogue.definitions import PermitLife
from shared.catalogue.lasting import Lasting, lasting_of
from tests.products import CATALOGUE, read_product
from tests.shared.catalogue.wide import FILES

WIDE = read_product(FILES, product_id="party")
GRANTED, RECEIVED = date(2026, 12, 1), date(2026, 11, 2)


def lasting(product: str, *, until: date | None = None, **answers: Any) -> Lasting | None:
    found = CATALOGUE.product(product)
    return lasting_of(found, answers=answers, received_on=RECEIVED, granted_on=GRANTED, until=until)


def test_a_pitch_lasts_from_its_first_to_its_last_day_and_can_be_renewed_60_days_before() -> None:
    life = lasting("standplaats", purpose="season", starts="2027-01-01", ends="2027-12-31")
    assert life == Lasting(first=date(2027, 1, 1), last=date(2027, 12, 31), renew_from=date(2027, 11, 1))
    days = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31), date(2028, 1, 1))
    assert [life.state(on=day) for day in days] == ["not_yet", "valid", "valid", "expired"]
    assert [life.renewable(on=day) for day in (date(2027, 10, 31), date(2027, 11, 1), date(2028, 1, 1))] == [
        False,
        True,
        True,
    ]


def test_nothing_begins_before_it_was_granted_and_what_is_indefinite_never_ends() -> None:
    life = lasting("objecten", starts="2026-11-20", ends="2026-12-24")
    assert life
    assert (life.first, life.last, life.renew_from) == (GRANTED, date(2026, 12, 24), None)
    terrace = lasting("terras")
    assert terrace == Lasting(first=GRANTED, last=None, renew_from=None)
    assert terrace.state(on=date(2099, 1, 1)) == "valid"


def test_what_has_no_life_or_no_known_end_says_nothing() -> None:
    assert lasting("woo-verzoek") is None
    assert lasting("gehandicaptenparkeerkaart") is None, "a decision of before, that says no day"
    assert lasting("standplaats", purpose="season", starts="2027-01-01") is None


def test_a_card_lasts_until_the_day_in_its_decision_and_can_be_renewed_90_days_before() -> None:
    last = date(2031, 11, 26)
    assert lasting("gehandicaptenparkeerkaart", until=last) == Lasting(
        first=GRANTED, last=last, renew_from=date(2031, 8, 28)
    )


def test_a_pitch_without_a_last_day_is_for_as_long_as_it_goes_and_no_other_product_minds_the_decision() -> None:
    known = lasting("standplaats", purpose="sale", starts="2027-01-01", until=date(2027, 5, 1))
    assert known == Lasting(first=date(2027, 1, 1), last=None, renew_from=None)


def test_one_period_says_both_days() -> None:
    stay = {"first": "2027-03-01", "last": "2027-03-05"}
    life = replace(WIDE.process, permit=PermitLife(valid_from="stay", valid_until="stay"))
    product = replace(WIDE, process=life)
    found = lasting_of(product, answers={"stay": stay}, received_on=RECEIVED, granted_on=GRANTED, until=None)
    assert found
    assert (found.first, found.last) == (date(2027, 3, 1), date(2027, 3, 5))


@given(
    length=st.integers(min_value=0, max_value=4000),
    day=st.integers(min_value=-4000, max_value=8000),
)
def test_it_goes_one_way_from_not_yet_to_valid_to_expired(length: int, day: int) -> None:
    life = Lasting(first=GRANTED, last=GRANTED + timedelta(days=length), renew_from=None)
    order = ["not_yet", "valid", "expired"]
    today = GRANTED + timedelta(days=day)
    assert order.index(life.state(on=today)) <= order.index(life.state(on=today + timedelta(days=1)))
    assert (life.state(on=today) == "valid") == (0 <= day <= length)
