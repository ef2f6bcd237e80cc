"""The form changed while somebody was filling it in: what was answered stays, and what changed is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.forms.actions.filling import keep_page, open_form, start_draft
from services.forms.actions.renewing import catch_up, changes_since, is_behind
from services.forms.domain.pages import Form, Page
from services.forms.ports import Means
from shared.catalogue.definitions import Product
from shared.events import Words
from tests.services.forms.noor import NOW, OBJECTEN, Memory, Shelf, asked, fields, means_with


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def means(shelf: Shelf) -> Means:
    return means_with(Memory(), products=shelf)


def begun(means: Means) -> str:
    token = start_draft(OBJECTEN, language="nl", means=means, now=NOW)
    keep(token, "what", means=means)
    return token


def keep(token: str, step: str, *, means: Means) -> None:
    page = Page(step=step, asked=asked(step), typed=fields(step), language="nl")
    keep_page(token, page=page, means=means, now=NOW)


def publish(shelf: Shelf, **changes: Any) -> Product:
    shelf.before[OBJECTEN.id, OBJECTEN.version] = OBJECTEN
    shelf.now["objecten"] = replace(OBJECTEN, version="newer", **changes)
    return shelf.now["objecten"]


def with_question(changed: str, **changes: Any) -> dict[str, Any]:
    steps = tuple(
        replace(
            step,
            questions=tuple(replace(each, **changes) if each.id == changed else each for each in step.questions),
        )
        for step in OBJECTEN.steps
    )
    return {"steps": steps}


def without_question(gone: str) -> dict[str, Any]:
    steps = tuple(
        replace(step, questions=tuple(each for each in step.questions if each.id != gone)) for step in OBJECTEN.steps
    )
    return {"steps": steps}


def caught_up(token: str, *, means: Means) -> Form:
    return catch_up(open_form(token, means=means, now=NOW), token=token, means=means, now=NOW)


def test_a_form_goes_on_with_the_newer_version_and_keeps_its_answers(shelf: Shelf, means: Means) -> None:
    token = begun(means)
    before = open_form(token, means=means, now=NOW).draft.answers
    label = Words(nl="Met welk doel zet u dit neer?", en="For what purpose do you place this?")
    publish(shelf, **with_question("purpose", label=label))
    form = caught_up(token, means=means)
    assert (form.draft.version, form.draft.answers) == ("newer", before)
    assert form.draft.renewed_from == OBJECTEN.version
    assert not is_behind(form, means=means)


def test_what_changed_is_told_until_the_next_page_is_kept(shelf: Shelf, means: Means) -> None:
    token = begun(means)
    publish(shelf, **with_question("purpose", optional=True))
    form = caught_up(token, means=means)
    told = [each.text.nl for each in changes_since(form, means=means)]
    assert any("Waarvoor zet u dit neer?" in text for text in told)


def test_a_form_whose_answers_would_be_lost_stays_with_the_version_it_began_with(shelf: Shelf, means: Means) -> None:
    token = begun(means)
    publish(shelf, **without_question("purpose"))
    form = caught_up(token, means=means)
    assert form.draft.version == OBJECTEN.version
    assert "purpose" in form.draft.answers
    assert is_behind(form, means=means)


def test_a_form_of_today_is_left_alone(means: Means) -> None:
    token = begun(means)
    form = caught_up(token, means=means)
    assert form.draft.renewed_from is None
    assert changes_since(form, means=means) == ()
