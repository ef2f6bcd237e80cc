"""What is planted in the invented years, so that one can see whether the pages on rules and times find it.

All of it lies in one product: a threshold that is too low, advice that never matters, a question asked for nothing,
and a step at which cases lie for weeks without a status that says so. Its other rules do their work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from services.forms.domain.showing import show
from services.workflow.domain.trial import as_of
from shared.catalogue.definitions import Product
from shared.catalogue.evaluate import evaluate
from shared.events import SubmissionReceived
from shared.law.calendar import local_date

PRODUCT: Final = "objecten"
TOO_LOW: Final = ("no-permit-needed", "days_placed == 1", "5")
"""Nobody who placed something small for up to five days was ever refused; the rule frees one day."""
NEVER_MATTERS: Final = "advice-green"
FOR_NOTHING: Final = "works_permit"
WAITS_FOR_ADVICE: Final = 0.6
"""So many cases wait weeks for an adviser."""
USUALLY_REFUSED: Final = 0.12
_STARTS_AFTER: Final = timedelta(weeks=5)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of application: what it answers, how many of a hundred are such, and the share that is refused."""

    of_hundred: int
    refused: float
    days: int = 3
    size: tuple[str, str] = ("4.00", "2.00")
    thing: str = "container"
    starts_after: timedelta = _STARTS_AFTER
    answers: Mapping[str, Any]

    def given(self, answers: Mapping[str, Any], *, on: date) -> dict[str, Any]:
        """The answers of such an application, made after another of the product."""
        length, width = self.size
        starts = on + self.starts_after
        bare = {name: value for name, value in answers.items() if name not in _OF_A_KIND}
        return {
            **bare,
            "objects": [{"kind": self.thing, "length": length, "width": width, "height": "1.50", "count": 1}],
            "starts": starts.isoformat(),
            "ends": (starts + timedelta(days=self.days - 1)).isoformat(),
            **self.answers,
        }


_OF_A_KIND: Final = frozenset(
    {"surfaces", "footway_width", "road_closed", "carriageway_width", "traffic_measures", "traffic_plan", "plan"}
    | {"photos", "parking_bays", "other_object", "works_permit", "supplies"}
)
_PAVEMENT: Final = {"surfaces": ["pavement"], "footway_width": "2.00"}
_CLOSED: Final = {
    "surfaces": ["road"],
    "road_closed": True,
    "traffic_measures": "Met borden en hekken, fietsers gaan door de Lindelaan.",
    "supplies": ["power"],
}
_PASSABLE: Final = {"surfaces": ["road"], "road_closed": False, "carriageway_width": "3.00", "supplies": ["water"]}
KINDS: Final = (
    *(Kind(of_hundred=4, refused=0.0, days=days, answers=_PAVEMENT) for days in (2, 3, 4, 5)),
    *(Kind(of_hundred=4, refused=0.3, days=days, answers=_PAVEMENT) for days in (6, 8, 12)),
    *(Kind(of_hundred=3, refused=0.3, days=days, answers=_PAVEMENT) for days in (20, 50)),
    *(Kind(of_hundred=4, refused=0.3, days=days, size=("4.00", "3.00"), answers=_PAVEMENT) for days in (1, 3)),
    Kind(of_hundred=4, refused=0.2, starts_after=timedelta(days=10), days=10, answers=_PAVEMENT),
    Kind(of_hundred=6, refused=0.2, days=10, answers={**_PAVEMENT, "footway_width": "1.60"}),
    Kind(of_hundred=4, refused=0.6, days=10, answers={**_PAVEMENT, "footway_width": "1.20"}),
    Kind(of_hundred=5, refused=0.2, days=10, thing="scaffold", answers=_PAVEMENT),
    Kind(of_hundred=5, refused=0.4, answers=_PASSABLE),
    Kind(of_hundred=8, refused=0.2, answers=_CLOSED),
    Kind(of_hundred=26, refused=0.0, days=10, answers={"surfaces": ["green"]}),
)
"""Together a hundred; those in the green bring advice and are never refused."""


def made_as(kind: Kind, said: SubmissionReceived, /, *, product: Product) -> SubmissionReceived:
    """Make another application of the product one of this kind: its answers, and what follows from them."""
    on = local_date(said.received_at)
    product = as_of(product, day=on)
    evaluation = evaluate(product, kind.given(said.answers, on=on), on=on)
    answers = evaluation.answers
    return replace(
        said,
        answers=dict(answers),
        shown=show(product, evaluation=evaluation),
        rules=evaluation.outcomes,
        fee_cents=evaluation.fee.cents if evaluation.fee else None,
        starts=date.fromisoformat(answers["starts"]),
        ends=date.fromisoformat(answers["ends"]),
        files=(),
        missing=(),
    )
