"""Begins a form that belongs to an earlier case, with all that is known already: nothing is typed twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.forms.domain.drafts import begin_draft
from services.forms.ports import Means
from shared.catalogue.carrying import carry_over
from shared.catalogue.definitions import Kind, Nature, Product
from shared.crypto import token_hash
from shared.events import Language, Link
from shared.law.calendar import local_date


class NoFormError(Exception):
    """There is no form for this: the municipality offers none, or not any more."""


@dataclass(frozen=True, kw_only=True)
class Former:
    """The earlier case, as far as a form that belongs to it begins with it; `number` is that of what it gave."""

    reference: str
    product: Product
    answers: Mapping[str, Any]
    number: str | None = None


def objection_form(products: Mapping[str, Product]) -> Product | None:
    """The form with which one objects to a decision; None where the municipality offers none here."""
    return next((each for each in products.values() if each.nature is Nature.OBJECTION and each.roles.objects_to), None)


def begin_objection(to: Former, *, language: Language, means: Means, now: datetime) -> str:
    """Begin an objection to the decision on this case with its number and who applied; gives the way to the form.

    Raises:
        NoFormError.
    """
    product = objection_form(means.products.current)
    if product is None:
        raise NoFormError
    known = {**_who(to, into=product), product.roles.objects_to or "": to.reference}
    return _begin(product, answers=known, language=language, means=means, now=now)


def begin_again(after: Former, *, link: Link, language: Language, means: Means, now: datetime) -> str:
    """Begin the same form with the same answers, as it is today; gives the way to it.

    Files and declarations are asked again, and for a renewal the days too: those of before are over.

    Raises:
        NoFormError.
        SignInFirstError: the form asks to sign in, or more surely.
    """
    product, answers = _as_today(after, means=means, days=link.kind != "renewal")
    life = product.process.permit
    answers |= life.renewal if link.kind == "renewal" else life.amendment
    if life.number_in and after.number:
        answers[life.number_in] = after.number
    return _begin(product, answers=answers, language=language, means=means, now=now, link=link)


def begin_anew(after: Former, *, link: Link | None, language: Language, means: Means, now: datetime) -> str:
    """Begin the form of a withdrawn application once more with its answers, as it is today; gives the way to it.

    Files and declarations are asked again. `link` is the case that it belonged to.

    Raises:
        NoFormError.
        SignInFirstError: the form asks to sign in, or more surely.
    """
    product, answers = _as_today(after, means=means)
    return _begin(product, answers=answers, language=language, means=means, now=now, link=link)


def _as_today(after: Former, *, means: Means, days: bool = True) -> tuple[Product, dict[str, Any]]:
    """The form as it is today and what is not asked anew in it: no declarations, and the days only if they stay."""
    product = means.products.current.get(after.product.id)
    if product is None:
        raise NoFormError
    asked_anew = _declared_in(product) | (frozenset() if days else _days_of(product))
    return product, {name: value for name, value in after.answers.items() if name not in asked_anew}


def _begin(
    product: Product,
    *,
    answers: Mapping[str, Any],
    language: Language,
    means: Means,
    now: datetime,
    link: Link | None = None,
) -> str:
    draft = begin_draft(product, language=language, today=local_date(now), who=means.who)
    carried = means.check(product, answers=carry_over(answers, into=product).answers)
    token = means.links.draft_token(draft.id)
    with means.open_work(now) as work:
        work.add_draft(replace(draft, answers=carried.answers, link=link), token_hash=token_hash(token))
    return token


def _days_of(product: Product) -> frozenset[str]:
    """The questions that say from when until when."""
    roles, life = product.roles, product.process.permit
    return frozenset(each for each in (roles.starts, roles.ends, life.valid_from, life.valid_until) if each)


def _declared_in(product: Product) -> frozenset[str]:
    """What somebody states of these answers and of no others."""
    return frozenset(each.id for each in product.questions if each.kind is Kind.DECLARATION)


def _who(former: Former, *, into: Product) -> dict[str, Any]:
    """The answers about who applied, under the names that the other form gives them."""
    mine, its = former.product.roles, into.roles
    pairs = ((mine.name, its.name), (mine.email, its.email), (mine.phone, its.phone), (mine.address, its.address))
    return {new: former.answers[old] for old, new in pairs if old and new and old in former.answers}
