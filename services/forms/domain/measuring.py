"""What is counted of how a form is filled in: steps, time, faults, changes, help; never what was answered, or by whom.

It stands with the draft while that lasts. When the draft ends it becomes counts of a day, and nothing leads back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from services.forms.domain.accepting import empty
from services.forms.domain.drafts import Channel
from services.forms.domain.faults import Fault
from shared.catalogue.definitions import Step

SECONDS: Final = (10, 20, 40, 80, 160, 320, 640, 1280)
"""Bounds of the times that are told apart: each counts what took at most so long, and longer than the one before."""

LONGER: Final = "longer"
CHECK: Final = "check"
"""Stands for the check page, beside the steps of the form."""

Subject = Literal["form", "step", "question", "rule"]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What one posted page says: `done` with it and on to `onward`, or only kept for later.

    `since` is when the page was shown (seconds since 1970, as the browser gave it back), 0 when nobody knows.
    `open` is the first question that is not answered well where the form now stands; "" for none.
    """

    step: Step
    done: bool
    onward: str
    since: int
    at: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    faults: tuple[Fault, ...]
    open: str
    helped: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was counted of one draft.

    `began` says of steps that are being filled in since when, `touched` are answers of finished steps that changed,
    `counts` is by subject, its id, and what was counted. It stands `at` a step, before the question `open`. `spent` are
    seconds by question: from when its page was shown, or another on it was answered (`answered_at`), until its answer.
    """

    at: str = ""
    open: str = ""
    answered_at: int = 0
    spent: Mapping[str, int]
    began: Mapping[str, int]
    reached: frozenset[str] = frozenset()
    helped: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    counts: Mapping[tuple[str, str, str], int]


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A form that was sent or left: which product, by which channel, what was counted, and what its rules said."""

    product: str
    version: str
    channel: Channel
    sent: bool
    measured: Measured
    rules: Mapping[str, str]


def turn(measured: Measured, *, turned: Turn) -> Measured:
    """What is counted after one more page."""
    step, asked = turned.step.id, {question.id for question in turned.step.questions}
    began = {**measured.began}
    if _plausible(turned.since, at=turned.at):
        began[step] = min(turned.since, began.get(step, turned.since))
    changed = _changed(turned, asked=asked) if (("step", step, "done") in measured.counts) else frozenset()
    after = replace(
        _timed(measured, turned=turned, asked=asked),
        open=turned.open,
        began=began,
        reached=measured.reached | {step},
        helped=measured.helped | (turned.helped & asked),
        touched=measured.touched | changed,
        at=step,
    )
    return _finish(after, turned=turned, asked=asked) if turned.done else after


def tally(ended: Iterable[Ended]) -> dict[tuple[str, str], Counter[tuple[str, str, str]]]:
    """The counts of these forms together, by product and version."""
    found: dict[tuple[str, str], Counter[tuple[str, str, str]]] = {}
    for one in ended:
        found.setdefault((one.product, one.version), Counter()).update(dict(_counts_of(one)))
    return found


def to_plain(measured: Measured) -> dict[str, Any]:
    """As it stands in the database."""
    return {
        "at": measured.at,
        "open": measured.open,
        "answered_at": measured.answered_at,
        "spent": dict(measured.spent),
        "began": dict(measured.began),
        "reached": sorted(measured.reached),
        "helped": sorted(measured.helped),
        "touched": sorted(measured.touched),
        "counts": [[*key, count] for key, count in sorted(measured.counts.items())],
    }


def from_plain(plain: Mapping[str, Any]) -> Measured:
    """Read back what stood in the database."""
    return Measured(
        at=plain.get("at", ""),
        open=plain.get("open", ""),
        answered_at=plain.get("answered_at", 0),
        spent=plain.get("spent", {}),
        began=plain.get("began", {}),
        reached=frozenset(plain.get("reached", ())),
        helped=frozenset(plain.get("helped", ())),
        touched=frozenset(plain.get("touched", ())),
        counts={(subject, name, what): count for subject, name, what, count in plain.get("counts", ())},
    )


def _timed(measured: Measured, *, turned: Turn, asked: set[str]) -> Measured:
    """Add the time until an answer; of two that came with one page nobody knows which took how long."""
    before, after = turned.before, turned.after
    given = [name for name in sorted(asked) if not empty(after.get(name)) and before.get(name) != after.get(name)]
    if not given:
        return measured
    began, spent = max(measured.answered_at, turned.since), {**measured.spent}
    if len(given) == 1 and _plausible(began, at=turned.at):
        spent[given[0]] = spent.get(given[0], 0) + turned.at - began
    return replace(measured, answered_at=turned.at, spent=spent)


def _finish(measured: Measured, *, turned: Turn, asked: set[str]) -> Measured:
    step = turned.step.id
    counts = Counter(measured.counts)
    began = {**measured.began}
    if step in began:
        counts["step", step, f"seconds.{_bucket(turned.at - began.pop(step))}"] += 1
    for found in turned.faults:
        counts["question", found.name.partition(".")[0], f"error.{found.code or 'other'}"] += 1
    if turned.faults:
        counts["step", step, "refused"] += 1
        return replace(measured, began=began, counts=counts)
    counts["step", step, "done"] += 1
    for name in measured.touched & asked:
        counts["question", name, "changed"] += 1
    return replace(
        measured,
        began=began,
        counts=counts,
        touched=measured.touched - asked,
        at=turned.onward,
        reached=measured.reached | {turned.onward},
    )


def _changed(turned: Turn, *, asked: set[str]) -> frozenset[str]:
    """Answers that were there, and are others now."""
    before, after = turned.before, turned.after
    return frozenset(name for name in asked if not empty(before.get(name)) and before.get(name) != after.get(name))


def _counts_of(ended: Ended) -> Iterator[tuple[tuple[str, str, str], int]]:
    measured = ended.measured
    yield ("form", "", f"sent.{ended.channel}" if ended.sent else "left"), 1
    yield from measured.counts.items()
    yield from ((("step", step, "reached"), 1) for step in measured.reached)
    yield from ((("question", name, "helped"), 1) for name in measured.helped)
    yield from ((("rule", rule, outcome), 1) for rule, outcome in ended.rules.items())
    yield from ((("question", name, f"seconds.{_bucket(spent)}"), 1) for name, spent in measured.spent.items())
    if not ended.sent:
        yield ("step", measured.at, "left"), 1
    if not ended.sent and measured.open:
        yield ("question", measured.open, "left"), 1


def _plausible(since: int, *, at: int) -> bool:
    """A browser may send anything; a clock of ours gave it the moment, at most a day ago."""
    return at - 86_400 < since <= at


def _bucket(seconds: int) -> str:
    return next((str(bound) for bound in SECONDS if seconds <= bound), LONGER)
