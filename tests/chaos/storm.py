"""Kills the parts of a house with -9, each kind in its turn and in random order, one every two seconds."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass

from dev.house import House

BEAT_S = 1.6
"""Between two blows, on average: with the lying in wait some 33 in a minute, twice through the deck."""

VICTIM_WITHIN_S = 2.0
"""How long to lie in wait for a part that fell a moment ago."""


@dataclass(frozen=True, kw_only=True)
class Blow:
    """One kind of blow; `children` hits what the part started: gunicorn's workers."""

    part: str
    children: bool = False
    wipe: bool = False

    @property
    def name(self) -> str:
        return self.part + (" children" if self.children else "") + (" wiped" if self.wipe else "")


BLOWS = (
    *(Blow(part=part) for part in ("forms", "workflow", "notify")),
    *(Blow(part=part, children=True) for part in ("forms", "workflow", "notify")),
    *(Blow(part=f"{part}-work") for part in ("forms", "workflow", "notify")),
    Blow(part="bus"),
    Blow(part="postgres"),
    Blow(part="valkey"),
    Blow(part="valkey", wipe=True),
)


class Storm:
    """The blows that fell, by name."""

    def __init__(self, house: House, *, seed: int) -> None:
        """Aim at this house; the same seed gives the same order."""
        self._house = house
        self._chance = random.Random(f"{seed} storm")
        self._deck: list[Blow] = []
        self._missed: list[Blow] = []
        self.kills: Counter[str] = Counter()

    def rage(self, *, seconds: float) -> None:
        """Strike until the time is over."""
        until = time.monotonic() + seconds
        beat = min(BEAT_S, seconds / 37)
        while time.monotonic() < until:
            time.sleep(self._chance.uniform(0.4, 1.6) * beat)
            blow = self._draw()
            if self._strike(blow):
                self.kills[blow.name] += 1
            else:
                self._missed.append(blow)  # not there at this moment: its turn comes again

    def _draw(self) -> Blow:
        if not self._deck:
            self._deck = [*BLOWS, *self._missed]
            self._missed = []
            self._chance.shuffle(self._deck)
        return self._deck.pop()

    def _strike(self, blow: Blow) -> bool:
        """Strike when the victim lives; a part that fell a moment ago may still be waiting to be started again."""
        until = time.monotonic() + VICTIM_WITHIN_S
        while len(self._house.pids(blow.part)) <= blow.children:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        self._house.kill(blow.part, children=blow.children, wipe=blow.wipe)
        return True
