"""The chance of missing a term: as published and worked by hand, explained, and true as often as it says."""

from __future__ import annotations

from collections import Counter

import pytest

from services.workflow.domain.chances import PASSED, UNKNOWN, Bin, Lived, Past, Standing, calibrate, still_open
from tests.services.workflow.domain.simulated import said_and_true

FREIREICH = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
"""Weeks of remission of the 21 patients on 6-MP (Freireich and others, 1963); + is not over yet."""
PUBLISHED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
"""The curve as textbooks print it (Kleinbaum and Klein, Survival Analysis, table 2.1)."""


def gone(days: int, *, count: int = 1, product: str = "a", taken_after: int | None = 0) -> Lived:
    return Lived(product=product, days=days, taken_after=taken_after, over=True, count=count)


def at(age: int, *, term: int, product: str = "a", taken: bool = True) -> Standing:
    return Standing(product=product, age=age, term=term, taken=taken)


def test_the_curve_is_the_published_one() -> None:
    over = Counter(int(each) for each in FREIREICH.split() if "+" not in each)
    # a patient seen to the end of week 6 is known until the morning of week 7
    known = Counter(int(each[:-1]) + 1 for each in FREIREICH.split() if "+" in each)
    for week, share in PUBLISHED.items():
        assert still_open(over, known, age=0, term=week) == pytest.approx(share, abs=0.0005)


def test_from_an_age_on_it_is_what_a_hand_works_out() -> None:
    # ended at 2, 3, 3, 5 and 8 days; two more are open on the mornings of day 4 and of day 6
    over, known = Counter({2: 1, 3: 2, 5: 1, 8: 1}), Counter({4: 1, 6: 1})
    # on the morning of day 3 six are open: two of six end; then one goes unseen; one of three ends on day 5
    assert still_open(over, known, age=3, term=4) == pytest.approx(4 / 6)
    assert still_open(over, known, age=3, term=5) == pytest.approx(4 / 6 * 2 / 3)
    assert still_open(over, known, age=3, term=8) == 0


def test_a_case_is_told_from_the_closed_ones_that_were_once_as_old_and_taken_or_not() -> None:
    past = Past([gone(5, count=200), gone(20, count=42), gone(50, count=18), gone(60, count=40, taken_after=30)])
    told = past.chance(at(10, term=40))
    assert (told.basis, told.alike, told.late, told.share) == ("product_state", 60, 18, pytest.approx(0.3))
    lying = past.chance(at(10, term=40, taken=False))
    assert (lying.basis, lying.alike, lying.share) == ("product_state", 40, 1.0)
    assert past.chance(at(41, term=40)) == PASSED
    assert past.chance(at(70, term=90)) == UNKNOWN


def test_where_a_product_has_too_little_past_nothing_is_said_for_others_have_other_terms() -> None:
    few = [gone(5, product="b", count=49)]
    past = Past([*few, gone(30, count=100), gone(50, count=51)])
    assert past.chance(at(3, term=40, product="b")) == UNKNOWN
    enough = Past([*few, gone(5, product="b"), gone(30, count=100), gone(50, count=51)])
    assert enough.chance(at(3, term=40, product="b")).basis == "product_state"
    # so old as this none of its own became
    assert enough.chance(at(10, term=40, product="b")) == UNKNOWN
    # nobody took it, as none of the earlier ones at that age: whether it was taken is left out
    assert enough.chance(at(3, term=40, product="b", taken=False)).basis == "product"


def test_an_open_case_counts_as_far_as_it_got() -> None:
    closed = [gone(10, count=60), gone(50, count=40)]
    assert Past(closed).chance(at(5, term=40)).share == pytest.approx(0.4)
    still = Lived(product="a", days=30, taken_after=0, over=False, count=100)
    # 60 of 200 ended on day 10, and nobody else until day 40
    assert Past([*closed, still]).chance(at(5, term=40)).share == pytest.approx(0.7)
    assert Past([*closed, still]).chance(at(5, term=40)).alike == 100


def test_what_is_said_comes_true_as_often() -> None:
    said = said_and_true(offices=25, seed=1)
    around = [late for share, late in said if 0.15 <= share < 0.25]
    assert len(around) > 200
    assert 0.15 <= sum(around) / len(around) <= 0.25
    frequent = [each for each in calibrate(said) if each.cases >= 100]
    assert len(frequent) >= 6
    for each in frequent:
        assert each.really == pytest.approx(each.said, abs=0.06), each


def test_groups_that_could_tell_of_one_person_are_not_shown() -> None:
    bins = calibrate([(0.04, False)] * 4 + [(0.25, True)] * 2 + [(0.21, False)] * 8 + [(1.0, True)])
    assert bins[0] == Bin(first=0, cases=4, late=0, said=0.04)
    assert not bins[0].shown
    assert bins[2].shown
    assert (bins[2].cases, bins[2].really, bins[2].said) == (10, 0.2, pytest.approx(0.218))
    assert (bins[9].cases, bins[5].cases) == (1, 0)
