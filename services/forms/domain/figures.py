"""What the counts of filled-in forms say: how they came in, where people stop, and which questions go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.forms.domain.measuring import CHECK, LONGER
from shared.catalogue.definitions import Product
from shared.events import Words

Counts = Mapping[tuple[str, str, str], int]
"""How often, by subject, its id, and what was counted (`measuring`)."""

CHANNELS: Final = ("web", "api", "desk", "phone", "post", "other")
_DIGITAL: Final = ("web", "api")
_TIMES: Final = "seconds."


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """How many forms of one product were sent by each channel, and how many were begun and left."""

    sent: Mapping[str, int]
    left: int

    @property
    def total(self) -> int:
        """All that were sent."""
        return sum(self.sent.values())

    @property
    def digital(self) -> int | None:
        """Percent of what was sent that came by the website or another system; None when nothing was sent."""
        return round(100 * sum(self.sent[name] for name in _DIGITAL) / self.total) if self.total else None


@dataclass(frozen=True, kw_only=True)
class StepFigures:
    """A step, or the check page: how many forms came there, were refused there (each time), and were left there.

    `seconds` is the time within which half of the people are done with it: the upper bound of a class of times, 0 when
    that is the open one, None when no browser told.
    """

    id: str
    title: Words | None
    reached: int
    refused: int
    left: int
    seconds: int | None


@dataclass(frozen=True, kw_only=True)
class QuestionFigures:
    """A question: how often an answer was refused, its help opened, its answer changed later, and where forms stopped.

    `left` are forms that nobody came back to, of which this was the first question without a good answer. `seconds` is
    the time within which half of the people answered it, as a step has it.
    """

    id: str
    label: Words
    errors: int
    helped: int
    changed: int
    left: int
    seconds: int | None


def incoming(counts: Counts) -> Incoming:
    """How forms came in."""
    sent = {name: counts.get(("form", "", f"sent.{name}"), 0) for name in CHANNELS}
    return Incoming(sent=sent, left=counts.get(("form", "", "left"), 0))


def step_figures(product: Product, *, counts: Counts) -> list[StepFigures]:
    """The steps of this version in their order, the check page last."""
    titles: dict[str, Words | None] = {**{step.id: step.title for step in product.steps}, CHECK: None}
    return [
        StepFigures(
            id=name,
            title=title,
            reached=counts.get(("step", name, "reached"), 0),
            refused=counts.get(("step", name, "refused"), 0),
            left=counts.get(("step", name, "left"), 0),
            seconds=_half_done(counts, subject="step", name=name),
        )
        for name, title in titles.items()
    ]


def question_figures(product: Product, *, counts: Counts) -> list[QuestionFigures]:
    """The questions of this version of which anything was counted, those with the most refused answers first."""
    found = [
        QuestionFigures(
            id=question.id,
            label=question.label,
            errors=sum(
                count
                for (subject, name, what), count in counts.items()
                if (subject, name) == ("question", question.id) and what.startswith("error.")
            ),
            helped=counts.get(("question", question.id, "helped"), 0),
            changed=counts.get(("question", question.id, "changed"), 0),
            left=counts.get(("question", question.id, "left"), 0),
            seconds=_half_done(counts, subject="question", name=question.id),
        )
        for question in product.questions
        if question.asks
    ]
    told = [one for one in found if one.errors or one.helped or one.changed or one.left or one.seconds is not None]
    return sorted(told, key=lambda one: (-one.errors, -one.left, -one.helped, -one.changed))


def _half_done(counts: Counts, *, subject: str, name: str) -> int | None:
    times = {
        what.removeprefix(_TIMES): count
        for (counted, of, what), count in counts.items()
        if (counted, of) == (subject, name) and what.startswith(_TIMES)
    }
    half, passed = sum(times.values()) / 2, 0
    for bound in sorted(int(each) for each in times if each != LONGER):
        passed += times[str(bound)]
        if passed >= half:
            return bound
    return 0 if times else None
