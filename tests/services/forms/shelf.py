"""Stand-ins for what keeps and judges files: all in memory."""

# ruff: noqa: ARG002 a fake has the parameters of its port, also those it does not need

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from services.forms.actions.scanning import Watch
from services.forms.domain.files import Scan, StoredFile
from services.forms.domain.later import ADVISED
from services.forms.inbox import open_inbox
from services.forms.links import SiteLinks
from services.forms.ports.files import RefusedFileError, Scanned, ScannerAwayError, Scrubbed
from shared.catalogue.definitions import FileType
from tests.services.forms.files import EICAR

LINKS = SiteLinks(site="http://forms.example", key="a key for tests only")


@dataclass
class FakeVault:
    """Contents by name; a `full` one takes nothing."""

    kept: dict[str, bytes] = field(default_factory=dict)
    full: bool = False

    def put(self, source: BinaryIO, *, name: str) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.kept[name] = source.read()

    def get(self, name: str) -> BinaryIO:
        return io.BytesIO(self.kept[name])

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)

    def link(self, name: str, *, until: datetime) -> str:
        return f"http://forms.example/bestanden/{name}/seal"


@dataclass
class FakeScanner:
    """Knows the EICAR test file, unless it is away."""

    away: bool = False

    def scan(self, content: BinaryIO) -> Scanned:
        if self.away:
            raise ScannerAwayError
        return Scanned(scan=Scan.INFECTED, finding="Eicar") if EICAR in content.read() else Scanned(scan=Scan.CLEAN)

    def answers(self) -> bool:
        return not self.away


@dataclass
class FakeScrubber:
    """Takes everything for a PDF, or refuses everything."""

    refuses: str = ""

    def scrub(self, source: BinaryIO, *, types: tuple[FileType, ...]) -> Scrubbed:
        if self.refuses:
            raise RefusedFileError(self.refuses)
        source.seek(0)
        return Scrubbed(content=io.BytesIO(b"clean " + source.read()), kind=FileType.PDF)


@dataclass
class FakeFiles:
    """What is known of files; `memory` holds the drafts that they belong to."""

    memory: Any = None
    files: dict[UUID, StoredFile] = field(default_factory=dict)
    owners: dict[UUID, object] = field(default_factory=dict)

    def copy(self) -> FakeFiles:
        return replace(self, files=dict(self.files), owners=dict(self.owners))

    def add(self, file: StoredFile, *, key_hash: bytes | None = None) -> StoredFile:
        if file.id not in self.files:
            self.files[file.id], self.owners[file.id] = file, key_hash
        return self.files[file.id]

    def attach(self, file: StoredFile, *, question: str, draft_id: UUID, most: int) -> bool:
        key, draft = self.memory.draft_by_id(draft_id)
        known = draft.answers.get(question, [])
        if len(known) >= most:
            return False
        answers = {**draft.answers, question: [*known, file.answer]}
        self.memory.drafts[key] = replace(draft, answers=answers, revision=draft.revision + 1)
        self.owners[file.id] = draft_id
        return True

    def detach(self, file_id: UUID, *, question: str, draft_id: UUID) -> None:
        key, draft = self.memory.draft_by_id(draft_id)
        left = [one for one in draft.answers.get(question, []) if one["id"] != str(file_id)]
        self.memory.drafts[key] = replace(draft, answers={**draft.answers, question: left})
        self.owners[file_id] = None

    def move(self, draft_id: UUID, *, to: UUID) -> None:
        self.owners = {number: to if owner == draft_id else owner for number, owner in self.owners.items()}

    def of_key(self, key_hash: bytes) -> Sequence[StoredFile]:
        return self.of(key_hash)

    def send(self, ids: Sequence[UUID], *, reference: str, adviser: str = "") -> Sequence[StoredFile]:
        self.owners.update(dict.fromkeys(ids, reference))
        return [self.files[number] for number in ids]

    def of_form(self, reference: str) -> Sequence[StoredFile]:
        return self.of(reference)

    def of_adviser(self, adviser: str, *, reference: str) -> Sequence[StoredFile]:
        return [file for file in self.of(reference) if file.question == ADVISED.id]

    def find(self, file_id: UUID) -> StoredFile | None:
        return self.files.get(file_id)

    def judge(self, file_id: UUID, *, scanned: Scanned) -> str | None:
        self.files[file_id] = replace(self.files[file_id], scan=scanned.scan, finding=scanned.finding)
        owner = self.owners[file_id]
        return owner if isinstance(owner, str) else None

    def wait_again(self, file_id: UUID) -> bool:
        file = self.files.get(file_id)
        if file is None or not file.refused:
            return False
        self.files[file_id] = replace(file, scan=Scan.WAITING)
        return True

    def mark_destroyed(self, file_id: UUID, *, by: str, at: datetime) -> str | None:
        file = self.files.get(file_id)
        return file.place if file and file.refused else None

    def of(self, owner: object) -> list[StoredFile]:
        return [file for number, file in self.files.items() if self.owners[number] == owner]


inbox = open_inbox(Watch(vault=FakeVault(), scanner=FakeScanner()), links=LINKS)
"""The door for facts, over stand-ins."""
