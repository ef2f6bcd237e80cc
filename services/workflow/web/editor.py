"""The page on which a decision is written: what can be chosen, what was chosen, and who else changed it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flask import render_template
from werkzeug.datastructures import MultiDict

from services.workflow import queries
from services.workflow.domain.decision import MOST_OWN_CONDITIONS, Draft, Offer, OwnCondition, first_draft, offer_blocks
from services.workflow.domain.fault import Fault
from services.workflow.people import drop_kept_form, find_kept_form
from services.workflow.ports import Edit, SavedDraft
from services.workflow.web.casefile import CaseFile
from services.workflow.web.reading import read_draft, to_multi
from shared.access import Person
from shared.crypto import new_token
from shared.database import Connection
from shared.events import Words


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What the page says above the form: what must be put right, what a colleague did, or what was kept."""

    faults: tuple[Fault, ...] = ()
    changed: SavedDraft | None = None
    refused: Words | None = None
    kept: bool = False


def start_edit(connection: Connection, *, file: CaseFile) -> Edit:
    """Begin where the draft was left, or with what the answers suggest."""
    saved = queries.draft_of(connection, case_id=file.case.id)
    if saved:
        return Edit(draft=saved.draft, version=saved.version, editor=new_token())
    return Edit(draft=first_draft(_offer(file)), version=0, editor=new_token())


def read_edit(form: MultiDict[str, str]) -> Edit:
    """Read what an open page sends."""
    return Edit(draft=read_draft(form), version=form.get("version", 0, type=int), editor=form.get("editor", "")[:64])


def with_row_act(edit: Edit, *, act: str) -> Edit:
    """Add or remove a row of own conditions, as a button asked."""
    rows = list(edit.draft.own_conditions)
    if act == "add:own_conditions":
        rows = [*rows, OwnCondition()][:MOST_OWN_CONDITIONS]
    elif found := re.fullmatch(r"remove:own_conditions:(\d{1,2})", act):
        rows = [row for number, row in enumerate(rows) if number != int(found.group(1))]
    return replace(edit, draft=replace(edit.draft, own_conditions=tuple(rows)))


def find_kept_edit(connection: Connection, *, person: Person, path: str) -> Edit | None:
    """Give what this person was writing when the session ended."""
    kept = find_kept_form(connection, person=person, path=path)
    return read_edit(to_multi(kept.fields)) if kept else None


def forget_kept_edit(connection: Connection, *, person: Person, path: str) -> None:
    """Forget it, now that it was saved."""
    drop_kept_form(connection, person=person, path=path)


def render_editor(file: CaseFile, *, edit: Edit, notice: Notice) -> str:
    """Give the page with what was chosen and written."""
    return render_template("decide.html", file=file, offer=_offer(file), edit=edit, notice=notice)


def render_check(file: CaseFile, *, saved: SavedDraft, refused: Words | None = None) -> str:
    """Give the page that shows what goes to the applicant."""
    return render_template("decide-check.html", file=file, saved=saved, refused=refused)


def render_refused(file: CaseFile, *, draft: Draft, refused: Words) -> str:
    """Give what was written back to who wrote it, now that it cannot be saved any more."""
    chosen = [block.text for block in _offer(file).blocks if block.id in draft.blocks]
    return render_template("decide-refused.html", file=file, draft=draft, chosen=chosen, refused=refused)


def _offer(file: CaseFile) -> Offer:
    return offer_blocks(file.case.submission, product=file.product)
