"""What of a form can be asked again: the very question, with the answer that it has now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from shared.catalogue.definitions import Kind, Product, Question
from shared.catalogue.plan import sensitive_names
from shared.events import SubmissionReceived, Words
from shared.values import A_FILE, OWN_WORDS

BESIDES: Final[Mapping[str, Words]] = {
    OWN_WORDS: Words(nl="Een antwoord in eigen woorden", en="An answer in own words"),
    A_FILE: Words(nl="Een bestand", en="A file"),
}
"""What can be asked besides the questions of the form."""

_NOT_AGAIN: Final = frozenset({Kind.TABLE, Kind.DECLARATION, Kind.CALCULATED, Kind.TEXT_BLOCK, Kind.EMAIL, Kind.BSN})
"""Too large for a page of its own, or who applies and where answers go: that is asked in own words."""


@dataclass(frozen=True, kw_only=True)
class Askable:
    """A question of the form with its answer as people read it; `missing`: it has none and should have."""

    question: str
    label: Words
    answer: Words
    missing: bool


def askable(said: SubmissionReceived, *, product: Product) -> tuple[Askable, ...]:
    """Give the questions that can be asked again, what is missing first. Nothing that is sensitive is among them."""
    missing = {row.question for row in said.missing}
    rows = {row.question: row for section in said.shown for row in section.rows}
    found = [
        Askable(
            question=question.id,
            label=question.label,
            answer=rows[question.id].text,
            missing=question.id in missing,
        )
        for question in _again(product)
        if question.id in rows
    ]
    return tuple(sorted(found, key=lambda each: not each.missing))


def label_of(asked: str, *, product: Product) -> Words:
    """Give what was asked in words."""
    return BESIDES.get(asked) or product.question(asked).label


def _again(product: Product) -> Iterator[Question]:
    roles = product.roles
    parts = (
        roles.name,
        roles.organisation,
        roles.kvk,
        roles.branch,
        roles.phone,
        roles.applicant_kind,
        roles.represented,
    )
    who = {*parts, *sensitive_names(product)}
    return (one for one in product.questions if one.kind not in _NOT_AGAIN and one.id not in who)
