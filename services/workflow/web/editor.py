"""The page on which a decision is written: what can be chosen, what was chosen, and who else changed it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from services.workflow.domain.decision import Draft
from services.workflow.domain.fault import Fault
from services.workflow.domain.hearing import hearings_for
from services.workflow.domain.outcomes import RENEWALS, outcomes_of
from services.workflow.ports import Edit, SavedDraft
from services.workflow.web.casefile import CaseFile
from services.workflow.web.checking import checks_of
from services.workflow.web.draft_now import draft_now
from services.workflow.web.edits import offer_for
from services.workflow.web.reading import until_typed
from shared.events import Words


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What the page says above the form: what must be put right, where a colleague wrote too, or what was kept."""

    faults: tuple[Fault, ...] = ()
    clashes: tuple[str, ...] = ()
    theirs: SavedDraft | None = None
    kept: bool = False


def render_editor(file: CaseFile, *, edit: Edit, notice: Notice) -> str:
    """Give the page with what was chosen and written."""
    return render_template(
        "decide.html",
        file=file,
        offer=offer_for(file),
        edit=edit,
        notice=notice,
        now=draft_now(file, edit=edit),
        outcomes=outcomes_of(file.clock, chosen=edit.draft.result, nature=file.product.nature),
        hearings=hearings_for(file.product.nature),
        renewals=RENEWALS,
        until_typed=until_typed,
    )


def render_check(file: CaseFile, *, saved: SavedDraft, refused: Words | None = None) -> str:
    """Give the page that shows what goes to the applicant."""
    checks = checks_of(file, draft=saved.draft, prepared_by=saved.prepared_by)
    return render_template("decide-check.html", file=file, saved=saved, refused=refused, checks=checks)


def render_refused(file: CaseFile, *, draft: Draft, refused: Words) -> str:
    """Give what was written back to who wrote it, now that it cannot be saved any more."""
    chosen = [block.text for block in offer_for(file).blocks if block.id in draft.blocks]
    return render_template("decide-refused.html", file=file, draft=draft, chosen=chosen, refused=refused)
