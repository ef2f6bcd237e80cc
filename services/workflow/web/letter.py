"""The letter of a decision on the screen, from the very template of the PDF."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow import queries
from services.workflow.domain.decision import Draft, compose
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.edits import start_edit
from services.workflow.web.office import letters, me, office, reading, today
from services.workflow.web.reading import read_draft
from services.workflow.web.viewed import answer_views
from shared.access import Permission, allows
from shared.events import Decision
from shared.law.calendar import local_date
from shared.web import allow_framing

pages = Blueprint("letter", __name__)


@pages.get("/zaken/<reference>/besluit/brief")
@allows(Permission.SEE_CASES)
def show(reference: str) -> ResponseReturnValue:
    """Show the letter as it went, or as it would go with the draft as it was saved."""
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        taken = queries.decision_of(connection, case_id=file.case.id)
        draft = Draft() if taken else start_edit(connection, file=file).draft
    if taken is None:
        return _drafted(file, draft=draft)
    sent_on = local_date(taken.sent_at) if taken.sent_at else today()
    return _letter(file, decision=taken.decision, sent_on=sent_on)


@pages.post("/zaken/<reference>/besluit/brief")
@allows(Permission.WORK_CASES)
def preview(reference: str) -> ResponseReturnValue:
    """Show the letter for what is typed at this moment."""
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
    return _drafted(file, draft=read_draft(request.form))


def _drafted(file: CaseFile, *, draft: Draft) -> Response:
    """Show what goes with this draft; before anything was decided there is no letter that would not mislead."""
    if draft.result is None:
        return allow_framing(make_response(render_template("letter-unchosen.html", reference=file.case.reference)))
    return _letter(file, decision=_composed(file, draft=draft), sent_on=today())


def _composed(file: CaseFile, *, draft: Draft) -> Decision:
    said = office().whole(file.case.submission)
    decision = compose(draft, submission=said, product=file.product, on=today(), handler=me().name, clock=file.clock)
    return answer_views(decision, file=file)


def _letter(file: CaseFile, *, decision: Decision, sent_on: date) -> Response:
    writer = letters(stylesheet=url_for("assets.letter", name="letter.css"))
    return allow_framing(make_response(writer.compose(decision, reference=file.case.reference, sent_on=sent_on)))
