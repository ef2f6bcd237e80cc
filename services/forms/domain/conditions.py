"""Which plain answers a condition waits for, so that a page can show and hide a question without asking the server."""

from __future__ import annotations

import re
from functools import lru_cache

from shared.catalogue.definitions import Kind, Question, Step
from shared.events import Words

Waits = tuple[tuple[str, tuple[str, ...]], ...]
"""Every one of these questions must have one of its answers: (question id, codes)."""

_NAME = r"([a-z][a-z0-9_]*)"
_CODE = r"'([\w-]+)'|\"([\w-]+)\""
_IN = re.compile(rf"(?:{_CODE}) in {_NAME}")
_IS = re.compile(rf"{_NAME} == (?:{_CODE})")
_HOLDS = re.compile(rf"(!?){_NAME}")


@lru_cache(maxsize=1024)
def plain_waits(condition: str) -> Waits | None:
    """What a condition waits for, or None when it says more than "these answers were chosen"."""
    found = [_plain(part.strip()) for part in condition.split("&&")]
    return None if any(one is None for one in found) else tuple(one for one in found if one)


def waits_on_page(question: Question, *, step: Step) -> Waits:
    """What a question waits for on its own page; nothing when only the server can tell.

    What the question that it waits for waits for itself is left out: that one is then not on the page either.
    """
    waits = plain_waits(question.when) if question.when else None
    own = {one.id: one for one in step.questions if one.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)}
    if not waits or any(name not in own for name, _ in waits):
        return ()
    implied = {wait for name, _ in waits for wait in plain_waits(own[name].when or "") or ()}
    return tuple(wait for wait in waits if wait not in implied)


def in_words(waits: Waits, *, step: Step) -> Words:
    """The answers waited for, as people see them: "Rijbaan, Nee"."""
    labels = [_label(next(one for one in step.questions if one.id == name), code) for name, (code, *_) in waits]
    return Words(nl=", ".join(label.nl for label in labels), en=", ".join(label.en for label in labels))


def _plain(part: str) -> tuple[str, tuple[str, ...]] | None:
    if found := _IN.fullmatch(part):
        return found[3], (found[1] or found[2],)
    if found := _IS.fullmatch(part):
        return found[1], (found[2] or found[3],)
    if found := _HOLDS.fullmatch(part):
        return found[2], ("false" if found[1] else "true",)
    return None


def _label(question: Question, code: str) -> Words:
    if question.kind is Kind.YES_NO:
        yes = code == "true"
        return Words(
            nl=f"‘{question.label.nl}’ {'Ja' if yes else 'Nee'}", en=f"‘{question.label.en}’ {'Yes' if yes else 'No'}"
        )
    return next(choice.label for choice in question.choices if choice.value == code)
