"""A questionnaire for the residents' panel: written in the form language, answered once, and only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from shared.catalogue.definitions import Kind, Product, Question
from shared.catalogue.faults import Fault
from shared.catalogue.reader import FORM, PROCESS, examine
from shared.events import MeasureCount, Words

FEWEST: Final = 5
"""What fewer people answered is not shown: it could tell of one of them."""
COUNTED: Final = frozenset({Kind.INTEGER, Kind.YES_NO, Kind.CHOICE, Kind.CHOICES})
_PROCESS: Final = (Path(__file__).parents[1] / "panel-process.yaml").read_text(encoding="utf-8")
_REST: Final = """
nature: request
theme: say
about:
  summary: {nl: Een vragenlijst voor het bewonerspanel., en: A questionnaire for the residents’ panel.}
  minutes: 3
roles: {name: none, email: none}
"""
EXAMPLE: Final = """\
title: {nl: Het park in uw buurt, en: The park in your neighbourhood}
steps:
  - id: park
    title: {nl: Wat vindt u van het park?, en: What do you think of the park?}
    short: {nl: Het park, en: The park}
    questions:
      - id: mark
        kind: integer
        optional: true
        label: {nl: Welk cijfer geeft u het park?, en: Which mark do you give the park?}
        hint: {nl: Van 1 tot en met 10, en: From 1 to 10}
        why: {nl: Zo zien wij of het park beter wordt., en: This shows us whether the park gets better.}
        minimum: 1
        maximum: 10
      - id: lights
        kind: yes_no
        optional: true
        label: {nl: Is het er ’s avonds licht genoeg?, en: Is it light enough in the evening?}
        why: {nl: Wij kunnen lantaarns bijplaatsen., en: We can add street lights.}
"""
_EMPTY: Final = "A questionnaire has a title and at least one question."
_UNCOUNTED: Final = "A questionnaire has only questions that can be counted: integer, yes_no, choice or choices."


@dataclass(frozen=True, kw_only=True)
class Read:
    """What came of reading a questionnaire: its questions if they can be read, and what is wrong, by line."""

    product: Product | None
    faults: Sequence[tuple[int, str]]


@dataclass(frozen=True, kw_only=True)
class Result:
    """What was answered to one question; `answered` and the rest are None where too few people are behind it.

    `total` is the sum of a number, `options` how many chose each; None where fewer than five did, or where the number
    would tell theirs.
    """

    question: Question
    answered: int | None
    total: int | None = None
    options: Sequence[tuple[Words, int | None]] = ()

    @property
    def mean(self) -> float | None:
        """The mean of a number."""
        return self.total / self.answered if self.total is not None and self.answered else None


Counts = Mapping[str, Mapping[str, int]]
"""By question how many answered, the sum of numbers, and how many gave each answer (`answer.VALUE`).

An answer that nobody gave has 0; one that is absent may not be seen.
"""


def read_questionnaire(text: str, *, panel_id: str) -> Read:
    """Read what somebody wrote; faults of what we put beside it are ours and not told."""
    lines = text.count("\n") + 1
    examined = examine({FORM: f"{text.rstrip()}\n{_REST}", PROCESS: _PROCESS}, product_id=panel_id)
    product = examined.product
    theirs = (each for each in examined.faults if _is_theirs(each, lines=lines, whole=product is None))
    faults = [(min(fault.place.line or 0, lines), fault.sentence) for fault in theirs]
    if product and not (product.title.nl and any(each.asks for each in product.questions)):
        faults.append((0, _EMPTY))
    if product and any(each.asks and each.kind not in COUNTED for each in product.questions):
        faults.append((0, _UNCOUNTED))
    return Read(product=product, faults=faults)


def count(answers: Iterable[Mapping[str, Any]], *, product: Product) -> dict[str, dict[str, int]]:
    """Count what was answered."""
    found = {each.id: Counter(_nobody(each)) for each in product.questions if each.asks}
    for given in answers:
        for name, counts in found.items():
            if (value := given.get(name)) is not None:
                counts.update({"answered": 1, **_counted(value)})
    return {name: dict(counts) for name, counts in found.items()}


def results(counts: Counts, *, product: Product) -> list[Result]:
    """Give what may be seen of the counts."""
    asked = (each for each in product.questions if each.asks)
    return [_result(each, counts=counts.get(each.id, {})) for each in asked]


def to_measures(found: Iterable[Result], *, invited: int) -> Iterator[MeasureCount]:
    """Give what may be told of it: of a number how many answered and their sum, else how many chose what."""
    yield MeasureCount(subject="form", id="", what="invited", count=invited)
    for one in found:
        if one.answered is None:
            continue
        name = one.question.id
        yield MeasureCount(subject="question", id=name, what="answered", count=one.answered)
        if one.total is not None:
            yield MeasureCount(subject="question", id=name, what="sum", count=one.total)
        for (value, _), (_, chosen) in zip(_choices(one.question), one.options, strict=True):
            if chosen is not None:
                yield MeasureCount(subject="question", id=name, what=f"answer.{value}", count=chosen)


def _is_theirs(fault: Fault, *, lines: int, whole: bool) -> bool:
    place = fault.place
    return fault.kind == "fault" and place.file.endswith(FORM) and (whole or (place.line or 0) <= lines)


def _nobody(question: Question) -> dict[str, int]:
    return {f"answer.{value}": 0 for value, _ in _choices(question)}


def _counted(value: Any) -> dict[str, int]:
    if isinstance(value, bool):
        return {f"answer.{str(value).lower()}": 1}
    if isinstance(value, int):
        return {"sum": value}
    return {f"answer.{each}": 1 for each in ([value] if isinstance(value, str) else value)}


def _result(question: Question, *, counts: Mapping[str, int]) -> Result:
    answered = counts.get("answered", 0)
    if answered < FEWEST:
        return Result(question=question, answered=None, options=[(words, None) for _, words in _choices(question)])
    if question.kind is Kind.INTEGER:
        return Result(question=question, answered=answered, total=counts.get("sum", 0))
    chosen = {value: counts[what] for value, _ in _choices(question) if (what := f"answer.{value}") in counts}
    hidden = _hidden(chosen, adds_up=question.kind is not Kind.CHOICES)
    options = [(words, None if value in hidden else chosen.get(value)) for value, words in _choices(question)]
    return Result(question=question, answered=answered, options=options)


def _hidden(chosen: Mapping[str, int], *, adds_up: bool) -> set[str]:
    """Small groups; where all add up to a known number one more, so that nobody can subtract."""
    hidden = {value for value, n in chosen.items() if 0 < n < FEWEST}
    if adds_up and hidden and sum(chosen[value] for value in hidden) < FEWEST:
        rest = [value for value, n in chosen.items() if n and value not in hidden]
        hidden |= {min(rest, key=chosen.__getitem__)} if rest else set()
    return hidden


def _choices(question: Question) -> Sequence[tuple[str, Words]]:
    if question.kind is Kind.YES_NO:
        return (("true", Words(nl="Ja", en="Yes")), ("false", Words(nl="Nee", en="No")))
    return tuple((each.value, each.label) for each in question.choices)
