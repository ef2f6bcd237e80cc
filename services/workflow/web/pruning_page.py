"""What the pages on fewer rules show: proposals, and a line for each rule and question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.workflow.domain.evidence import Evidence, Heard, evidence_of
from services.workflow.domain.proposals import Proposal, propose, ranked
from services.workflow.domain.review import Review
from services.workflow.trial_store import Progress, Trial, progress_of, review_of
from shared.catalogue.definitions import Product
from shared.catalogue.versions import recall
from shared.database import Connection

_BEST: Final = 10
"""Proposals of all products together on the first page."""

_HEARD: Final = """
select subject || '.' || id as about, what, sum(count)::int as n
from workflow.measures where product = %(product)s and day between %(since)s and %(until)s
and subject in ('question', 'step') group by 1, 2
union all
select 'said.' || subject, verdict, count(*)::int from workflow.opinions
where product = %(product)s and day between %(since)s and %(until)s group by subject, verdict
"""


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A review with what it comes to."""

    trial: Trial
    progress: Progress
    product: Product
    review: Review
    proposals: Sequence[Proposal]

    @property
    def running(self) -> bool:
        """Whether more is to come."""
        return bool(self.progress.parts_left) and self.trial.stopped_at is None

    def place(self, question: str) -> int:
        """Give the number of a question in the form, from 1."""
        return [each.id for each in self.product.questions if each.asks].index(question) + 1

    def proposed(self, key: str) -> Proposal | None:
        """Give the proposal of this key; None when it is gone."""
        return next((one for one in self.proposals if one.key == key), None)


def weighed_of(connection: Connection, *, trial: Trial) -> Weighed:
    """Put together what was found; while it is being worked out nothing is proposed."""
    progress = progress_of(connection, trial_id=trial.id)
    found = review_of(connection, trial_id=trial.id, whole=not progress.parts_left)
    product = recall(connection, product_id=trial.product, version=trial.base)
    return Weighed(
        trial=trial,
        progress=progress,
        product=product,
        review=found,
        proposals=() if progress.parts_left else propose(found, product=product),
    )


def evidence_for(connection: Connection, weighed: Weighed, /) -> Evidence:
    """Give what stands behind each rule and question of a product."""
    return evidence_of(weighed.review, product=weighed.product, heard=_heard(connection, trial=weighed.trial))


def best_of(found: Mapping[str, Weighed]) -> list[tuple[str, Proposal]]:
    """Give the best proposals of all products together, each with its product."""
    return ranked((product, one) for product, weighed in found.items() for one in weighed.proposals)[:_BEST]


def _heard(connection: Connection, *, trial: Trial) -> Heard:
    asked = {"product": trial.product, "since": trial.since, "until": trial.until}
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(_HEARD, asked):
        found.setdefault(row["about"], {})[row["what"]] = row["n"]
    return found
