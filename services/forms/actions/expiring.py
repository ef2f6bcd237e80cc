"""Warns who left an address that the form they did not send is erased soon."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from services.forms.domain.drafts import Reminder
from services.forms.ports import Links
from shared.events import DraftExpires

Tell = Callable[[object], object]


def warn(reminders: Iterable[Reminder], *, links: Links, tell: Tell) -> None:
    """Have each told once, with the link to go on."""
    for each in reminders:
        tell(
            DraftExpires(
                title=each.title,
                email=each.email,
                language=each.language,
                link=links.draft(links.draft_token(each.draft_id)),
                keep_until=each.keep_until,
            )
        )
