"""What a difference between two versions is, and how much it weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from shared.events import Words

Part = Literal["form", "rules", "costs", "handling"]


class Weight(StrEnum):
    """How much a difference weighs for who is filling in the form.

    Cosmetic: other words, nothing else. Additive: something more, and every answer stays good. Breaking: an answer is
    lost or means something else, or the same answers lead to another outcome or price.
    """

    COSMETIC = "cosmetic"
    ADDITIVE = "additive"
    BREAKING = "breaking"


_ORDER = tuple(Weight)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that changed, in words for whoever publishes the new version and for who is filling it in.

    `subject` is the id of the question, rule, fee class or text that it is about, or the key of process.yaml.
    """

    part: Part
    subject: str
    weight: Weight
    text: Words


Differences = Iterator[Difference]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All that changed between two versions of a product, in the order of the texts."""

    differences: tuple[Difference, ...]

    @property
    def weight(self) -> Weight | None:
        """The heaviest difference; None when nothing changed that anybody can see."""
        return max((each.weight for each in self.differences), key=_ORDER.index, default=None)

    @property
    def carries_drafts(self) -> bool:
        """Whether every running draft can go on with the new version: it keeps all answers, and they mean the same."""
        return self.weight is not Weight.BREAKING

    def of(self, *parts: Part) -> tuple[Difference, ...]:
        """Give the differences in these parts; a resident is told those in the form and the costs."""
        return tuple(each for each in self.differences if each.part in parts)


def say(nl: str, en: str, /, *names: Words) -> Words:
    """Fill names in both languages into a sentence, in their order."""
    return Words(nl=nl.format(*(name.nl for name in names)), en=en.format(*(name.en for name in names)))


def quoted(name: Words) -> Words:
    """Put quotation marks around a name."""
    return Words(nl=f"‘{name.nl}’", en=f"‘{name.en}’")
