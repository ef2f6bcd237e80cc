"""What is to be done for a case follows from its product and its answers, in an order that says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.workflow.domain.case import Case, open_case
from services.workflow.domain.todo import Check, Done, Todo, UnknownTaskError, faults_of, todo_of
from shared.catalogue.definitions import Product, Task
from shared.events import Words
from shared.ids import new_id
from tests.services.workflow.town import NOW, objecten, submission, whole_catalogue

TITLE = Words(nl="Doe iets", en="Do something")


def product(*tasks: Task) -> Product:
    return replace(objecten(), version=new_id().hex, process=replace(objecten().process, tasks=tasks))


def todo(made: Product, *done: str, case: Case | None = None, **answers: Any) -> Todo:
    said = submission(**answers)
    kept = {task: Done(task=task, state="done", who="Samir", at=NOW + timedelta(days=3)) for task in done}
    return todo_of(case or open_case(new_id(), submission=said), said=said, product=made, done=kept)


def test_a_task_waits_for_those_before_it_and_the_next_is_what_can_begin() -> None:
    made = product(Task(id="look", title=TITLE), Task(id="weigh", title=TITLE, after=("look",)))
    first = todo(made)
    assert (first.next and first.next.task.id, [task.id for task in first.item("weigh").waits_for]) == (
        "look",
        ["look"],
    )
    then = todo(made, "look")
    assert (then.next, then.finished) == (then.item("weigh"), 1)
    assert todo(made, "look", "weigh").next is None


def test_a_task_that_the_answers_do_not_ask_for_is_not_there_and_holds_nothing_up() -> None:
    made = product(
        Task(id="dig", title=TITLE, when="'road' in surfaces"), Task(id="weigh", title=TITLE, after=("dig",))
    )
    assert [item.task.id for item in todo(made).items] == ["weigh"]
    assert todo(made).item("weigh").can_begin
    with pytest.raises(UnknownTaskError):
        todo(made).item("dig")


def test_what_is_optional_is_never_next_and_what_comes_afterwards_waits_for_the_decision() -> None:
    made = product(Task(id="visit", title=TITLE, optional=True), Task(id="card", title=TITLE, afterwards=True))
    open_yet = todo(made)
    assert open_yet.next is None
    assert (open_yet.item("visit").can_begin, open_yet.item("card").for_decision) == (True, True)
    decided = replace(open_case(new_id(), submission=submission()), status="announced")
    found = todo(made, case=decided).next
    assert found
    assert found.task.id == "card"


def test_our_norm_counts_working_days_from_when_a_task_can_begin() -> None:
    made = product(Task(id="look", title=TITLE, days=3), Task(id="weigh", title=TITLE, after=("look",), days=2))
    assert todo(made).item("look").due == date(2026, 11, 27)
    assert todo(made).item("weigh").due is None
    assert todo(made, "look").item("weigh").due == date(2026, 12, 1)  # Friday 27 November, and a weekend


def test_each_point_of_a_check_list_is_answered_and_no_has_a_reason() -> None:
    task = objecten().process.tasks[0]
    names = [point.id for point in task.checklist]
    assert [fault.name for fault in faults_of(task, checks={})] == names
    fine = {name: Check(answer="yes") for name in names}
    assert faults_of(task, checks=fine) == ()
    bare = {**fine, names[0]: Check(answer="no", because=" ")}
    assert [fault.name for fault in faults_of(task, checks=bare)] == [f"{names[0]}.because"]


def test_every_product_of_the_house_says_what_is_to_be_done_first() -> None:
    for each in whole_catalogue().products.values():
        assert each.process.tasks[0].days, each.id
        assert not each.process.tasks[0].after, each.id
