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
        begin = _begin_of(subject).search(text)
        if begin:
            inside, after = _lines_of(begin, text=text)
            bare = [line for line in inside if not line.startswith(f"{begin[1]}  optional:")]
            written = "".join((text[: begin.end()], f"{begin[1]}  optional: true\n", *bare, *after))
            changed = reopen_product({**product.files, name: written}, product_id=product.id)
            return changed if changed.question(subject).optional else None
    return None


def _without(subject: str, *, product: Product) -> Product | None:
    """Take a rule or question out of the text: its lines, up to the next thing that stands as far to the left."""
    for name, text in product.files.items():
        found = _begin_of(subject).search(text)
        if found is None:
            continue
        _, after = _lines_of(found, text=text)
        try:
            changed = reopen_product(
                {**product.files, name: text[: found.start()] + "".join(after)}, product_id=product.id
            )
        except FaultyProductError:
            return None
        return changed if _names(changed) == _names(product) - {subject} else None
    return None


def _lines_of(begin: re.Match[str], /, *, text: str) -> tuple[list[str], list[str]]:
    """Give the further lines of what begins here, up to the next thing that stands as far to the left, and the rest."""
    further = re.compile(rf"^ {{{len(begin[1]) + 1},}}\S|^\s*$")
    lines = text[begin.end() :].splitlines(keepends=True)
    last = next((place for place, line in enumerate(lines) if not further.match(line)), len(lines))
    return lines[:last], lines[last:]


def _begin_of(subject: str, /) -> re.Pattern[str]:
    """Find the line on which a rule or question begins; its group is how far to the right that stands."""
    return re.compile(rf"^( *)- id: {re.escape(subject)}\n", re.MULTILINE)


def _names(product: Product) -> set[str]:
    return {each.id for each in product.rules} | {each.id for each in product.questions}
