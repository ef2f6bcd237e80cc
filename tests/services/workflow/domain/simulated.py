"""Offices that were made up, of which the truth is known: what comes in, how long it takes, what is done a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from services.workflow.domain.chances import Lived, Past, Standing
from services.workflow.domain.outlook import Office, Week, WhatIf, foresee

TERM = 40
PRODUCTS = {"quick": (2.3, 0.5), "usual": (3.1, 0.5), "slow": (3.6, 0.35)}
"""Working days until the end, as the parameters of a log-normal law."""


def office_of_lives(*, seed: int, today: int = 500, daily: int = 4) -> tuple[Past, list[tuple[Standing, bool]]]:
    """Give what such an office knows after so many working days, and its open cases with whether they end too late.

    What takes long is taken late, so that whether somebody took a case tells something.
    """
    chance, lived, open_now = Random(seed), list[Lived](), list[tuple[Standing, bool]]()
    for came in range(today):
        for product in chance.choices(list(PRODUCTS), k=daily):
            days = max(1, round(chance.lognormvariate(*PRODUCTS[product])))
            taken, age = chance.randrange(0, max(1, days // 2)), today - came
            over = days < age
            seen = taken if over or taken < age else None
            lived.append(Lived(product=product, days=days if over else age, taken_after=seen, over=over))
            if not over:
                standing = Standing(product=product, age=age, term=TERM, taken=taken < age)
                open_now.append((standing, days > TERM))
    return Past(lived), open_now


def said_and_true(*, offices: int, seed: int) -> list[tuple[float, bool]]:
    """Give what is said of every open case of so many offices whose term is not over, and what came true."""
    return [
        (chance.share, late)
        for number in range(offices)
        for past, open_now in [office_of_lives(seed=seed + number)]
        for standing, late in open_now
        if standing.age <= TERM
        for chance in [past.chance(standing)]
        if chance.share is not None
    ]


def done_in_time(*, offices: int, seed: int, runs: int) -> tuple[float, float]:
    """Give the shares of offices that were done on the day told with 50 and with 85 % certainty, or before it."""
    outcomes = [_done_in_time(Random(seed + number), seed=number, runs=runs) for number in range(offices)]
    return sum(half for half, _ in outcomes) / offices, sum(most for _, most in outcomes) / offices


def _done_in_time(chance: Random, *, seed: int, runs: int) -> tuple[bool, bool]:
    """An office whose coming weeks are of the same kind as those it knows."""
    rate = chance.uniform(4, 12)
    past, to_come = list(_weeks(chance, rate=rate, count=26)), list(_weeks(chance, rate=rate, count=104))
    stock = {due: chance.randrange(0, 8) for due in range(40)}
    office = Office(stock=stock, weeks=past, terms={10: 0.2, 40: 0.8}, colleagues=6)
    told = foresee(office, what_if=WhatIf(), seed=seed, runs=runs)
    assert told is not None
    assert told.half is not None
    assert told.most is not None
    ended = _day_done(office, weeks=to_come, chance=chance)
    return ended <= told.half, ended <= told.most


def _weeks(chance: Random, *, rate: float, count: int) -> Iterator[Week]:
    for _ in range(count):
        pace = chance.choice((0.5, 0.9, 1.1, 1.5))
        came = tuple(round(chance.uniform(0, 1.8 * rate)) for _ in range(5))
        yield Week(came=came, done=tuple(round(chance.uniform(0, 2 * rate) * pace) for _ in range(5)))


def _day_done(office: Office, *, weeks: Sequence[Week], chance: Random) -> int:
    """Work case by case, the first due first; the stock before what came later."""
    waiting = sorted((due, 0) for due, count in office.stock.items() for _ in range(count))
    for day in range(5 * len(weeks)):
        week = weeks[day // 5]
        terms = chance.choices(list(office.terms), list(office.terms.values()), k=week.came[day % 5])
        waiting += [(day + term, 1) for term in terms]
        waiting = sorted(waiting)[week.done[day % 5] :]
        if not any(later == 0 for _, later in waiting):
            return day + 1
    return 5 * len(weeks)
