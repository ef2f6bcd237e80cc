"""Seals the sensitive part of what a resident handed in: it stands and travels only for who holds the key."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, Final

from shared.catalogue.definitions import Product
from shared.catalogue.plan import sensitive_names
from shared.events import AnswerRow, AnswerSection, RuleOutcome, SubmissionReceived
from shared.keyring import Keyring
from shared.rules import compile_expression
from shared.wire import read_value, to_wire, value

ROOM: Final = 1024
"""Bytes; so that the length of a seal tells as little as can be of what lies in it."""


@value
class Whole:
    """What a submission says when nothing is left out of it."""

    answers: dict[str, Any]
    shown: tuple[AnswerSection, ...]
    missing: tuple[AnswerRow, ...]
    rules: tuple[RuleOutcome, ...]


def seal_submission(submission: SubmissionReceived, *, product: Product, keyring: Keyring) -> SubmissionReceived:
    """Leave the sensitive answers out, with every row and rule that rests on them, and add all of it sealed.

    Which of those questions were asked at all tells something too, so what is left is the same whatever was answered.
    """
    names = sensitive_names(product).keys()
    if not names:
        return submission
    whole = Whole(
        answers=submission.answers, shown=submission.shown, missing=submission.missing, rules=submission.rules
    )
    resting = {rule.id for rule in product.rules if compile_expression(rule.when).names & names}
    sealed = keyring.seal(to_wire(whole), about=_about(submission.reference), room=ROOM)
    return replace(
        submission,
        answers={name: answer for name, answer in submission.answers.items() if name not in names},
        shown=_sections_without(names, sections=submission.shown),
        missing=_rows_without(names, rows=submission.missing),
        rules=tuple(outcome for outcome in submission.rules if outcome.rule not in resting),
        sealed=sealed,
    )


def open_submission(submission: SubmissionReceived, *, keyring: Keyring) -> SubmissionReceived:
    """Give the submission with nothing left out.

    Raises:
        BrokenSealError: it was sealed under another key, or for another reference.
    """
    whole = open_whole(submission.sealed, reference=submission.reference, keyring=keyring)
    return replace(submission, **vars(whole), sealed=None) if whole else submission


def open_whole(sealed: str | None, *, reference: str, keyring: Keyring) -> Whole | None:
    """Give what was sealed of the submission with this reference, None where nothing was.

    Raises:
        BrokenSealError: as `open_submission`.
    """
    if sealed is None:
        return None
    whole: Whole = read_value(Whole, keyring.open(sealed, about=_about(reference)))
    return whole


def about_box(reference: str) -> str:
    """Say what the number of a box is about, when it is sealed for what has this reference."""
    return f"box {reference}"


def _about(reference: str) -> str:
    return f"submission {reference}"


def _sections_without(names: Collection[str], *, sections: Iterable[AnswerSection]) -> tuple[AnswerSection, ...]:
    left = (replace(section, rows=_rows_without(names, rows=section.rows)) for section in sections)
    return tuple(section for section in left if section.rows)


def _rows_without(names: Collection[str], *, rows: Iterable[AnswerRow]) -> tuple[AnswerRow, ...]:
    return tuple(row for row in rows if row.question not in names)
