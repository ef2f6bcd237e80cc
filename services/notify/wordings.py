"""Reads the texts of messages from the catalogue, and says where in one something is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from services.notify.domain.messages import Kind, Message
from services.notify.domain.templating import PLACEHOLDER, holes_of
from services.notify.domain.wording import CLOSING, COUNTED, NAMES, Said, Wording, allowed_in
from services.notify.table import OWN, ROOM
from shared.catalogue.check.plain import complaints
from shared.catalogue.faults import Fault, FaultyCatalogueError, Place, nearest_name
from shared.catalogue.nodes import Entry, Text, Written
from shared.log import logger

TEXTS: Final = (*map(str, Kind), CLOSING)
"""The names of all texts."""
_HOLE: Final = re.compile(r"\(\([^()?]+\)\)")
_MARKS: Final = re.compile(r"\]\([^)]*\)|\(\([^()?]+\?\?|\)\)|[\[\]]")


@dataclass(frozen=True, kw_only=True)
class Examined:
    """A text that was read: itself, unless it has faults, and what is not plain about its Dutch (B1)."""

    wording: Wording | None
    faults: tuple[Fault, ...]
    hints: tuple[Fault, ...]


def standing_wordings(folder: Path) -> Mapping[str, str]:
    """Give each text as it stands in a municipality's own catalogue; what is missing or wrong there, the software's.

    Raises:
        FaultyCatalogueError: one of the software's own has faults.
    """
    return {name: _standing(name, folder=folder) for name in TEXTS}


class FolderWordings:
    """The texts of a folder, as `standing_wordings`, of which nothing is kept (the port `Wordings`)."""

    def __init__(self, folder: Path) -> None:
        """Read them all."""
        self._wordings = {name: wording_of(text, name=name) for name, text in standing_wordings(folder).items()}

    def of(self, message: Message) -> tuple[Wording, Wording]:
        """Give the text of this message and the one that closes it."""
        return self.named(message.kind), self.named(CLOSING)

    def named(self, name: str) -> Wording:
        """Give the text of this name."""
        return self._wordings[name]


def wording_of(content: str, *, name: str) -> Wording:
    """Read a text.

    Raises:
        FaultyCatalogueError: with every fault found.
    """
    examined = examine_wording(content, name=name)
    if examined.wording is None:
        raise FaultyCatalogueError(examined.faults)
    return examined.wording


def examine_wording(content: str, *, name: str) -> Examined:
    """Read a text and look at it; nothing is raised."""
    faults: list[Fault] = []
    written: list[Written] = []
    entry = Text(file=f"{ROOM}/{name}.yaml", faults=faults, written=written).open(content)
    wording = _wording(entry, name=name) if entry else None
    return Examined(
        wording=None if faults else wording,
        faults=tuple(faults),
        hints=tuple(
            Fault(place=each.place_within(at=at), sentence=sentence, nearest=nearest)
            for each in written
            for at, sentence, nearest in complaints(replace(each, text=_as_read(each.text)))
        ),
    )


def unknown_holes(text: str, *, name: str) -> Iterator[tuple[str, str | None]]:
    """Name the holes that the text of this name cannot have, each with the nearest that it can."""
    allowed, known = allowed_in(name), [*NAMES, *(COUNTED if name == Kind.MORNING else ())]
    for hole in holes_of(text):
        if hole.key not in allowed:
            yield hole.name, nearest_name(hole.name, among=known)


def half_hole(text: str) -> bool:
    """Tell whether double brackets stand in a text that open or close no hole."""
    rest = PLACEHOLDER.sub("", text)
    return "((" in rest or "))" in rest


def plain_complaints(text: str) -> Iterator[str]:
    """Say what is not plain about a Dutch text with holes (B1)."""
    nowhere = partial(Place, file="")
    for _, sentence, _ in complaints(Written(key="mail", text=_as_read(text), place_within=nowhere)):
        yield sentence


def _standing(name: str, *, folder: Path) -> str:
    own = folder / ROOM / f"{name}.yaml"
    if folder != OWN and own.is_file():
        content = own.read_text(encoding="utf-8")
        examined = examine_wording(content, name=name)
        if not examined.faults:
            return content
        logger.error("text_with_faults", name=name, faults=str(FaultyCatalogueError(examined.faults)))
    content = (OWN / ROOM / f"{name}.yaml").read_text(encoding="utf-8")
    wording_of(content, name=name)
    return content


def _wording(entry: Entry, *, name: str) -> Wording:
    dutch, english = _said(entry.entry("nl"), name=name, read=Entry.dutch), _said(entry.entry("en"), name=name)
    entry.close()
    return Wording(nl=dutch, en=english)


def _said(entry: Entry | None, *, name: str, read: Callable[[Entry, str], str] = Entry.text) -> Said:
    if entry is None:
        return Said(subject="", mail="")
    said = Said(
        subject="" if name == CLOSING else read(entry, "subject"),
        mail=read(entry, "mail"),
        letter=read(entry, "letter") if entry.has("letter") else None,
    )
    entry.close()
    for key in ("subject", "mail", "letter"):
        _check_holes(getattr(said, key) or "", key=key, entry=entry, name=name)
    return said


def _check_holes(text: str, *, key: str, entry: Entry, name: str) -> None:
    for hole, nearest in unknown_holes(text, name=name):
        entry.fault(f"(({hole})) is no name that can be filled.", key=key, nearest=nearest)
    if half_hole(text):
        entry.fault("Here is '((' or '))' that does not belong to a name.", key=key)


def _as_read(text: str) -> str:
    """The text as a reader's eyes see it, sign for sign: a hole is one word, its marks are none, a paragraph ends."""
    seen = _MARKS.sub(lambda match: " " * len(match[0]), _HOLE.sub(lambda match: "x" * len(match[0]), text))
    return seen.replace("\n\n", ".\n")
