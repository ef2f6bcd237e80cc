"""What an open draft decision shows of this moment: who else writes on it, what changed, and what the law asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.workflow.domain.legal_checks import LegalCheck
from services.workflow.domain.merging import merge
from services.workflow.draft_store import draft_of, others_at, page_of, see_page
from services.workflow.ports import Edit
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.checking import checks_of
from services.workflow.web.edits import start_edit
from services.workflow.web.office import me, now, reading, today
from shared.access import Permission, allows

pages = Blueprint("draft_now", __name__)


@dataclass(frozen=True, kw_only=True)
class DraftNow:
    """Who else is at the draft, whether more lies there than the page knows, and the legal checks of what is written.

    `decided`: a colleague took the decision meanwhile.
    """

    others: Sequence[str]
    more: bool
    checks: Sequence[LegalCheck]
    decided: bool = False


@pages.get("/zaken/<reference>/besluit/nu")
@allows(Permission.WORK_CASES)
def show(reference: str) -> ResponseReturnValue:
    """Give the two parts of the page that follow what happens; it asks for them every now and then."""
    editor = request.args.get("editor", "")[:64]
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        see_page(connection, editor=editor, person=me(), at=now())
        edit = Edit(draft=start_edit(connection, file=file).draft, version=0, editor=editor)
    return render_template("decide-now.html", file=file, edit=edit, now=draft_now(file, edit=edit))


def draft_now(file: CaseFile, *, edit: Edit) -> DraftNow:
    """Look at the draft as this page has it."""
    if not file.case.is_open:
        return DraftNow(others=(), more=False, checks=(), decided=True)
    with reading() as connection:
        saved = draft_of(connection, case_id=file.case.id)
        known = page_of(connection, case_id=file.case.id, editor=edit.editor)
        others = others_at(connection, case_id=file.case.id, person=me(), at=now())
    more = bool(saved and known and merge(known, base=None, theirs=saved.draft).clashes)
    prepared_by = saved.prepared_by if saved else frozenset()
    return DraftNow(others=others, more=more, checks=checks_of(file, draft=edit.draft, prepared_by=prepared_by))
