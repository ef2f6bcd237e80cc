"""The doors of an adviser outside: a link of their own shows what they may see, and takes the answer."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions.advising import give_advice
from services.workflow.desk import open_desk, record_acts
from services.workflow.domain.advice import AdviceGivenError, UnknownAdviceError, faults_of
from services.workflow.domain.case import AlreadyDecidedError
from services.workflow.web.advice_answer import read_given
from services.workflow.web.office import now, office
from services.workflow.web.outside_page import open_link, record_look, render_outside
from shared.access import Permission, allows
from shared.database import transaction
from shared.vault import Way

pages = Blueprint("outside", __name__)

FILE_LINK_LIVES = timedelta(minutes=5)


@pages.get("/advies/<token>")
@allows(Permission.PUBLIC)
def show(token: str) -> ResponseReturnValue:
    """Show what is asked, and record the look."""
    with transaction(office().pool) as connection:
        opened = open_link(connection, token=token)
        record_look(connection, opened=opened, act="advice.look", seen=opened.advice.questions)
        return render_outside(opened)


@pages.post("/advies/<token>")
@allows(Permission.PUBLIC)
def answer(token: str) -> ResponseReturnValue:
    """Keep the answer; a second one changes nothing, and its page shows the first."""
    with transaction(office().pool) as connection:
        opened = open_link(connection, token=token)
        given = read_given(request.form, by=opened.advice.name, at=now())
        if faults := faults_of(given):
            return render_outside(opened, given=given, faults=faults), 422
        desk = open_desk(connection, now=now())
        try:
            give_advice(opened.case.reference, advice_id=opened.advice.id, given=given, who=None, desk=desk)
            record_acts(connection, desk=desk, who=opened.who, act="outside.answer", at=now())
        except (AdviceGivenError, AlreadyDecidedError, UnknownAdviceError):
            pass  # the page says what holds instead
    return redirect(url_for("outside.show", token=token), 303)


@pages.get("/advies/<token>/bestanden/<uuid:file_id>")
@allows(Permission.PUBLIC)
def find(token: str, *, file_id: UUID) -> ResponseReturnValue:
    """Lead to a file that this adviser was given to see; the look is recorded."""
    way: Way = "show" if "bekijk" in request.args else "save"
    with transaction(office().pool) as connection:
        opened = open_link(connection, token=token)
        file = {each["id"]: each for each in opened.files}.get(file_id)
        if file is None or not opened.case.is_open:
            abort(404)
        record_look(connection, opened=opened, act="advice.file", seen=[file["question"]])
    return redirect(office().vault.link(file["place"], until=now() + FILE_LINK_LIVES, way=way), 303)
