"""The text of a message as fields to fill in, and what is wrong with each in words for who writes it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from services.notify.domain.wording import CLOSING
from services.notify.wordings import half_hole, plain_complaints, unknown_holes
from shared.events import Words

LANGUAGES: Final = ("nl", "en")
KEYS: Final = ("subject", "mail", "letter")
LONGEST: Final = 5_000
"""Characters of a field."""

Fields = Mapping[str, str]
"""What is typed, by language and part: `nl.mail`."""

_PLAIN: Final = {
    r"This sentence has (?P<n>\d+) words; make it (?P<most>\d+) or fewer": (
        "Een zin heeft %(n)s woorden. Maak er hoogstens %(most)s van."
    ),
    r"'(?P<stiff>[^']+)' is not plain Dutch; write '(?P<better>[^']+)'": (
        "Schrijf ‘%(better)s’ in plaats van ‘%(stiff)s’."
    ),
    r"'(?P<said>[^']+)' says not who does it": "‘%(said)s’ zegt niet wie iets doet. Schrijf wie wat doet.",
}
"""What the reader of plain Dutch says, and how that is said in Dutch."""


class _Dumper(yaml.SafeDumper):
    """Writes texts of more lines as blocks, as people do."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def names_of_fields(name: str) -> tuple[str, ...]:
    """Name the fields of a text; the closing one has no subject."""
    keys = KEYS[1:] if name == CLOSING else KEYS
    return tuple(f"{language}.{key}" for language in LANGUAGES for key in keys)


def fields_of(content: str, *, name: str) -> dict[str, str]:
    """Give a text as fields."""
    read: Any = yaml.safe_load(content)
    split = [(field, *field.split(".")) for field in names_of_fields(name)]
    return {field: str(read.get(language, {}).get(key) or "").strip() for field, language, key in split}


def content_of(fields: Fields) -> str:
    """Give the text of these fields; one left empty is not there."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for field, text in fields.items():
        language, key = field.split(".")
        if text:
            said[language][key] = text
    return yaml.dump(dict(said), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def tidied(text: str) -> str:
    """Give what was typed without blanks at the ends of its lines."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()


def remarks_on(fields: Fields, *, name: str, lacking: Mapping[str, str]) -> dict[str, list[Words]]:
    """Say what is wrong with each field; `lacking` names the holes that some message cannot fill."""
    found = {field: list(_remarks(field, text, name=name)) for field, text in fields.items()}
    for field, holes in lacking.items():
        if not found[field]:
            found[field].append(
                Words(
                    nl=f"Niet elk bericht heeft dit: {holes}. Haal het weg, of gebruik een deel met ‘with’.",
                    en=f"Not every message has this: {holes}. Leave it out, or use a part with ‘with’.",
                )
            )
    return {field: said for field, said in found.items() if said}


def _remarks(field: str, text: str, *, name: str) -> Iterator[Words]:
    if not text:
        if not field.endswith(".letter"):
            yield Words(nl="Vul deze tekst in.", en="Fill in this text.")
        return
    if len(text) > LONGEST:
        yield Words(nl=f"Dit is langer dan {LONGEST} tekens.", en=f"This is longer than {LONGEST} characters.")
    for hole, nearest in unknown_holes(text, name=name):
        hint = (
            Words(nl=f" Bedoelt u (({nearest}))?", en=f" Did you mean (({nearest}))?")
            if nearest
            else Words(nl="", en="")
        )
        yield Words(nl=f"(({hole})) kennen wij niet.{hint.nl}", en=f"(({hole})) is not known.{hint.en}")
    if half_hole(text):
        yield Words(nl="Hier staan haken die nergens bij horen.", en="Here are brackets that belong to nothing.")
    if field.startswith("nl."):
        for sentence in plain_complaints(text):
            yield Words(nl=_in_dutch(sentence), en=sentence)


def _in_dutch(sentence: str) -> str:
    for pattern, dutch in _PLAIN.items():
        if found := re.match(pattern, sentence):
            return dutch % found.groupdict()
    return sentence
