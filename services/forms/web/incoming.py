"""Takes in requests with files: they go to the disk without a name as they come, and never whole into memory."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from flask import Flask, Request, current_app, request

from services.forms.domain.files import most_bytes, most_files
from shared.catalogue.definitions import Kind, Question
from shared.vault import Vault
from shared.web import BODY_BYTES

_KEY = "balie_files"
MOST_FILES = 10
"""Files of one request that are kept; of any more only the size is noted."""


TOLD_APART = 2
"""So many times what is asked may come, so that a file that is too large gets words of its own."""


@dataclass(frozen=True, kw_only=True)
class FileRoom:
    """Where files lie: in the vault, and in the folder `incoming` until they are taken in."""

    vault: Vault
    incoming: Path


def furnish_files(app: Flask, *, room: FileRoom) -> None:
    """Give the app its room for files."""
    app.extensions[_KEY] = room
    app.request_class = IncomingRequest


def file_room() -> FileRoom:
    """The room for files of the app at work."""
    return cast(FileRoom, current_app.extensions[_KEY])


def is_large() -> bool:
    """Whether this request is larger than any without files."""
    return request.content_length is None or request.content_length > BODY_BYTES


def make_room(asked: Collection[Question]) -> None:
    """Let a large request in for these questions; without any the usual limit stays."""
    sizes = {each.id: most_bytes(each) for each in asked if each.kind is Kind.FILE}
    if sizes:
        most = sum(most_files(each) * sizes[each.id] for each in asked if each.id in sizes)
        request.max_content_length = BODY_BYTES + TOLD_APART * most
        cast(IncomingRequest, request).most_bytes = max(sizes.values())


class IncomingFile:
    """A file as it comes in. Beyond `most` bytes it is only counted: `size` says how large it was."""

    def __init__(self, folder: Path, *, most: int) -> None:
        """Write below this folder, from the first byte on."""
        self._folder = folder
        self._most = most
        self._file: IO[bytes] | None = None
        self.size = 0

    def write(self, piece: bytes) -> int:
        """Take in the next piece."""
        self.size += len(piece)
        if self.size > self._most:
            self._most = 0
            self._drop()
        else:
            self._keep(piece)
        return len(piece)

    def __getattr__(self, name: str) -> Any:
        """Be the file on the disk for whoever reads it."""
        return getattr(self._open(), name)

    def close(self) -> None:
        """Let go of it; a file without a name is gone by that."""
        if self._file:
            self._file.close()

    def _keep(self, piece: bytes) -> None:
        try:
            self._open().write(piece)
        except OSError:  # a full disk: what is missing shows that it was not kept
            self._most = 0
            self._drop()

    def _drop(self) -> None:
        if self._file:
            self._file.seek(0)
            self._file.truncate()

    def _open(self) -> IO[bytes]:
        if self._file is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = _nameless(self._folder)
        return self._file


def _nameless(folder: Path) -> IO[bytes]:
    """A file without a name, and without a buffer: another program may read it from where we stand in it."""
    return tempfile.TemporaryFile(dir=folder, buffering=0)


class IncomingRequest(Request):
    """A request whose files go to the disk; `most_bytes` for each, which a door that expects files raises."""

    most_bytes = BODY_BYTES
    incoming = 0

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 the signature is werkzeug's
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> Any:
        self.incoming += 1
        return IncomingFile(file_room().incoming, most=self.most_bytes if self.incoming <= MOST_FILES else 0)
