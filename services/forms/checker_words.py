"""What the checker says in Dutch; it speaks English itself, to whoever keeps the folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

WORDS: Final = Path(__file__).parent / "checker-nl.yaml"


@dataclass(frozen=True)
class _Dutch:
    words: Mapping[str, str]
    sentences: tuple[tuple[re.Pattern[str], str], ...]


def in_dutch(sentence: str) -> str | None:
    """This sentence of the checker in Dutch; None for one that nobody put into Dutch yet."""
    known = _dutch()
    for pattern, text in known.sentences:
        if found := pattern.fullmatch(sentence):
            return text.format(*(known.words.get(part, part) for part in found.groups()))
    return None


@cache
def _dutch() -> _Dutch:
    """The sentences, those with the most fixed words first: a short one must not swallow a longer one."""
    kept = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    ordered = sorted(kept["sentences"].items(), key=lambda pair: -len(pair[0].replace("{}", "")))
    return _Dutch(kept["words"], tuple((_pattern(english), dutch) for english, dutch in ordered))


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, sentence.split("{}"))), re.DOTALL)
