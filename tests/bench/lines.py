"""Prints a figure as one JSON line, beside its yardstick, the best peer's figure and what we aim at."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

DIGITS = 4
"""Significant digits; the machine is not that exact."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure. `less` tells that less is better; `to_baseline` is the figure in terms of the yardstick."""

    measure: str
    what: str
    value: float
    unit: str
    baseline: str
    baseline_value: float
    to_baseline: float | None = None
    peer: float | None = None
    aim: float | None = None
    less: bool = True
    details: dict[str, Any] = field(default_factory=dict)

    def tell(self) -> None:
        """Print it."""
        shown = {
            name: each for name, each in asdict(self).items() if each is not None and name not in ("less", "details")
        }
        shown["to_baseline"] = self.to_baseline or self.value / self.baseline_value
        if self.peer:
            shown["times_better_than_peer"] = self.peer / self.value if self.less else self.value / self.peer
        if self.aim:
            shown["aim_met"] = self.value <= self.aim if self.less else self.value >= self.aim
        print(json.dumps(_rounded({**shown, **self.details})), flush=True)


def _rounded(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {name: _rounded(each) for name, each in thing.items()}
    return float(f"{thing:.{DIGITS}g}") if isinstance(thing, float) else thing
