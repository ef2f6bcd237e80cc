"""Residents read short sentences: every Dutch text of the catalogue is held to plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

import shared.catalogue
from shared.catalogue.definitions import Block
from shared.catalogue.reader import read_catalogue
from shared.events import Words

CATALOGUE = read_catalogue(Path(shared.catalogue.__file__).parent)
STIFF = ("dient", "dienen te", "hieromtrent", "conform", "indienen", "middels", "teneinde", "inzake", "betreffende")


def dutch_texts(thing: Any) -> Iterator[str]:
    """Give every Dutch text inside a definition."""
    if isinstance(thing, Words):
        yield thing.nl
    elif isinstance(thing, Block):
        yield from (thing.text, thing.because)
    elif is_dataclass(thing):
        yield from (text for each in fields(thing) for text in dutch_texts(getattr(thing, each.name)))
    elif isinstance(thing, tuple):
        yield from (text for each in thing for text in dutch_texts(each))
    elif isinstance(thing, dict):
        yield from (text for each in thing.values() for text in dutch_texts(each))


TEXTS = sorted({text for product in CATALOGUE.products.values() for text in dutch_texts(product)})


@pytest.mark.parametrize("text", TEXTS)
def test_a_dutch_sentence_has_at_most_fifteen_words_and_no_stiff_ones(text: str) -> None:
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        assert len(sentence.split()) <= 15, sentence
    assert not [word for word in STIFF if re.search(rf"\b{word}\b", text.lower())]
    assert not re.search(r"\b(je|jij|jouw)\b", text.lower())


def test_there_is_something_to_read() -> None:
    assert len(TEXTS) > 120
