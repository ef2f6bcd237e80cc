"""Which plain answers a condition waits for, so that a page can show and hide a question without asking the server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from shared.catalogue.definitions import Kind, Question
from shared.events import Words

Waits = tuple[tuple[str, tuple[str, ...]], ...]
"""Every one of these questions must have one of its answers: (question id, codes)."""

_NAME = r"([a-z][a-z0-9_]*)"
_CODE = r"'([\w-]+)'|\"([\w-]+)\""
_IN = re.compile(rf"(?:{_CODE}) in {_NAME}")
_IS = re.compile(rf"{_NAME} == (?:{_CODE})")
_ONE_OF = re.compile(rf"{_NAME} in \[((?:\s*(?:{_CODE})\s*,?)+)\]")
_HOLDS = re.compile(rf"(!?){_NAME}")
_CHOSEN = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)


@lru_cache(maxsize=1024)
def plain_waits(condition: str) -> Waits | None:
    """What a condition waits for, or None when it says more than "these answers were chosen"."""
    found = [_plain(part.strip()) for part in condition.split("&&")]
    return None if any(one is None for one in found) else tuple(one for one in found if one)


def waits_for(question: Question, *, among: Mapping[str, Question]) -> Waits:
    """What a question waits for among those on the page with it, by id; nothing when only the server can tell.

    What the question that it waits for waits for itself is left out: that one is then not on the page either.
    """
    waits = plain_waits(question.when) if question.when and not question.by_rule else None
    if not waits or any(name not in among or among[name].kind not in _CHOSEN for name, _ in waits):
        return ()
    implied = {wait for name, _ in waits for wait in plain_waits(among[name].when or "") or ()}
    return tuple(wait for wait in waits if wait not in implied)


def in_words(waits: Waits, *, among: Mapping[str, Question]) -> Words:
    """The answers waited for, as people see them, each in quotes: an answer may have a comma of its own."""
    labels = [[_label(among[name], code) for code in codes] for name, codes in waits]
    return Words(
        nl=", ".join(" of ".join(label.nl for label in one) for one in labels),
        en=", ".join(" or ".join(label.en for label in one) for one in labels),
    )


def _plain(part: str) -> tuple[str, tuple[str, ...]] | None:
    if found := _IN.fullmatch(part):
        return found[3], (found[1] or found[2],)
    if found := _IS.fullmatch(part):
        return found[1], (found[2] or found[3],)
    if found := _ONE_OF.fullmatch(part):
        return found[1], tuple(code[0] or code[1] for code in re.findall(_CODE, found[2]))
    if found := _HOLDS.fullmatch(part):
        return found[2], ("false" if found[1] else "true",)
    return None


def _label(question: Question, code: str) -> Words:
    if question.kind is Kind.YES_NO:
        yes = code == "true"
        return Words(
            nl=f"‘{question.label.nl}’ {'Ja' if yes else 'Nee'}", en=f"‘{question.label.en}’ {'Yes' if yes else 'No'}"
        )
    label = next(choice.label for choice in question.choices if choice.value == code)
    return Words(nl=f"‘{label.nl}’", en=f"‘{label.en}’")
