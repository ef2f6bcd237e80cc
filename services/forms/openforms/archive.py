"""Reads the zip of an export: the JSON lists it must hold, with the same distrust as a zip of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.forms.domain.packages import texts_in
from services.forms.domain.working import UnfitTextError

Item = Mapping[str, Any]

_DEEPEST = 40
"""Levels of lists and objects within each other; a large form has some fifteen."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """One exported form: its settings, its steps in order with their names and components, its logic and variables."""

    form: Item
    steps: tuple[tuple[Item, str, tuple[Item, ...]], ...]
    logic: tuple[Item, ...]
    variables: tuple[Item, ...]


def open_export(content: bytes) -> Export:
    """Read an export.

    Raises:
        UnfitTextError: as for a zip of ours; `no_export` when it does not hold what an export holds.
    """
    texts = {name.rpartition("/")[2]: text for name, text in texts_in(content).items()}
    forms, steps, definitions = (_items(texts, name) for name in ("forms", "formSteps", "formDefinitions"))
    if len(forms) != 1 or not steps or not definitions:
        raise UnfitTextError("no_export")
    known = {str(each.get("uuid", "")): each for each in definitions}
    return Export(
        form=forms[0],
        steps=tuple(_steps(steps, definitions=known)),
        logic=tuple(sorted(_items(texts, "formLogic", may_miss=True), key=_order)),
        variables=_items(texts, "formVariables", may_miss=True),
    )


def items_of(value: Any) -> tuple[Item, ...]:
    """The objects of a list; whatever else stands there is none of them."""
    return tuple(each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def text_of(value: Any) -> str:
    """A text on one line, without signs that nobody sees; nothing when it is none."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())


def _steps(steps: tuple[Item, ...], *, definitions: Mapping[str, Item]) -> Iterator[tuple[Item, str, tuple[Item, ...]]]:
    for step in sorted(steps, key=_order):
        definition = definitions.get(text_of(step.get("form_definition")).rstrip("/").rpartition("/")[2], {})
        configuration = definition.get("configuration") or step.get("configuration") or {}
        components = configuration.get("components") if isinstance(configuration, dict) else ()
        yield step, text_of(definition.get("name")) or text_of(step.get("name")), items_of(components)


def _items(texts: Mapping[str, str], name: str, *, may_miss: bool = False) -> tuple[Item, ...]:
    text = texts.get(f"{name}.json")
    if text is None:
        if may_miss:
            return ()
        raise UnfitTextError("no_export", name=f"{name}.json")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise UnfitTextError("no_export", name=f"{name}.json") from None
    if _depth(found) > _DEEPEST or not isinstance(found, list):
        raise UnfitTextError("no_export", name=f"{name}.json")
    return items_of(found)


def _depth(value: Any) -> int:
    """How deep lists and objects lie within each other, without calling itself that deep."""
    depth, level = 0, [value]
    while level and depth <= _DEEPEST:
        inner = [each for one in level if isinstance(one, dict | list) for each in _parts(one)]
        depth, level = depth + 1, inner
    return depth


def _parts(value: dict[str, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


def _order(item: Item) -> int:
    order = item.get("order")
    return order if isinstance(order, int) else 0
