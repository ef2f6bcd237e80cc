"""Following a case that somebody else handles."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from services.workflow.audit import Act, record
from services.workflow.watches import follow, unfollow
from services.workflow.web.casefile import open_file
from services.workflow.web.office import me, now, reading, today
from shared.access import Permission, allows

pages = Blueprint("following", __name__)


@pages.post("/zaken/<reference>/volgen")
@allows(Permission.SEE_CASES)
def begin(reference: str) -> ResponseReturnValue:
    return _choose(reference, follows=True)


@pages.post("/zaken/<reference>/niet-volgen")
@allows(Permission.SEE_CASES)
def end(reference: str) -> ResponseReturnValue:
    return _choose(reference, follows=False)


def _choose(reference: str, *, follows: bool) -> ResponseReturnValue:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        if follows:
            follow(connection, person=me(), case_id=file.case.id, now=now())
        else:
            unfollow(connection, person=me(), case_id=file.case.id)
        act = "follow" if follows else "unfollow"
        record(connection, act=Act(at=now(), who=me().subject, act=act, reference=reference))
    flash("followed" if follows else "unfollowed")
    return redirect(url_for("case.show", reference=reference), 303)
