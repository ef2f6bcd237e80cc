"""Brings a running form to the version that is offered now, when every answer carries over; says what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.forms.actions.filling import find_form, open_form
from services.forms.domain.compare import Difference, carry_draft, compare
from services.forms.domain.files import take_along
from services.forms.domain.pages import Form
from services.forms.ports import Means


def catch_up(form: Form, *, token: str, means: Means, now: datetime) -> Form:
    """The form in today's version; as it was when that is its version, or when it must stay with the one it began with.

    Raises as `open_form`.
    """
    if not _may_renew(form, means=means):
        return form
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        if _may_renew(form, means=means):
            current = means.products.current[form.draft.product]
            carried = carry_draft(form.draft.answers, old=form.product, new=current)
            checked = means.check(current, answers=carried.answers)
            answers = take_along(current.questions, answers=checked.answers, files=form.files)
            work.renew(form.draft, version=current.version, answers=answers)
    return open_form(token, means=means, now=now)


def changes_since(form: Form, *, means: Means) -> Sequence[Difference]:
    """What changed in the questions and the costs since the version that this form was renewed from."""
    before = form.draft.renewed_from
    if before is None:
        return ()
    old = means.products.version(form.draft.product, version=before)
    return compare(old, form.product).of("form", "costs")


def is_behind(form: Form, *, means: Means) -> bool:
    """Whether another version is offered now than the one this form is in."""
    current = means.products.current.get(form.draft.product)
    return current is not None and current.version != form.draft.version


def _may_renew(form: Form, *, means: Means) -> bool:
    if form.draft.corrects or not is_behind(form, means=means):
        return False
    return compare(form.product, means.products.current[form.draft.product]).carries_drafts
