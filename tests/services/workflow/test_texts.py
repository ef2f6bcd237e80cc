"""The words on the screens of staff: in two languages, in sentences that people can read aloud."""

from __future__ import annotations

import re

from babel.messages.pofile import read_po

from services.workflow import main
from shared.look.look import TRANSLATIONS
from shared.look.texts import untranslated

FOLDER = main.HERE
MOST_WORDS = 15


def dutch_texts() -> list[str]:
    with (FOLDER / "translations/en.po").open("rb") as file:
        forms = [[message.id] if isinstance(message.id, str) else message.id for message in read_po(file) if message.id]
    texts = [text for each in forms for text in each]  # one and many are two texts
    for source in FOLDER.rglob("*.py"):
        texts += re.findall(r'nl=f?"([^"]+)"', source.read_text(encoding="utf-8"))
    return texts


def test_every_text_has_its_english() -> None:
    files = [file for folder in (TRANSLATIONS, FOLDER / "translations") for file in folder.glob("*.po")]
    assert untranslated([FOLDER], files) == []


def test_no_sentence_is_longer_than_fifteen_words() -> None:
    sentences = [sentence for text in dutch_texts() for sentence in re.split(r"[.?!:;]\s|[.?!]$", text)]
    assert [one for one in sentences if len(one.split()) > MOST_WORDS] == []


def test_no_text_speaks_stiffly() -> None:
    stiff = re.compile(r"\b(dient te|indienen|conform|hieromtrent|middels|gelieve|uwerzijds|je|jij|jouw)\b")
    assert [text for text in dutch_texts() if stiff.search(text)] == []
