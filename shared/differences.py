"""What a correction changes: the answers of before and after side by side, as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shared.values import AnswerRow, AnswerSection, Words


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One answer, or a value worked out from answers, that is not what it was."""

    label: Words
    was: Words
    now: Words


def differences(before: Iterable[AnswerSection], /, *, after: Iterable[AnswerSection]) -> tuple[Difference, ...]:
    """The rows that differ, in the order of the form; one that is there no longer stands at the end."""
    old, new = ({row.question: row for part in parts for row in part.rows} for parts in (before, after))
    pairs = [(old.get(name), new.get(name)) for name in dict.fromkeys([*new, *old])]
    return tuple(_difference(was, now) for was, now in pairs if was != now)


def _difference(was: AnswerRow | None, now: AnswerRow | None, /) -> Difference:
    gone = Words(nl="Niet gevraagd", en="Not asked")
    label = next(row.label for row in (now, was) if row)
    return Difference(label=label, was=was.text if was else gone, now=now.text if now else gone)
