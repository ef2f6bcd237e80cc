"""Writing a decision beside its letter; it saves itself, and never over a colleague's words."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow import queries
from services.workflow.domain.case import AlreadyDecidedError
from services.workflow.domain.decision import faults_of
from services.workflow.ports import Edit, Kept
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.editor import Notice, render_editor, render_refused
from services.workflow.web.edits import find_kept_edit, keep_edit, open_first, open_page, read_edit, with_row_act
from services.workflow.web.office import me, reading, screen_language, shown_by, today
from services.workflow.web.refusals import words_for
from shared.access import Permission, allows
from shared.events import Words

pages = Blueprint("drafting", __name__)

_BOTH: Final = Words(
    nl="Een collega veranderde hetzelfde. Kies ‘Controleer het besluit’: dan ziet u beide teksten.",
    en="A colleague changed the same. Choose ‘Check the decision’ to see both texts.",
)


@pages.get("/zaken/<reference>/besluit")
@allows(Permission.SEE_CASES)
def write(reference: str) -> ResponseReturnValue:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        taken = queries.decision_of(connection, case_id=file.case.id)
        if taken or not file.works:
            return render_template("decision.html", file=file, taken=taken)
        kept = find_kept_edit(connection, path=request.path)
        edit = kept or open_first(connection, file=file)
    return render_editor(file, edit=edit, notice=Notice(kept=kept is not None))


@pages.post("/zaken/<reference>/besluit")
@allows(Permission.WORK_CASES)
@shown_by("drafting.write")
def save(reference: str) -> ResponseReturnValue:
    """Save, and go on to the check unless the law or a colleague still wants something, or a row was asked."""
    file, edit = _file(reference), read_edit(request.form)
    act = request.form.get("action", "")
    try:
        kept = keep_edit(reference, edit=with_row_act(edit, act=act))
    except AlreadyDecidedError as error:
        return render_refused(file, draft=edit.draft, refused=words_for(error)), 409
    if kept.clashes:
        return _again(file, kept=kept, notice=Notice(clashes=kept.clashes, theirs=kept.theirs)), 409
    if act:
        return _again(file, kept=kept, notice=Notice())
    if faults := faults_of(kept.draft, product=file.product, on=today()):
        return _again(file, kept=kept, notice=Notice(faults=faults)), 422
    return redirect(url_for("deciding.check", reference=reference), 303)


@pages.post("/zaken/<reference>/besluit/bewaar")
@allows(Permission.WORK_CASES)
@shown_by("drafting.write")
def autosave(reference: str) -> ResponseReturnValue:
    """Save what an open page has; what a colleague wrote too waits until its person sees both."""
    kept = keep_edit(reference, edit=read_edit(request.form))
    if kept.clashes:
        return Response(getattr(_BOTH, screen_language()), status=409, mimetype="text/plain")
    return Response(status=204)


def _again(file: CaseFile, *, kept: Kept, notice: Notice) -> str:
    """Give the page once more, with what lies there now."""
    edit = Edit(draft=kept.shown, version=kept.version, editor="")
    with reading() as connection:
        edit = open_page(connection, file=file, edit=edit, known=kept.draft)
    return render_editor(file, edit=edit, notice=notice)


def _file(reference: str) -> CaseFile:
    with reading() as connection:
        return open_file(connection, person=me(), reference=reference, today=today())
