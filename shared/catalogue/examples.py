"""The example cases of a product: read, run, and held against what must come out of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.catalogue.definitions import Example, Product
from shared.catalogue.evaluate import Evaluation, evaluate
from shared.catalogue.facts import known_value
from shared.catalogue.faults import Fault, Place, nearest_name
from shared.catalogue.nodes import Entry, Text

OUTCOMES = ("permit", "not_needed", "at_once")


@dataclass(frozen=True, kw_only=True)
class Report:
    """What running the examples of one product showed."""

    examples: int
    rules_fired: int
    rules: int
    conditions_met: int
    conditions: int
    faults: tuple[Fault, ...]


def run_examples(folder: Path, *, product: Product) -> Report:
    """Run all examples in a folder; each deviation and each rule or condition that none reaches is a fault."""
    faults: list[Fault] = []
    results: list[Evaluation] = []
    for path in sorted(folder.glob("*.yaml")):
        text = Text(file=f"{product.id}/{folder.name}/{path.name}", faults=faults)
        entry = text.open(path.read_text(encoding="utf-8"))
        if entry is not None:
            results.append(_run(entry, product=product, name=path.stem))
    if not results:
        place = Place(file=f"{product.id}/{folder.name}")
        faults.append(Fault(place=place, sentence="There is no example case."))
    fired = {each.rule for result in results for each in result.outcomes if each.outcome == "fired"}
    shown = {name for result in results for name in result.visible}
    conditional = {each.id for each in product.questions if each.when}
    if results:
        faults.extend(_unreached(product, fired=fired, unseen=conditional - shown))
    return Report(
        examples=len(results),
        rules_fired=len(fired),
        rules=len(product.rules),
        conditions_met=len(conditional & shown),
        conditions=len(conditional),
        faults=tuple(faults),
    )


def _run(entry: Entry, *, product: Product, name: str) -> Evaluation:
    expected = entry.entry("expect")
    example = Example(
        name=name,
        on=entry.day("on"),
        answers=_answers(entry, product=product),
        expect={key: expected.plain(key) for key in expected.keys()} if expected else {},  # noqa: SIM118  # an entry is no dict
    )
    entry.text_or_none("about")
    entry.close()
    result = evaluate(product, example.answers, on=example.on)
    if expected is not None:
        for key, value in example.expect.items():
            for sentence, nearest in _deviations(key, value, result, product=product):
                expected.fault(sentence, key=key, nearest=nearest)
    return result


def _answers(entry: Entry, *, product: Product) -> Mapping[str, Any]:
    given = entry.entry("answers")
    if given is None:
        return {}
    questions = {each.id: each for each in product.questions}
    answers: dict[str, Any] = {}
    for name in given.keys():  # noqa: SIM118  # an entry is no dict
        answers[name] = given.plain(name)
        if name not in questions:
            nearest = nearest_name(name, among=questions)
            given.fault(f"There is no question '{name}'.", key=name, nearest=nearest)
        elif known_value(answers[name], question=questions[name]) is None:
            given.fault(f"This is no answer to a question of the kind '{questions[name].kind}'.", key=name)
    return answers


Deviation = tuple[str, str | None]


def _deviations(key: str, value: Any, result: Evaluation, *, product: Product) -> Iterator[Deviation]:
    """Compare one expectation with what came out; gives sentences with the nearest right name."""
    questions = [each.id for each in product.questions]
    fired = [each.rule for each in result.outcomes if each.outcome == "fired"]
    match key:
        case "visible":
            yield from _known(value, questions, what="question")
            yield from ((f"'{name}' is hidden.", None) for name in _listed(value, questions) - result.visible)
        case "hidden":
            yield from _known(value, questions, what="question")
            yield from ((f"'{name}' is visible.", None) for name in _listed(value, questions) & result.visible)
        case "fired":
            yield from _known(value, [each.id for each in product.rules], what="rule")
            if set(_list(value)) != set(fired):
                yield f"The rules that fired are: {', '.join(fired) or 'none'}.", None
        case "suggested":
            missing = sorted(set(_list(value)) - result.suggested)
            yield from ((f"The block '{name}' is not suggested.", None) for name in missing)
        case "computed":
            for name, number in value.items() if isinstance(value, Mapping) else ():
                if result.computed.get(name) != number:
                    yield f"'{name}' came out as {result.computed.get(name)}.", None
        case "fee" | "outcome" | "invalid":
            came_out = _simple(key, result)
            if value != came_out:
                yield f"The {key} came out as {came_out}.", None
        case _:
            keys = ("visible", "hidden", "fired", "suggested", "computed", "fee", "outcome", "invalid")
            yield f"The key '{key}' is unknown here.", nearest_name(key, among=keys)


def _simple(key: str, result: Evaluation) -> Any:
    if key == "fee":
        return result.fee.fee_class if result.fee else None
    if key == "invalid":
        return list(result.invalid)
    return outcome_of(result)


def outcome_of(result: Evaluation) -> str:
    """Name the outcome: one of OUTCOMES."""
    if result.not_needed is not None:
        return "not_needed"
    return "at_once" if result.at_once else "permit"


def _known(value: Any, names: Iterable[str], *, what: str) -> Iterator[Deviation]:
    among = set(names)
    for name in _list(value):
        if name not in among:
            yield f"There is no {what} '{name}'.", nearest_name(str(name), among=among)


def _listed(value: Any, names: Iterable[str]) -> set[str]:
    return set(_list(value)) & set(names)


def _list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _unreached(product: Product, *, fired: set[str], unseen: set[str]) -> Iterator[Fault]:
    place = Place(file=f"{product.id}/cases")
    for rule in product.rules:
        if rule.id not in fired:
            yield Fault(place=place, sentence=f"No example makes the rule '{rule.id}' fire.")
    for name in sorted(unseen):
        yield Fault(place=place, sentence=f"No example shows the question '{name}'.")
