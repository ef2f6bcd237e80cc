"""What was told in a talk, as answers to the form of the application that it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from shared.catalogue.carrying import carry_over
from shared.catalogue.definitions import Effect, Kind, Product

_PARTS: Final = (
    "applicant_kind",
    "name",
    "organisation",
    "kvk",
    "email",
    "phone",
    "address",
    "place",
    "starts",
    "ends",
)


def carry_onward(answers: Mapping[str, Any], *, talk: Product, into: Product) -> Mapping[str, Any]:
    """Give each answer that fits into the application, where nothing that was told is typed again.

    The same question keeps its answer; then what the rules of the talk carry into this product, then what plays the
    same part (who applies, where, when).
    """
    ours = dict(answers)
    for theirs, value in (*_by_rules(answers, talk=talk, into=into), *_by_part(answers, talk=talk, into=into)):
        ours.setdefault(theirs, value)
    return carry_over(ours, into=into).answers


def _by_rules(answers: Mapping[str, Any], *, talk: Product, into: Product) -> Iterator[tuple[str, Any]]:
    for rule in talk.rules:
        if rule.effect is Effect.OTHER_PRODUCT and rule.value == into.id:
            yield from ((theirs, answers[name]) for theirs, name in rule.carry.items() if name in answers)


def _by_part(answers: Mapping[str, Any], *, talk: Product, into: Product) -> Iterator[tuple[str, Any]]:
    for part in _PARTS:
        ours, theirs = getattr(talk.roles, part), getattr(into.roles, part)
        if ours and theirs and ours in answers and talk.question(ours).kind is into.question(theirs).kind:
            yield theirs, answers[ours]
    period = into.roles.starts
    if period and period == into.roles.ends and into.question(period).kind is Kind.PERIOD:
        first, last = (answers.get(name or "") for name in (talk.roles.starts, talk.roles.ends))
        if isinstance(first, str) and isinstance(last, str):
            yield period, {"first": first, "last": last}
