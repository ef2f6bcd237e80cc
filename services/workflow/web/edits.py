"""A draft decision in somebody's hands: where it begins, what an open page sends, and what time ran out on."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from services.workflow.actions.drafting import keep_draft
from services.workflow.domain.decision import (
    MOST_OWN_CONDITIONS,
    Draft,
    Offer,
    OwnCondition,
    first_draft,
    offer_blocks,
    unmended_draft,
)
from services.workflow.draft_store import draft_of, know
from services.workflow.people import drop_kept_form, find_kept_form
from services.workflow.ports import Edit, Kept
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import acting, me, now, office, reading
from services.workflow.web.reading import read_draft, to_multi
from shared.crypto import new_token
from shared.database import Connection


def start_edit(connection: Connection, *, file: CaseFile) -> Edit:
    """Begin where the draft was left, or with what the answers suggest; a link may name the outcome (`result`)."""
    return _as_linked(_lying(connection, file=file), file=file)


def open_first(connection: Connection, *, file: CaseFile) -> Edit:
    """Begin a page where the draft was left; what it knows is what it shows, though a colleague saves meanwhile."""
    lying = _lying(connection, file=file)
    return open_page(connection, file=file, edit=_as_linked(lying, file=file), known=lying.draft)


def open_page(connection: Connection, *, file: CaseFile, edit: Edit, known: Draft) -> Edit:
    """Begin a page that shows this and knows of the draft that lay there; its person is seen at it."""
    opened = replace(edit, editor=new_token())
    know(connection, case_id=file.case.id, editor=opened.editor, draft=known, by=me().subject, at=now())
    return opened


def _lying(connection: Connection, *, file: CaseFile) -> Edit:
    saved = draft_of(connection, case_id=file.case.id)
    draft = saved.draft if saved else first_draft(offer_for(file))
    return Edit(draft=draft, version=saved.version if saved else 0, editor=new_token())


def _as_linked(edit: Edit, *, file: CaseFile) -> Edit:
    linked = read_draft(request.args).result
    draft = replace(edit.draft, result=linked or edit.draft.result)
    asked = file.mending
    if linked == "inadmissible" and asked and asked["state"] == "none":
        days = {name: asked[name] for name in ("asked_on", "answer_by")}
        draft = unmended_draft(draft, flaws=asked["flaws"], **days)
    return replace(edit, draft=draft)


def offer_for(file: CaseFile) -> Offer:
    """Give what can be chosen; all answers count, also those that the reader does not see."""
    return offer_blocks(office().whole(file.case.submission), product=file.product)


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


def find_kept_edit(connection: Connection, *, path: str) -> Edit | None:
    """Give what this person was writing when the session ended."""
    kept = find_kept_form(connection, person=me(), path=path)
    return read_edit(to_multi(kept.fields)) if kept else None


def keep_edit(reference: str, *, edit: Edit) -> Kept:
    """Save it, and forget what was kept of it when a session ended; raises as `keep_draft`."""
    with acting() as desk:
        kept = keep_draft(reference, edit=edit, person=me(), now=now(), desk=desk)
    with reading() as connection:
        drop_kept_form(connection, person=me(), path=url_for("drafting.write", reference=reference))
    return kept
