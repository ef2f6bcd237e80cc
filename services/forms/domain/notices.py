"""Public notices of cases: which can be read on a day, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.participation import NoticePublished

State = Literal["open", "over", "decided"]


@dataclass(frozen=True, kw_only=True)
class PublicNotice:
    """A notice with what became of its case: `ended` without a decision, or taken down; `closed`: it was decided."""

    told: NoticePublished
    ended: bool = False
    closed: bool = False

    def state(self, *, today: date) -> State | None:
        """Where it stands on this day; None: nobody can read it. It comes and goes by its dates alone."""
        if self.ended or today < self.told.first:
            return None
        if self.closed:
            return "decided"
        return "open" if today <= self.told.last else "over"


def current(notices: Iterable[PublicNotice], *, today: date) -> tuple[PublicNotice, ...]:
    """Give those to which people can react today, what ends first in front."""
    running = (notice for notice in notices if notice.state(today=today) == "open")
    return tuple(sorted(running, key=lambda notice: (notice.told.last, notice.told.number)))


def about(notices: Iterable[PublicNotice], *, words: str, theme: str) -> tuple[PublicNotice, ...]:
    """Give those of a theme, if one is asked, that hold every word in their heading, place or text."""
    wanted = words.casefold().split()
    return tuple(
        notice
        for notice in notices
        if theme in ("", notice.told.theme) and all(word in _searched(notice.told) for word in wanted)
    )


def _searched(told: NoticePublished) -> str:
    return f"{told.heading} {told.place} {told.title.nl} {told.title.en} {told.text}".casefold()
