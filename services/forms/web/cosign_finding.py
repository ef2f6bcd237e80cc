"""Finds what the second signatory behind a link is asked, and whether an answer still counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.forms.domain.cases import CaseView
from services.forms.domain.cosigning import Cosigning, seen_by_cosigner
from services.forms.queries import Submitted, find_cosigned
from services.forms.web.counter import means, reading, said, today
from services.forms.web.viewing import view_known
from shared.catalogue.definitions import Cosign
from shared.crypto import token_hash


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody is asked to agree to."""

    submitted: Submitted
    view: CaseView
    cosigning: Cosigning
    rule: Cosign

    @property
    def state(self) -> Literal["open", "answered", "needless", "expired"]:
        """Whether an answer still counts, and why not."""
        if self.cosigning.answered_at:
            return "answered"
        if not self.view.may_withdraw:
            return "needless"
        return "open" if today() <= self.cosigning.valid_until else "expired"


def find_asked(token: str) -> Asked | None:
    """What belongs to this link; None when there is no such link, or a newer one took its place."""
    with reading() as connection:
        found = find_cosigned(connection, token_hash=token_hash(token), keyring=means().keyring)
    if found is None:
        return None
    submitted, known = found
    view = view_known(submitted.received_at, known=known)
    rule = means().products.version(submitted.product, version=submitted.version).cosign
    return Asked(submitted=submitted, view=view, cosigning=view.cosign, rule=rule) if view.cosign and rule else None


def sections_of(asked: Asked) -> list[dict[str, object]]:
    """The answers that the second signatory reads, as its page lists them."""
    product = means().products.version(asked.submitted.product, version=asked.submitted.version)
    return [
        {
            "title": said(section.title),
            "rows": [{"label": said(row.label), "value": said(row.text).split("\n")} for row in section.rows],
        }
        for section in seen_by_cosigner(product, shown=asked.submitted.shown)
    ]
