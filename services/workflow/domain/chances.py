"""How likely an open case is to miss its term, from how long cases of its product took that were once as old.

The method is that of Kaplan and Meier (1958), begun anew at the age of the case (a landmark: Van Houwelingen, 2007):
cases that are still open count as far as they got. Ages are working days, without those on which the term stood still.
It asks for no library: a product of fractions over the days that are left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from services.workflow.domain.indicators import FEWEST

FEWEST_CLOSED: Final = 50
"""A product with fewer closed cases says too little. Others have other terms, so that nothing is said then."""

FEWEST_ALIKE: Final = 20
"""So many closed cases that were once as old must be left for a chance."""

BINS: Final = 10

Basis = Literal["passed", "product_state", "product", "none"]


@dataclass(frozen=True, kw_only=True)
class Lived:
    """So many cases that lived alike.

    `days` is the age (working days) at which a case was `over`, or to which an open one got. `taken_after` is the age
    at which somebody took it, None when nobody did.
    """

    product: str
    days: int
    taken_after: int | None
    over: bool
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An open case: its `age` this morning, and its age on the last day of its `term`, as the term is now."""

    product: str
    age: int
    term: int
    taken: bool


@dataclass(frozen=True, kw_only=True)
class Chance:
    """The chance (0 to 1) that a case misses its term, None when too little is known, and what it rests on.

    Of `alike` closed cases that were once as old, `late` took longer than this case may.
    """

    share: float | None
    basis: Basis
    alike: int = 0
    late: int = 0


@dataclass(frozen=True, kw_only=True)
class Bin:
    """What became of the cases of which a chance between `first` tenths and one more was said."""

    first: int
    cases: int = 0
    late: int = 0
    said: float = 0.0

    @property
    def shown(self) -> bool:
        """Whether it is about enough cases."""
        return self.cases >= FEWEST

    @property
    def really(self) -> float:
        """The share that missed its term."""
        return self.late / self.cases


PASSED: Final = Chance(share=1.0, basis="passed")
UNKNOWN: Final = Chance(share=None, basis="none")


class Past:
    """How cases went, by product."""

    def __init__(self, lived: Iterable[Lived]) -> None:
        """Take in what is known, of closed and of open cases."""
        self._of: dict[str, list[Lived]] = defaultdict(list)
        self._groups: dict[tuple[str, bool | None, int], _Group] = {}
        for each in lived:
            self._of[each.product].append(each)
        self._closed = {product: sum(each.count for each in of if each.over) for product, of in self._of.items()}

    def chance(self, standing: Standing) -> Chance:
        """Give the chance that this case misses its term."""
        if standing.term < standing.age:
            return PASSED
        for basis, taken in self._ways(standing):
            group = self._group(standing.product, taken=taken, age=standing.age)
            if group.closed >= FEWEST_ALIKE:
                share = still_open(group.over, group.open, age=standing.age, term=standing.term)
                late = sum(count for days, count in group.over.items() if days > standing.term)
                return Chance(share=share, basis=basis, alike=group.closed, late=late)
        return UNKNOWN

    def _ways(self, standing: Standing) -> Iterator[tuple[Basis, bool | None]]:
        """Cases of the product that were taken or not as this one; then all of it."""
        if self._closed.get(standing.product, 0) >= FEWEST_CLOSED:
            yield "product_state", standing.taken
            yield "product", None

    def _group(self, product: str, *, taken: bool | None, age: int) -> _Group:
        key = (product, taken, age)
        if key not in self._groups:
            self._groups[key] = _Group(self._of.get(product, ()), taken=taken, age=age)
        return self._groups[key]


class _Group:
    """Cases that were open on the morning at which they were so old, and taken or not (None: either)."""

    def __init__(self, lived: Sequence[Lived], *, taken: bool | None, age: int) -> None:
        self.over, self.open = Counter[int](), Counter[int]()
        for each in lived:
            if each.days < age + (not each.over):
                continue
            if taken is None or taken == (each.taken_after is not None and each.taken_after < age):
                (self.over if each.over else self.open)[each.days] += each.count

    @cached_property
    def closed(self) -> int:
        return self.over.total()


def still_open(over: Mapping[int, int], open_: Mapping[int, int], /, *, age: int, term: int) -> float:
    """Give the share still open after the day `term` of those open on the morning of the day `age`.

    `over` counts by age what ended, `open_` what is known no further than the morning of that age.
    """
    at_risk = sum(n for day, n in over.items() if day >= age) + sum(n for day, n in open_.items() if day > age)
    share = 1.0
    for day in range(age, term + 1):
        if at_risk <= 0:
            break
        ended = over.get(day, 0)
        share *= 1 - ended / at_risk
        at_risk -= ended + open_.get(day + 1, 0)
    return share


def calibrate(said: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Put chances that were said beside what came true, by tenths."""
    cases, late, total = Counter[int](), Counter[int](), defaultdict[int, float](float)
    for share, was_late in said:
        tenth = min(int(share * BINS), BINS - 1)
        cases[tenth] += 1
        late[tenth] += was_late
        total[tenth] += share
    return tuple(
        Bin(first=tenth, cases=cases[tenth], late=late[tenth], said=total[tenth] / cases[tenth] if cases[tenth] else 0)
        for tenth in range(BINS)
    )
