"""What the actions need to take in files: a record of them, a scanner, a scrubber and a vault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol
from uuid import UUID

from services.forms.domain.files import Scan, StoredFile
from shared.catalogue.definitions import FileType
from shared.clamd import ScannerAwayError as ScannerAwayError  # noqa: PLC0414 the actions know it from here


class RefusedFileError(Exception):
    """A file cannot be made safe; `reason`: one of `scrub.refusals`, or failed, which is our own fault."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it comes in: its name as it was sent, its size, and its content as far as it fitted."""

    name: str
    size: int
    content: BinaryIO


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """What the malware scanner says, and what it calls what it found."""

    scan: Scan
    finding: str = ""


@dataclass(frozen=True, kw_only=True)
class Scrubbed:
    """A file made safe; close `content` afterwards."""

    content: BinaryIO
    kind: FileType


class Scanner(Protocol):
    """Looks for malware."""

    def scan(self, content: BinaryIO) -> Scanned:
        """Judge a file from where it stands.

        Raises:
            ScannerAwayError: nobody can tell now.
        """
        ...

    def answers(self) -> bool:
        """Whether it is there."""
        ...


class Scrubber(Protocol):
    """Makes files safe: pictures without hidden data, documents without what can act."""

    def scrub(self, source: BinaryIO, *, types: tuple[FileType, ...]) -> Scrubbed:
        """The file made safe, told by its content to be of one of these types.

        Raises:
            RefusedFileError: it is of another type, damaged, or does harm.
        """
        ...


class Vault(Protocol):
    """Keeps the content of files."""

    def put(self, source: BinaryIO, *, name: str) -> None:
        """Keep the content under this name. Raises OSError when that fails."""
        ...

    def get(self, name: str) -> BinaryIO:
        """Open the content."""
        ...

    def delete(self, name: str) -> None:
        """Throw the content away."""
        ...

    def link(self, name: str, *, until: datetime) -> str:
        """An address that leads to the content until then."""
        ...


class Files(Protocol):
    """What is known of the files of residents, within the transaction; their content lies in the vault."""

    def add(self, file: StoredFile, *, key_hash: bytes | None = None) -> StoredFile:
        """Keep a file that belongs to nothing yet but a program's key; give the one that has its number already."""
        ...

    def attach(self, file: StoredFile, *, question: str, draft_id: UUID, most: int) -> bool:
        """Add the file to the answer in this draft; False when that has `most`, or the draft is handed in or gone."""
        ...

    def detach(self, file_id: UUID, *, question: str, draft_id: UUID) -> None:
        """Take the file out of the answer; it belongs to nothing when no other answer has it."""
        ...

    def move(self, draft_id: UUID, *, to: UUID) -> None:
        """Give all files of a draft to another one."""
        ...

    def of_key(self, key_hash: bytes) -> Sequence[StoredFile]:
        """The files that a program sent with this key and that went with no form yet."""
        ...

    def send(self, ids: Sequence[UUID], *, reference: str, adviser: str = "") -> Sequence[StoredFile]:
        """Let these files, of an `adviser` outside if one is named, go with the form; give those that may."""
        ...

    def of_form(self, reference: str) -> Sequence[StoredFile]:
        """The files that went with this form or came after it, in the order they came."""
        ...

    def of_adviser(self, adviser: str, *, reference: str) -> Sequence[StoredFile]:
        """The files that this adviser outside added to a case, in the order they came."""
        ...

    def find(self, file_id: UUID) -> StoredFile | None:
        """One file."""
        ...

    def judge(self, file_id: UUID, *, scanned: Scanned) -> str | None:
        """Keep what the scanner says of a file that waited, and take an infected one out of a draft.

        Gives the reference of the form that it went with, if that was told to the case handler's side.
        """
        ...

    def wait_again(self, file_id: UUID) -> bool:
        """Let a file that was set aside wait for the scanner again; False when there is no such file."""
        ...

    def mark_destroyed(self, file_id: UUID, *, by: str, at: datetime) -> str | None:
        """Note that the content of a file that was set aside is destroyed; give its place, if there is such a file."""
        ...
