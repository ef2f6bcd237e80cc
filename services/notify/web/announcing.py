"""The page that says when one gets a message and how: the table of what goes when, for whoever wants to know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.notify.domain.tellings import Reader, Table, Telling
from shared.access import Permission, allows
from shared.web import limiter

_OUTSIDE: Final[Sequence[Reader]] = ("applicant", "signatory", "viewer", "panel", "adviser")
"""Who is no staff, in the order of the page."""


def open_announcing(table: Table, *, boxes: bool) -> Blueprint:
    """Make the door; the table is the one that counts. `boxes`: who applies may choose the Berichtenbox."""
    announcing = Blueprint("announcing", __name__)
    groups = [(reader, rows) for reader in _OUTSIDE if (rows := _rows_for(reader, table=table))]

    @announcing.get("/wanneer-bericht")
    @limiter.limit("60/minute")
    @allows(Permission.PUBLIC)
    def messages() -> ResponseReturnValue:
        return render_template("pages/when.html", groups=groups, boxes=boxes)

    return announcing


def _rows_for(reader: Reader, *, table: Table) -> list[Telling]:
    return [each for rows in table.tells.values() for each in rows if each.to == reader]
