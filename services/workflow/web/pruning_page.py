"""What the pages on fewer rules show: proposals, and a line for each rule and question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.workflow.domain.proposals import Proposal, propose
from services.workflow.domain.review import Counts, Review, loosened, unread_questions
from services.workflow.trial_store import Progress, Trial, progress_of, review_of
from shared.catalogue.definitions import Product
from shared.catalogue.reader import reopen_product
from shared.catalogue.versions import recall
from shared.database import Connection

_HEARD = """
select subject || '.' || id as about,
       case when what like 'error.%%' then 'errors' else what end as what, sum(count)::int as n
from workflow.measures where product = %(product)s and day between %(since)s and %(until)s
and subject = 'question' group by 1, 2
union all
select 'question.' || subject, verdict, count(*)::int from workflow.opinions
where product = %(product)s and day between %(since)s and %(until)s group by subject, verdict
"""


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A review with what it comes to; `heard` counts by question what the form service measured and residents said."""

    trial: Trial
    progress: Progress
    product: Product
    review: Review
    proposals: Sequence[Proposal]
    unread: frozenset[str]
    heard: Mapping[str, Counts] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        """Whether more is to come."""
        return bool(self.progress.parts_left) and self.trial.stopped_at is None

    def changed(self, key: str) -> Product | None:
        """Give the product with the threshold of this key as proposed; None when that cannot be put in its text."""
        for proposal in self.proposals:
            if proposal.threshold and proposal.threshold.key == key:
                return _raised(self.product, proposal=proposal)
        return None


def weighed_of(connection: Connection, *, trial: Trial) -> Weighed:
    """Put together what was found; while it is being worked out nothing is proposed."""
    progress, found = progress_of(connection, trial_id=trial.id), review_of(connection, trial_id=trial.id)
    product = recall(connection, product_id=trial.product, version=trial.base)
    return Weighed(
        trial=trial,
        progress=progress,
        product=product,
        review=found,
        proposals=() if progress.parts_left else propose(found, product=product),
        unread=unread_questions(product),
        heard=_heard(connection, trial=trial),
    )


def _heard(connection: Connection, *, trial: Trial) -> Mapping[str, Counts]:
    asked = {"product": trial.product, "since": trial.since, "until": trial.until}
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(_HEARD, asked):
        about = found.setdefault(row["about"].removeprefix("question."), {})
        about[row["what"]] = about.get(row["what"], 0) + row["n"]
    return found


def _raised(product: Product, *, proposal: Proposal) -> Product | None:
    """Change the one number in the text of its rule, and see that the rule became what was meant and nothing else."""
    threshold = proposal.threshold
    if threshold is None:
        return None
    meant = loosened(product, threshold=threshold, limit=proposal.limit)
    for name, text in product.files.items():
        head, mark, rest = text.partition(f"- id: {threshold.rule}\n")
        if mark:
            operator = "<=" if threshold.operator == "==" else threshold.operator
            raised = rest.replace(threshold.text, f"{threshold.name} {operator} {proposal.limit}", 1)
            changed = reopen_product({**product.files, name: head + mark + raised}, product_id=product.id)
            return changed if changed.rule(threshold.rule).when == meant else None
    return None
