"""What will be late: open cases by their chance to miss their term, whether such chances come true, and the outlook."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.workflow.domain.outlook import WhatIf
from services.workflow.foretold_queries import (
    COUNTED,
    PAGE_SIZE,
    Wanted,
    came_true,
    count_kinds,
    list_foretold,
    outlooks,
)
from services.workflow.web.foretold_page import ASKS, Board
from services.workflow.web.office import me, reading, screen_language, today
from shared.access import Permission, allows

pages = Blueprint("foretelling", __name__)

_LAST_PAGE: Final = COUNTED // PAGE_SIZE


@pages.get("/wat-wordt-te-laat")
@allows(Permission.SEE_FIGURES)
def show() -> ResponseReturnValue:
    """Show what was foretold this morning; cases only to who may see them."""
    wanted = _wanted()
    with reading() as connection:
        on, found = outlooks(connection)
        if on is None:
            return render_template("foretold-later.html")
        rows, total = list_foretold(connection, person=me(), wanted=wanted)
        board = Board(
            on=on,
            today=today(),
            wanted=wanted,
            what_if=WhatIf(**{field: request.args.get(name) == "ja" for name, field in ASKS.items()}),
            rows=rows,
            total=total,
            kinds=count_kinds(connection),
            bins=came_true(connection, today=today()),
            outlooks=found,
            language=screen_language(),
        )
    return render_template("foretold.html", board=board)


def _wanted() -> Wanted:
    page = request.args.get("blad", "")
    return Wanted(
        product=request.args.get("soort", "")[:60],
        passed=request.args.get("lijst") == "voorbij",
        page=min(max(int(page), 1), _LAST_PAGE) if page.isdecimal() else 1,
    )
