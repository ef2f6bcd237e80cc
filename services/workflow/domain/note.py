"""An internal note on a case: who it names, and what may be wrong with it; it goes into no letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.workflow.domain.fault import Fault, FaultyInputError
from shared.access import Person
from shared.events import Words

LONGEST_NOTE: Final = 4000
_AT: Final = re.compile(r"(?<![\w.])@(?=[^\W\d_])")
_WORD: Final = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, kw_only=True)
class Note:
    """What somebody wrote for colleagues: `mentions` are the subjects of who is named, `follows` what it adds to."""

    text: str
    mentions: tuple[str, ...] = ()
    follows: int | None = None


def write_note(text: str, *, chosen: str, readers: Sequence[Person], follows: int | None = None) -> Note:
    """Give the note with everybody it names: with @ in its text, or `chosen` by subject from who may read it.

    Raises:
        FaultyInputError: it is empty or too long, or @ names nobody or more than one.
    """
    text = text.strip()
    if not text:
        raise FaultyInputError((Fault("note", Words(nl="Schrijf een notitie.", en="Write a note.")),))
    if len(text) > LONGEST_NOTE:
        long = Words(
            nl=f"Gebruik hooguit {LONGEST_NOTE} tekens. U hebt er nu {len(text)}.",
            en=f"Use at most {LONGEST_NOTE} characters. You have {len(text)} now.",
        )
        raise FaultyInputError((Fault("note", long),))
    picked = [person.subject for person in readers if person.subject == chosen]
    return Note(text=text, mentions=tuple(dict.fromkeys([*_named(text, readers=readers), *picked])), follows=follows)


def _named(text: str, *, readers: Sequence[Person]) -> Iterator[str]:
    for found in _AT.finditer(text):
        rest = text[found.end() :]
        whole = [person for person in readers if _begins(rest, name=person.name)]
        longest = max((len(person.name) for person in whole), default=0)
        named = [person for person in whole if len(person.name) == longest] or [
            person for person in readers if _begins(rest, name=person.name.partition(" ")[0])
        ]
        if len(named) != 1:
            raise FaultyInputError((Fault("note", _not_one(rest, several=bool(named))),))
        yield named[0].subject


def _begins(text: str, *, name: str) -> bool:
    following = text[len(name) : len(name) + 1]
    return text[: len(name)].casefold() == name.casefold() and not following.isalnum()


def _not_one(rest: str, *, several: bool) -> Words:
    word = _WORD.match(rest)
    name = word.group() if word else rest[:20]
    if several:
        return Words(
            nl=f"Er zijn meer collega’s die {name} heten. Schrijf de hele naam na de @.",
            en=f"More than one colleague is called {name}. Write the whole name after the @.",
        )
    return Words(
        nl=f"Geen collega die deze zaak mag zien, heet {name}. Kies een naam uit de lijst.",
        en=f"No colleague who may see this case is called {name}. Choose a name from the list.",
    )
