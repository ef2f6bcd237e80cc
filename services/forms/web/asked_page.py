"""The page of one thing that is asked after sending: a question of the form again, own words, or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from services.forms.domain.asked_again import question_for
from services.forms.domain.cases import OpenRequest
from services.forms.domain.faults import Fault
from services.forms.domain.retyping import retype
from services.forms.web.asked import label_of
from services.forms.web.controls import Sheet, control_of
from services.forms.web.fields import summary_of
from services.forms.web.file_fields import one_file
from shared.catalogue.definitions import Kind, Product, Question


@dataclass(frozen=True, kw_only=True)
class AskedPage:
    """What the page is about: one thing (`asked`) of a request on a form, with the answers that are known of it."""

    token: str
    product: Product
    request: OpenRequest
    asked: str
    known: Mapping[str, Any]

    @property
    def question(self) -> Question:
        """The question as it is asked."""
        return question_for(self.asked, product=self.product)


def render_asked(
    page: AskedPage,
    *,
    typed: Mapping[str, list[str]] | None = None,
    faults: Sequence[Fault] = (),
    too_large: bool = False,
) -> str:
    """Give the page, with what was typed before; else with the answer that is known now."""
    question = page.question
    typed = retype([question], answers=page.known) if typed is None else typed
    if question.kind is Kind.ADDRESS:  # all of it is typed: this page looks no street up
        typed = {f"{question.id}.street": [""], f"{question.id}.town": [""], **typed}
    sheet = Sheet(typed=typed, faults=faults, calculated={}, form=None, hidden=frozenset())
    asks = tuple(page.request.asks)
    return render_template(
        "forms/asked.html",
        token=page.token,
        open=page.request,
        title=label_of(page.asked, product=page.product),
        control=control_of(question, name=question.id, known=None, sheet=sheet, scope={}),
        file=one_file(question) if question.kind is Kind.FILE else None,
        errors=summary_of(faults),
        too_large=too_large,
        number=asks.index(page.asked) + 1,
        total=len(asks),
    )
