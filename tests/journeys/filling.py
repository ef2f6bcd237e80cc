"""Fills in the form of any product with given answers, as a person does: what is on the page, from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from playwright.sync_api import Locator, Page

from dev.example_files import example_file
from services.forms.domain.retyping import retype
from shared.catalogue.definitions import Kind, Product, Question, Step
from tests.journeys import walk

MOST_PAGES = 40
MOST_ROUNDS = 200
_CONTROLS = "main form[method=post][action^='/aanvraag/'] :is(input, select, textarea)[name]"

Look = Callable[[Page, Step], None]
"""What to do on every step before leaving it."""


class _Field(NamedTuple):
    """A control: which of all, its name and kind, what it holds, and which value it stands for when it is chosen."""

    number: int
    name: str
    kind: str
    now: str
    value: str


def fill_in(page: Page, *, product: Product, answers: Mapping[str, Any], look: Look) -> None:
    """Go on from the first step until the check page.

    Raises:
        AssertionError: a page does not let these answers through, or the form does not end.
    """
    for _ in range(MOST_PAGES):
        if page.url.split("?")[0].endswith("/controleren"):
            return
        step = _step_of(page, product=product)
        _fill_page(page, questions=step.questions, answers=answers)
        look(page, step)
        before = page.url
        with page.expect_navigation():
            walk.go_on(page)
        refused = page.locator("[data-error-summary]")
        assert refused.count() == 0, f"{before}: {refused.inner_text()}"
    raise AssertionError(f"the form does not end: {page.url}")


def _step_of(page: Page, *, product: Product) -> Step:
    """The step at this address."""
    name = page.url.split("?")[0].split("#")[0].rpartition("/")[2]
    found = [step for step in product.steps if step.id == name]
    assert found, f"{page.url} is no step: {page.title()}"
    return found[0]


def _fill_page(page: Page, *, questions: Sequence[Question], answers: Mapping[str, Any]) -> None:
    typed = retype(questions, answers=answers)
    _fill_fields(page, typed=typed)
    for question in questions:
        if question.kind is Kind.TABLE and answers.get(question.id):
            _make_rows(page, question, rows=answers[question.id], name=question.id)
    _fill_fields(page, typed=typed)
    for question in questions:
        if question.kind is Kind.FILE:
            _add_files(page, question, files=answers.get(question.id, ()))


def _fill_fields(page: Page, *, typed: Mapping[str, Sequence[str]]) -> None:
    """Fill what is visible, looking anew after each: an answer may show further questions."""
    done: set[tuple[str, str]] = set()
    for _ in range(MOST_ROUNDS):
        fresh = next((one for one in _visible_fields(page) if (one.name, one.value) not in done), None)
        if fresh is None:
            return
        done.add((fresh.name, fresh.value))
        _fill(page.locator(_CONTROLS).nth(fresh.number), field=fresh, texts=typed.get(fresh.name, []))


def _visible_fields(page: Page) -> list[_Field]:
    """The controls that a person can fill, in the order of the page."""
    found = page.evaluate(
        """controls => [...document.querySelectorAll(controls)].flatMap((e, number) =>
            ['hidden', 'file', 'submit'].includes(e.type) || !e.checkVisibility() ? [] : [{
                number, name: e.name, kind: e.type, now: e.value,
                value: ['radio', 'checkbox'].includes(e.type) ? e.value : '',
            }])""",
        _CONTROLS,
    )
    return [_Field(**one) for one in found]


def _fill(control: Locator, *, field: _Field, texts: Sequence[str]) -> None:
    if field.kind == "radio":
        if field.value in texts:
            control.check()
    elif field.kind == "checkbox":
        control.set_checked(field.value in texts)
    elif field.kind == "select-one":
        control.select_option(texts[0] if texts else "")
    elif texts or field.now:
        control.fill(texts[0] if texts else "")


def _make_rows(page: Page, table: Question, *, rows: Sequence[Mapping[str, Any]], name: str) -> None:
    """Ask for as many rows as there are answers, in tables within tables too; what was typed stays."""
    for _ in range(len(rows) - 1):
        if page.locator(f"[name^='{name}.{len(rows) - 1}.']").count():
            break
        with page.expect_navigation():
            page.locator(f"button[value='add:{name}']").click()
    for index, row in enumerate(rows):
        for column in table.columns:
            if column.kind is Kind.TABLE and row.get(column.id):
                _make_rows(page, column, rows=row[column.id], name=f"{name}.{index}.{column.id}")


def _add_files(page: Page, question: Question, *, files: Sequence[Mapping[str, Any]]) -> None:
    """Choose the files, one after the other; with scripts they go at once, without them with a button."""
    for file in files:
        field = page.locator(f"input[type=file][name='{question.id}']")
        content = example_file(file["name"], media_type=file["type"])
        payload = {"name": file["name"], "mimeType": file["type"], "buffer": content}
        listed = page.locator(f"[data-upload='{question.id}'] .balie-files li")
        known = listed.count()
        field.set_input_files([payload])  # type: ignore[list-item]
        button = page.locator(f"button[value='upload:{question.id}']")
        if button.is_visible():
            button.click()
        listed.nth(known).wait_for()  # by number: the name of a file about health is not shown


def euros(cents: int) -> str:
    """An amount as pages write it in Dutch."""
    whole, rest = divmod(cents, 100)
    return f"€ {re.sub(r'(?<=[0-9])(?=([0-9]{3})+$)', '.', str(whole))},{rest:02d}"
