"""The page on which a view is given, and the one that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import abort, render_template

from services.forms.domain.faults import Fault
from services.forms.domain.notices import PublicNotice
from services.forms.domain.reacting import FIELDS, FILE
from services.forms.notice_store import view_reference
from services.forms.web.controls import Sheet, control_of
from services.forms.web.counter import reading, said, today
from services.forms.web.desk import CHANNELS
from services.forms.web.fields import summary_of
from services.forms.web.file_fields import one_file
from services.forms.web.reacting_intake import Sent


def render_reaction(
    notice: PublicNotice,
    *,
    sent: Sent,
    faults: Sequence[Fault] = (),
    too_large: bool = False,
    file_lost: bool = False,
) -> str:
    """Give the page, with what was typed before."""
    typed = {"address.street": [""], "address.town": [""], **sent.typed}  # all of it is typed, or looked up at once
    sheet = Sheet(typed=typed, faults=faults, calculated={}, form=None, hidden=frozenset())
    controls = [control_of(each, name=each.id, known=None, sheet=sheet, scope={}) for each in FIELDS]
    return render_template(
        "forms/react.html",
        notice=notice.told,
        late=notice.state(today=today()) == "over",
        view_id=sent.id,
        controls=[control for control in controls if control],
        file=one_file(FILE),
        errors=summary_of(faults),
        too_large=too_large,
        file_lost=file_lost,
        ways=[{"value": code, "label": said(words)} for code, words in CHANNELS.items()],
        channel=sent.text("channel"),
        received={part: sent.text(f"received.{part}") for part in ("day", "month", "year")},
    )


def render_thanks(notice: PublicNotice, *, view_id: UUID) -> str:
    """Give the page with the reference of a view that came in; any other number is not there (404)."""
    with reading() as connection:
        reference = view_reference(connection, view_id=view_id)
    if reference is None:
        abort(404)
    late = notice.state(today=today()) == "over"
    return render_template("forms/reacted.html", notice=notice.told, reference=reference, late=late)
