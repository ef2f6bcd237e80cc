"""What a correction changes: the answers of before and after side by side, as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from shared.values import AnswerRow, AnswerSection, Words
from shared.wire import value

NOT_ASKED: Final = Words(nl="Niet gevraagd", en="Not asked")


@value
class Difference:
    """One answer, or a value worked out from answers, that is not what it was."""

    question: str
    label: Words
    was: Words
    now: Words


def differences(before: Iterable[AnswerSection], /, *, after: Iterable[AnswerSection]) -> tuple[Difference, ...]:
    """The rows that differ, in the order of the form; one that is there no longer stands at the end."""
    old = _rows(before)
    new = _rows(after)
    return tuple(
        Difference(
            question=name,
            label=(new.get(name) or old[name]).label,
            was=old[name].text if name in old else NOT_ASKED,
            now=new[name].text if name in new else NOT_ASKED,
        )
        for name in dict.fromkeys([*new, *old])
        if _text(old.get(name)) != _text(new.get(name))
    )


def _rows(sections: Iterable[AnswerSection]) -> dict[str, AnswerRow]:
    return {row.question: row for section in sections for row in section.rows}


def _text(row: AnswerRow | None) -> Words | None:
    return row.text if row else None
