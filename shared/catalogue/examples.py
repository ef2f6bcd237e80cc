"""The example cases of a product: read, run, and held against what must come out of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shared.catalogue.carrying import carry_over
from shared.catalogue.definitions import CASES, Example, Product
from shared.catalogue.evaluate import Evaluation, evaluate
from shared.catalogue.faults import Fault, Place, nearest_name
from shared.catalogue.nodes import Entry, Text

OUTCOMES = ("permit", "not_needed", "other_product", "at_once")
_EFFECTS = ("other_product", "route", "tasks", "advice", "likely_refusal")
_LISTS = ("visible", "hidden", "fired", "suggested", "invalid", "missing")
_KEYS = (*_LISTS, "computed", "effects", "fee", "fee_cents", "outcome")


@dataclass(frozen=True, kw_only=True)
class Report:
    """What running the examples of one product showed.

    `conditions` are those of questions and columns, `blocks` those of building blocks and tasks.
    """

    examples: int
    rules_fired: int
    rules: int
    conditions_met: int
    conditions: int
    blocks_met: int
    blocks: int
    faults: tuple[Fault, ...]


def run_examples(folder: Path, *, product: Product) -> Report:
    """Run all examples in a folder; each deviation and each rule or condition that none reaches is a fault."""
    return run_texts(_texts(folder), product=product)


def example_texts(product_folder: Path) -> dict[str, str]:
    """Read the examples of a product from its folder, by file name."""
    return _texts(product_folder / CASES)


def run_texts(texts: Mapping[str, str], *, product: Product) -> Report:
    """Run examples from their texts by file name."""
    faults: list[Fault] = []
    results: list[Evaluation] = []
    for name, content in texts.items():
        text = Text(file=f"{product.id}/{CASES}/{name}", faults=faults)
        entry = text.open(content)
        if entry is not None:
            results.append(_run(entry, product=product, name=name.removesuffix(".yaml")))
    if not results:
        faults.append(Fault(place=_place(product), sentence="There is no example case."))
    fired = {each.rule for result in results for each in result.outcomes if each.outcome == "fired"}
    conditional, shown = _conditional(product), {path for result in results for path in _shown(result)}
    blocks = {each.id for each in product.process.blocks if each.when}
    blocks |= {each.id for each in product.process.tasks if each.when}
    met = {name for result in results for name in (*result.suggested, *result.tasks)}
    if results:
        faults.extend(_unreached(product, fired=fired, unseen=conditional - shown))
    return Report(
        examples=len(results),
        rules_fired=len(fired),
        rules=len(product.rules),
        conditions_met=len(conditional & shown),
        conditions=len(conditional),
        blocks_met=len(blocks & met),
        blocks=len(blocks),
        faults=tuple(faults),
    )


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Answers that somebody tries: what follows from them on a day, and what is wrong with how they are written.

    `evaluation` is None when they cannot be read at all.
    """

    on: date | None
    evaluation: Evaluation | None
    faults: tuple[Fault, ...]


def try_answers(content: str, *, product: Product, name: str) -> Trial:
    """Work out answers written as an example is, whatever it expects; `name` is what faults call the text."""
    faults: list[Fault] = []
    entry = Text(file=name, faults=faults).open(content)
    if entry is None:
        return Trial(on=None, evaluation=None, faults=tuple(faults))
    on, answers = entry.day("on"), _answers(entry, product=product)
    return Trial(on=on, evaluation=evaluate(product, answers, on=on), faults=tuple(faults))


def outcome_of(result: Evaluation) -> str:
    """Name the outcome: one of OUTCOMES."""
    if result.not_needed is not None:
        return "not_needed"
    if result.other_product is not None:
        return "other_product"
    return "at_once" if result.at_once else "permit"


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}


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
    if expected is not None and entry.is_sound:
        for key, value in example.expect.items():
            for sentence, nearest in _deviations(key, value, result, product=product):
                expected.fault(sentence, key=key, nearest=nearest)
    return result


def _answers(entry: Entry, *, product: Product) -> Mapping[str, Any]:
    given = entry.entry("answers")
    if given is None:
        return {}
    questions = {each.id: each for each in product.questions if each.asks}
    answers = {name: given.plain(name) for name in given.keys()}  # noqa: SIM118  # an entry is no dict
    for path in carry_over(answers, into=product).lost:
        name = path.partition(".")[0]
        if name not in questions:
            nearest = nearest_name(name, among=questions)
            given.fault(f"There is no question '{name}'.", key=name, nearest=nearest)
        elif path == name:
            sentence = f"This is no answer to a question of the kind '{questions[name].kind}'."
            codes = [each.value for each in questions[name].choices]
            given.fault(sentence, key=name, nearest=nearest_name(str(answers[name]), among=codes))
        else:
            given.fault(f"There is no column for '{path}', or it cannot have this answer.", key=name)
    return answers


