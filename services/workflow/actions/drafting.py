"""Preparing a decision: nothing written is lost, also when two people write at once."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions.keeping import product_of
from services.workflow.domain import decision as decisions
from services.workflow.domain.case import Case, refuse_closed
from services.workflow.domain.decision import Draft
from services.workflow.domain.merging import known_after, merge
from services.workflow.ports import Desk, Edit, Kept, SavedDraft
from shared.access import Person


def keep_draft(reference: str, *, edit: Edit, person: Person, now: datetime, desk: Desk) -> Kept:
    """Save what was chosen and written so far, beside what others saved meanwhile, and give what lies there now.

    Where a colleague changed the same field, theirs stays until who saves has seen both.

    Raises:
        UnknownCaseError, AlreadyDecidedError.
    """
    case = desk.cases.lock(reference)
    refuse_closed(case)
    lying, product = desk.cases.draft(case), product_of(case, desk=desk)
    former = lying.draft if lying else _first_draft(case, desk=desk)
    follows = lying is None or lying.version == edit.version or lying.editor == edit.editor
    base = desk.cases.page(case, editor=edit.editor) or (former if follows else None)
    mine = decisions.keep_other_side(edit.draft, before=base or former, product=product)
    merged = merge(mine, base=base, theirs=former)
    version = lying.version if lying else 0
    if lying is None or merged.draft != former:
        version += 1
        saved = _saved(edit, draft=merged.draft, version=version, lying=lying, by=(person, now))
        desk.cases.keep_draft(case, saved=saved)
    if base is not None and edit.editor:
        known = known_after(mine, base=base, clashes=merged.clashes)
        desk.cases.know(case, editor=edit.editor, draft=known, by=person.subject, at=now)
    shown = merged.with_own(mine)
    return Kept(draft=merged.draft, version=version, shown=shown, clashes=merged.clashes, theirs=lying)


def _saved(
    edit: Edit, *, draft: Draft, version: int, lying: SavedDraft | None, by: tuple[Person, datetime]
) -> SavedDraft:
    person, now = by
    return SavedDraft(
        draft=draft,
        version=version,
        saved_by=person.subject,
        saved_by_name=person.name,
        saved_at=now,
        editor=edit.editor,
        prepared_by=(lying.prepared_by if lying else frozenset()) | {person.subject},
    )


def _first_draft(case: Case, *, desk: Desk) -> Draft:
    offer = decisions.offer_blocks(desk.whole(case.submission), product=product_of(case, desk=desk))
    return decisions.first_draft(offer)
