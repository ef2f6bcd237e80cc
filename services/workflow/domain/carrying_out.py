"""The text of a product with one proposal carried out: what a rule trial tries before anybody publishes it."""

from __future__ import annotations

import re

from services.workflow.domain.proposals import Proposal
from services.workflow.domain.review import loosened
from shared.catalogue.definitions import Product
from shared.catalogue.faults import FaultyProductError
from shared.catalogue.reader import reopen_product


def carried_out(proposal: Proposal, *, product: Product) -> Product | None:
    """Change the text as proposed, and see that this became otherwise and nothing else.

    None where the text is written so that it cannot be changed by itself, or where a person must think it out.
    """
    if proposal.threshold:
        return _raised(proposal, product=product)
    if proposal.kind == "optional":
        return _made_optional(proposal.subject, product=product)
    return _without(proposal.subject, product=product) if proposal.subject else None


def _raised(proposal: Proposal, *, product: Product) -> Product | None:
    threshold = proposal.threshold
    if threshold is None:
        return None
    meant = loosened(product, threshold=threshold, limit=proposal.limit)
    operator = "<=" if threshold.operator == "==" else threshold.operator
    for name, text in product.files.items():
        head, mark, rest = text.partition(f"- id: {threshold.rule}\n")
        if mark:
            raised = rest.replace(threshold.text, f"{threshold.name} {operator} {proposal.limit}", 1)
            changed = reopen_product({**product.files, name: head + mark + raised}, product_id=product.id)
            return changed if changed.rule(threshold.rule).when == meant else None
    return None


def _made_optional(subject: str, *, product: Product) -> Product | None:
    for name, text in product.files.items():
        changed_text, found = _begin_of(subject).subn(r"\g<0>\1  optional: true\n", text, count=1)
        if found:
            changed = reopen_product({**product.files, name: changed_text}, product_id=product.id)
            return changed if changed.question(subject).optional else None
    return None


def _without(subject: str, *, product: Product) -> Product | None:
    """Take a rule or question out of the text: its lines, up to the next thing that stands as far to the left."""
    for name, text in product.files.items():
        found = _begin_of(subject).search(text)
        if found is None:
            continue
        further = re.compile(rf"^ {{{len(found[1]) + 1},}}\S|^\s*$")
        lines = text[found.end() :].splitlines(keepends=True)
        last = next((place for place, line in enumerate(lines) if not further.match(line)), len(lines))
        try:
            changed = reopen_product(
                {**product.files, name: text[: found.start()] + "".join(lines[last:])}, product_id=product.id
            )
        except FaultyProductError:
            return None
        return changed if _names(changed) == _names(product) - {subject} else None
    return None


def _begin_of(subject: str, /) -> re.Pattern[str]:
    """Find the line on which a rule or question begins; its group is how far to the right that stands."""
    return re.compile(rf"^( *)- id: {re.escape(subject)}\n", re.MULTILINE)


def _names(product: Product) -> set[str]:
    return {each.id for each in product.rules} | {each.id for each in product.questions}
