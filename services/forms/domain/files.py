"""A file that a resident adds: what it is called, what it may be, and how far we know that it is safe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from shared.catalogue.definitions import FileType, Kind, Question
from shared.events import SentFile, Words

MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.JPG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.ODT: "application/vnd.oasis.opendocument.text",
}
LONGEST_NAME = 120
MEGABYTE = 1_000_000

_ENDINGS = {FileType.JPG: ("jpg", "jpeg")}
_NAMELESS = "bestand"
_FORBIDDEN = '<>:"/\\|?*'


class Scan(StrEnum):
    """What the malware scanner says; `unscanned`: there is no scanner here, `unjudged`: it could not judge the file."""

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    UNSCANNED = "unscanned"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file in the vault under the name `place`; `type` is its media type, `finding` what the scanner called it."""

    id: UUID
    place: str
    product: str
    question: str
    name: str
    type: str
    bytes: int
    sha256: str
    scan: Scan
    finding: str
    at: datetime

    @property
    def opens(self) -> bool:
        """Whether it may be handed out: what waits for the scanner, failed it or puzzled it stays shut."""
        return self.scan in (Scan.CLEAN, Scan.UNSCANNED)

    @property
    def refused(self) -> bool:
        """Whether the scanner found something in it."""
        return self.scan is Scan.INFECTED

    @property
    def answer(self) -> dict[str, Any]:
        """The file as it stands in an answer."""
        return {
            "id": str(self.id),
            "name": self.name,
            "type": self.type,
            "bytes": self.bytes,
            "sha256": self.sha256,
        }


def endings(kind: FileType) -> tuple[str, ...]:
    """How the names of such files end."""
    return _ENDINGS.get(kind, (kind.value,))


def accepted(question: Question) -> str:
    """What a browser offers to choose for this question: ".pdf,.jpg,.jpeg"."""
    return ",".join(f".{ending}" for kind in question.types for ending in endings(kind))


def most_files(question: Question) -> int:
    """How many files a question takes."""
    return int(question.maximum or 1)


def most_bytes(question: Question) -> int:
    """How large each file of a question may be."""
    return (question.max_mb or 0) * MEGABYTE


def fits(file: StoredFile, *, question: Question) -> bool:
    """Whether a file that is kept already answers this question too."""
    kinds = {MEDIA_TYPES[kind] for kind in question.types}
    return file.type in kinds and file.bytes <= most_bytes(question) and not file.refused


def take_along(
    questions: Iterable[Question], *, answers: Mapping[str, Any], files: Iterable[StoredFile]
) -> dict[str, Any]:
    """Answers that go to another form, with those of their files that it takes too, as they are kept."""
    known = {str(file.id): file for file in files}
    whole = dict(answers)
    for question in questions:
        if question.kind is Kind.FILE and question.id in whole:
            found = [known[one["id"]] for one in whole[question.id] if one["id"] in known]
            whole[question.id] = [file.answer for file in found if fits(file, question=question)]
    return whole


def sent_file(file: StoredFile, *, question: str) -> SentFile:
    """The file as the case handler's side gets it, at this question."""
    return SentFile(
        id=file.id,
        question=question,
        name=file.name,
        type=file.type,
        bytes=file.bytes,
        sha256=file.sha256,
        place=file.place,
        scan=file.scan.value,
    )


def tidy_name(name: str, *, kind: FileType) -> str:
    """The name without folders, signs that steer a terminal or page, and with the ending of what it is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(each for each in last if unicodedata.category(each)[0] != "C" and each not in _FORBIDDEN)
    stem, _, ending = shown.strip(" .").rpartition(".")
    if ending.lower() in endings(kind) and stem:
        return f"{_short(stem)}.{ending.lower()}"
    known = {each for one in FileType for each in endings(one)}
    bare = stem if ending.lower() in known else shown
    return f"{_short(bare)}.{kind.value}"


def kept_name(name: str, *, question: Question, number: UUID) -> str:
    """The name under which a file is kept: one that answers a sensitive question may tell too much by its own."""
    if question.sensitive is None:
        return name
    ending = name.rpartition(".")[2]
    return f"{_NAMELESS}-{number.hex[-4:]}.{ending}"


def shown_name(name: str) -> str:
    """A name as a message may repeat it, before we know what the file is."""
    last = re.split(r"[/\\]", name)[-1]
    return _short("".join(each for each in last if unicodedata.category(each)[0] != "C"))


def types_text(question: Question) -> Words:
    """The types that a question takes: "pdf, jpg of png"."""
    names = [each.value for each in question.types]
    first, last = ", ".join(names[:-1]), names[-1]
    return Words(nl=f"{first} of {last}", en=f"{first} or {last}") if first else Words(nl=last, en=last)


def _short(stem: str) -> str:
    clean = " ".join(stem.split()).strip(" .")
    return clean[:LONGEST_NAME].strip(" .") or _NAMELESS
