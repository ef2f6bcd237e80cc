"""What is to be done for a case: the tasks of its product that its answers ask for, and which of them is next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from services.workflow.domain.case import Case
from services.workflow.domain.fault import Fault
from shared.catalogue.definitions import Product, Task
from shared.catalogue.evaluate import evaluate
from shared.events import SubmissionReceived, Words
from shared.law.calendar import add_working_days, local_date

LONGEST_REASON = 500
CHECKED = ("yes", "no", "not_applicable")


class TaskWaitsError(Exception):
    """This task cannot begin yet."""


class UnknownTaskError(Exception):
    """This case has no such task."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """What somebody found of one point of a check-list; `because` says why it is not in order."""

    answer: str
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Done:
    """A task that was done, or left out since it is optional; `who` is a name or a subject."""

    task: str
    state: Literal["done", "skipped"]
    who: str
    at: datetime
    checks: Mapping[str, Check] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One task of a case: `waits_for` must be done first, `due` is the last day by our own norm."""

    task: Task
    done: Done | None
    waits_for: tuple[Task, ...]
    for_decision: bool
    due: date | None

    @property
    def can_begin(self) -> bool:
        """Nothing stands in its way."""
        return self.done is None and not self.waits_for and not self.for_decision


@dataclass(frozen=True, kw_only=True)
class Todo:
    """All tasks of a case, in the order of the product."""

    items: tuple[Item, ...]

    @property
    def next(self) -> Item | None:
        """What to do now: the first that can begin and may not be left out."""
        return next((item for item in self.items if item.can_begin and not item.task.optional), None)

    @property
    def finished(self) -> int:
        """How many are done or left out."""
        return sum(item.done is not None for item in self.items)

    def item(self, task: str) -> Item:
        """Find a task. Raises UnknownTaskError."""
        found = next((item for item in self.items if item.task.id == task), None)
        if found is None:
            raise UnknownTaskError
        return found


def todo_of(case: Case, *, said: SubmissionReceived, product: Product, done: Mapping[str, Done]) -> Todo:
    """Work out the tasks of a case from what it says (`said`: as much of its application as one may know)."""
    asked = set(evaluate(product, said.answers, on=local_date(said.received_at)).tasks)
    tasks = [task for task in product.process.tasks if task.id in asked or task.id in done]
    known = {task.id: task for task in tasks}
    return Todo(items=tuple(_item(task, case=case, known=known, done=done) for task in tasks))


def faults_of(task: Task, *, checks: Mapping[str, Check]) -> tuple[Fault, ...]:
    """Say what is still to be filled in of a check-list."""
    return tuple(_faults(task, checks=checks))


def _item(task: Task, *, case: Case, known: Mapping[str, Task], done: Mapping[str, Done]) -> Item:
    before = [known[name] for name in task.after if name in known]
    waits_for = tuple(each for each in before if each.id not in done)
    for_decision = task.afterwards and case.is_open
    begins = _begins(before, case=case, done=done)
    counts = task.days is not None and task.id not in done and not waits_for and not for_decision
    return Item(
        task=task,
        done=done.get(task.id),
        waits_for=waits_for if task.id not in done else (),
        for_decision=for_decision and task.id not in done,
        due=add_working_days(begins, count=task.days or 0) if counts else None,
    )


def _begins(before: Sequence[Task], *, case: Case, done: Mapping[str, Done]) -> date:
    ended = [local_date(done[task.id].at) for task in before if task.id in done]
    return max(ended, default=case.ledger[0].on)


def _faults(task: Task, *, checks: Mapping[str, Check]) -> Iterator[Fault]:
    for point in task.checklist:
        found = checks.get(point.id)
        if found is None or found.answer not in CHECKED:
            yield Fault(point.id, Words(nl="Kies ja, nee of n.v.t.", en="Choose yes, no or n/a."))
        elif found.answer == "no" and not found.because.strip():
            yield Fault(f"{point.id}.because", Words(nl="Schrijf op waarom niet.", en="Write why not."))
        elif len(found.because) > LONGEST_REASON:
            reason = f"Gebruik hooguit {LONGEST_REASON} tekens.", f"Use at most {LONGEST_REASON} characters."
            yield Fault(f"{point.id}.because", Words(nl=reason[0], en=reason[1]))
