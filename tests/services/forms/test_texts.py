"""The texts of the pages: every one in two languages, in sentences that people can read aloud."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

from services.forms import main
from shared.look.look import TRANSLATIONS
from shared.look.texts import untranslated

FOLDER = main.HERE
MOST_WORDS = 15


def ids_of(file: Path) -> list[str | tuple[str, ...]]:
    with file.open("rb") as content:
        return [message.id for message in read_po(content) if message.id]


def dutch_texts() -> list[str]:
    ids = [each for file in (FOLDER / "translations").rglob("*.po") for each in ids_of(file)]
    texts = [text for each in ids for text in ((each,) if isinstance(each, str) else each)]
    for source in [*(FOLDER / "domain").glob("*.py"), *(FOLDER / "web").rglob("*.py")]:
        texts += re.findall(r'nl=f?"([^"]+)"', source.read_text(encoding="utf-8"))
    return texts


def test_every_text_of_a_page_has_its_english() -> None:
    files = [file for folder in (TRANSLATIONS, FOLDER / "translations") for file in folder.rglob("*.po")]
    assert untranslated([FOLDER / "templates"], files) == []


def test_no_sentence_is_longer_than_fifteen_words() -> None:
    sentences = [sentence for text in dutch_texts() for sentence in re.split(r"[.?!:;]\s|[.?!]$", text)]
    assert [one for one in sentences if len(one.split()) > MOST_WORDS] == []


def test_no_text_speaks_stiffly() -> None:
    stiff = re.compile(r"\b(dient te|indienen|conform|hieromtrent|middels|gelieve|uwerzijds|je|jij|jouw)\b")
    assert [text for text in dutch_texts() if stiff.search(text)] == []
