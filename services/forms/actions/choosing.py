"""What a resident chooses when a form turns out not to be the right one: go on with it, with another, or stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.forms.actions.filling import find_form
from services.forms.domain.drafts import Draft, NowhereElseError, begin_draft, begin_for_somebody
from services.forms.domain.files import take_along
from services.forms.domain.pages import Form
from services.forms.ports import Means
from shared.catalogue.carrying import carry_over
from shared.catalogue.definitions import Product
from shared.crypto import token_hash


def go_on_anyway(token: str, *, means: Means, now: datetime) -> Form:
    """Apply although no permit is needed: that is the resident's right."""
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        work.go_on(form.draft.id)
    return form


def go_elsewhere(token: str, *, means: Means, now: datetime) -> str:
    """Go on with the form that fits better, with every answer that fits there; gives the way to it.

    Raises:
        NowhereElseError: the answers lead to no other form, or that form is not open now.
        SignInFirstError: that form asks to sign in, or more surely.
    """
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        elsewhere = form.progress.evaluation.other_product
        product = means.products.current.get(elsewhere.product) if elsewhere else None
        if elsewhere is None or product is None:
            raise NowhereElseError
        carried = means.check(product, answers=carry_over(elsewhere.answers, into=product).answers)
        draft = _begin(product, form=form, means=means)
        fresh = means.links.draft_token(draft.id)
        answers = take_along(product.questions, answers=carried.answers, files=form.files)
        work.add_draft(replace(draft, answers=answers), token_hash=token_hash(fresh))
        if form.files:
            work.files.move(form.draft.id, to=draft.id)
        work.drop_draft(form.draft.id)
    return fresh


def _begin(product: Product, *, form: Form, means: Means) -> Draft:
    """A fresh draft of whoever began the former one."""
    intake = form.draft.intake
    if intake:
        return begin_for_somebody(
            product, language=form.draft.language, today=form.today, intake=intake, received=form.today
        )
    return begin_draft(product, language=form.draft.language, today=form.today, who=means.who)


def stop(token: str, *, means: Means, now: datetime) -> None:
    """Throw the draft away: no permit is asked for."""
    with means.open_work(now) as work:
        form = find_form(work, token=token, means=means, now=now)
        work.drop_draft(form.draft.id)
