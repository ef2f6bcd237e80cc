"""What a decision is about, in the words of the product filled in with the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from shared.catalogue.definitions import Product
from shared.catalogue.evaluate import evaluate
from shared.events import SubmissionReceived
from shared.law.calendar import local_date

_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def about(submission: SubmissionReceived, *, product: Product) -> str:
    """Write the subject of a case in Dutch with the place."""
    computed = evaluate(product, submission.answers, on=local_date(submission.received_at)).computed
    return subject_of(submission, product=product, computed=computed)


def subject_of(submission: SubmissionReceived, *, product: Product, computed: Mapping[str, Any]) -> str:
    """Write it with values at hand; a subject that names an answer nobody gave is the title of the product.

    The letter goes to who applied; the one it was done for is named.
    """
    known = {row.question: row.text.nl for section in submission.shown for row in section.rows}
    known |= {name: str(value) for name, value in computed.items() if name not in known and value is not None}
    template = product.process.subject or ""
    told = all(known.get(name) for name in _NAME.findall(template))
    subject = _NAME.sub(lambda found: known[found.group(1)], template) if template and told else submission.title.nl
    whose = f"namens {submission.represented}" if submission.represented else None
    return ", ".join(filter(None, (subject, submission.place, whose)))
