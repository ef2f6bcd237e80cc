"""One act on the term as a page: its questions, and what it does to the dates before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flask import render_template
from werkzeug.datastructures import MultiDict

from services.workflow.domain.acts import ActKind, Effect, effect_of
from services.workflow.domain.deadlines import STAFF_GROUNDS
from services.workflow.domain.probing import REFUSED, target_of
from services.workflow.law_choices import terms_for
from services.workflow.web.act_form import ACTS, ActForm, read_act
from services.workflow.web.casefile import CaseFile
from services.workflow.web.reading import to_multi
from services.workflow.web.refusals import words_for
from shared.events import Words


def start_form(
    file: CaseFile, *, word: str, asked: Mapping[str, str], at: datetime, typed: Mapping[str, Sequence[str]] | None
) -> ActForm:
    """Begin an act with what it is about, or with what was typed when the session ended."""
    kind = ACTS[word][0]
    target = asked.get("regel", "") if kind is ActKind.CORRECT else target_of(kind, case=file.case, at=at)
    fields = to_multi(typed) if typed else MultiDict({"target": str(target or "")})
    return replace(read_form(file, word=word, typed=fields), faults=())


def read_form(file: CaseFile, *, word: str, typed: MultiDict[str, str]) -> ActForm:
    """Read what was typed."""
    kind, wording = ACTS[word]
    return read_act(typed, kind=kind, wording=wording, lines=len(file.case.ledger))


def act_page(file: CaseFile, *, word: str, form: ActForm, refused: Exception | None = None) -> str:
    """Give the questions of an act, with the reason when it was refused."""
    return _page(file, word=word, form=form, effect=None, refused=words_for(refused) if refused else None)


def effect_page(
    file: CaseFile, *, word: str, form: ActForm, by: str, at: datetime, moved: Exception | None = None
) -> tuple[str, int]:
    """Give what an act does to the dates, to confirm or to drop; `moved`: a colleague came first."""
    terms = terms_for(file.product.process)
    try:
        effect = effect_of(form.act, case=file.case, by=by, at=at, terms=terms)
    except REFUSED as error:
        return act_page(file, word=word, form=form, refused=error), 409
    told = words_for(moved) if moved else None
    return _page(file, word=word, form=form, effect=effect, refused=told), 409 if moved else 200


def _page(file: CaseFile, *, word: str, form: ActForm, effect: Effect | None, refused: Words | None) -> str:
    return render_template(
        "term-act.html",
        file=file,
        wording=ACTS[word][1],
        form=form,
        act=form.act,
        grounds=STAFF_GROUNDS,
        effect=effect,
        refused=refused,
        line=next((entry for entry in file.case.ledger if entry.act and entry.act == form.act.target), None),
    )
