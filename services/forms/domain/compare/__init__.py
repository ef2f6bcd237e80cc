"""The difference between two versions of a product in words, and whether running drafts can go on with the new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.forms.domain.compare.model import Comparison, Difference, Part, Weight
from services.forms.domain.compare.outcomes import compare_handling, compare_outcomes
from services.forms.domain.compare.questions import compare_form, same_kind
from shared.catalogue.carrying import Carried, carry_over
from shared.catalogue.definitions import Product

__all__ = ["Comparison", "Difference", "Part", "Weight", "carry_draft", "compare"]


def compare(old: Product, new: Product, /) -> Comparison:
    """Say all that changed from the old version to the new one."""
    parts = (compare_form, compare_outcomes, compare_handling)
    return Comparison(differences=tuple(difference for part in parts for difference in part(old, new)))


def carry_draft(answers: Mapping[str, Any], /, *, old: Product, new: Product) -> Carried:
    """Take the answers of a draft along to a new version, with the names of those that it would lose.

    Whether an answer is within new bounds is for the form itself to check, as if it were typed again.
    """
    kinds = {question.id: question.kind for question in old.questions}
    asked = {question.id: question.kind for question in new.questions}
    other = {name for name in answers if name in asked and name in kinds and not same_kind(kinds[name], asked[name])}
    carried = carry_over({name: value for name, value in answers.items() if name not in other}, into=new)
    return Carried(answers=carried.answers, lost=(*carried.lost, *sorted(other)))
