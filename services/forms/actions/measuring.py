"""Counts how a page was filled in, for the draft that it belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.forms.domain.faults import Fault
from services.forms.domain.measuring import CHECK, Turn, from_plain, to_plain, turn
from services.forms.domain.pages import Form, Page
from services.forms.domain.progress import Progress


def measure(
    form: Form, *, page: Page, progress: Progress, faults: tuple[Fault, ...], done: bool, now: datetime
) -> dict[str, Any]:
    """What is counted of this draft after the page: `progress` is how far the form is with it."""
    step = form.progress.step(page.step)
    after = progress.after(step)
    still_open = faults or (progress.open_faults(after) if done and after else ())
    turned = Turn(
        step=step,
        done=done,
        onward=after.id if after else CHECK,
        since=page.since,
        at=int(now.timestamp()),
        before=form.draft.answers,
        after=progress.answers,
        faults=faults,
        open=still_open[0].name.partition(".")[0] if still_open else "",
        helped=page.helped,
    )
    return to_plain(turn(from_plain(form.draft.measured), turned=turned))