Deviation = tuple[str, str | None]


def _deviations(key: str, value: Any, result: Evaluation, *, product: Product) -> Iterator[Deviation]:
    """Compare one expectation with what came out; gives sentences with the nearest right name."""
    if key not in _KEYS:
        yield f"The key '{key}' is unknown here.", nearest_name(key, among=_KEYS)
    elif key in ("visible", "hidden"):
        questions = {each.id for each in product.questions}
        yield from _known(value, questions, what="question")
        wrong = set(_list(value)) & questions & (result.visible if key == "hidden" else questions - result.visible)
        word = "visible" if key == "hidden" else "hidden"
        yield from ((f"'{name}' is {word}.", None) for name in sorted(wrong))
    elif key == "suggested":
        yield from _known(value, [each.id for each in product.process.blocks], what="block")
        missing = sorted(set(_list(value)) - result.suggested)
        yield from ((f"The block '{name}' is not suggested.", None) for name in missing)
    elif key == "computed":
        for name, number in value.items() if isinstance(value, Mapping) else ():
            if result.computed.get(name) != number:
                yield f"'{name}' came out as {result.computed.get(name)}.", None
    elif key == "effects":
        yield from _effects(value, result)
    else:
        yield from _exact(key, value, result, product=product)


def _exact(key: str, value: Any, result: Evaluation, *, product: Product) -> Iterator[Deviation]:
    """Compare what must be there with all that is there."""
    if key == "fired":
        yield from _known(value, [each.id for each in product.rules], what="rule")
        fired = [each.rule for each in result.outcomes if each.outcome == "fired"]
        if set(_list(value)) != set(fired):
            yield f"The rules that fired are: {', '.join(fired) or 'none'}.", None
        return
    fee = result.fee
    came_out: dict[str, Any] = {
        "invalid": list(result.invalid),
        "missing": list(result.missing),
        "fee": fee.fee_class if fee else None,
        "fee_cents": fee.cents if fee else None,
        "outcome": outcome_of(result),
    }
    found = came_out[key]
    same = sorted(found) == sorted(_list(value)) if isinstance(found, list) else value == found
    if not same:
        yield f"The {key} came out as {', '.join(found) or 'none' if isinstance(found, list) else found}.", None


def _effects(value: Any, result: Evaluation) -> Iterator[Deviation]:
    came_out: dict[str, Any] = {
        "other_product": result.other_product.product if result.other_product else None,
        "route": result.team,
        "tasks": list(result.tasks),
        "advice": list(result.advisers),
        "likely_refusal": [each.rule for each in result.likely_refusal],
    }
    for effect, wanted in value.items() if isinstance(value, Mapping) else ():
        if effect not in came_out:
            yield f"There is no effect '{effect}' to expect.", nearest_name(str(effect), among=_EFFECTS)
            continue
        found = came_out[effect]
        same = set(found) == set(_list(wanted)) if isinstance(found, list) else wanted == found
        if not same:
            yield f"The {effect} came out as {', '.join(found) or 'none' if isinstance(found, list) else found}.", None


def _known(value: Any, names: Iterable[str], *, what: str) -> Iterator[Deviation]:
    among = set(names)
    for name in _list(value):
        if name not in among:
            yield f"There is no {what} '{name}'.", nearest_name(str(name), among=among)


def _list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _conditional(product: Product) -> set[str]:
    """Name the questions with a condition, and the columns by path without the numbers of rows."""
    found = {each.id for each in product.questions if each.when or each.by_rule}
    for table in product.questions:
        for column in table.columns:
            found |= {f"{table.id}.{column.id}"} if column.when else set()
            found |= {f"{table.id}.{column.id}.{inner.id}" for inner in column.columns if inner.when}
    return found


def _shown(result: Evaluation) -> Iterator[str]:
    yield from result.visible
    for path in (*_paths(result.answers), *result.missing):
        yield ".".join(part for part in path.split(".") if not part.isdigit())


def _paths(row: Mapping[str, Any], *, before: str = "") -> Iterator[str]:
    """Give the paths of all cells that have an answer."""
    for name, value in row.items():
        yield f"{before}{name}"
        for inner in value if isinstance(value, list) else ():
            if isinstance(inner, Mapping):
                yield from _paths(inner, before=f"{before}{name}.")


def _unreached(product: Product, *, fired: set[str], unseen: set[str]) -> Iterator[Fault]:
    for rule in product.rules:
        if rule.id not in fired:
            yield Fault(place=_place(product), sentence=f"No example makes the rule '{rule.id}' fire.")
    for name in sorted(unseen):
        what = "column" if "." in name else "question"
        yield Fault(place=_place(product), sentence=f"No example shows the {what} '{name}'.")


def _place(product: Product) -> Place:
    return Place(file=f"{product.id}/{CASES}")
