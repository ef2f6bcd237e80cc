"""Lays letters ready for the print room: each a PDF, its row in the table of the day, and a manifest."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from codecs import BOM_UTF8
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Final, Protocol

from services.notify.ports import PaperLetter, RefusedError, UnreachableError
from services.notify.reports import table_of
from shared.law.calendar import local_date

MOST_LINES: Final = 7
"""Lines of an address in the window."""
COLUMNS: Final = (
    *("id", "file", "sha256", "kind", "reference", "postage"),
    *(f"line_{number}" for number in range(1, MOST_LINES + 1)),
)


class Place(Protocol):
    """A folder that the print room empties."""

    def visit(self) -> AbstractContextManager[Lying]:
        """Give what lies there; this and each verb raise OSError while it takes nothing."""


class Lying(Protocol):
    """What lies in the folder."""

    def read(self, name: str) -> bytes | None:
        """Give what lies there by this name."""

    def write(self, name: str, content: bytes, /) -> None:
        """Lay it there whole or not at all, in the place of what had the name."""

    def add(self, name: str, line: bytes, /, *, head: bytes) -> None:
        """Add a line to a table, which begins with `head`; several processes may do so at once."""


class PrintRoom:
    """Letters in one place (the port `Tray`); their names say nothing. None is a municipality without a print room."""

    def __init__(self, place: Place | None) -> None:
        """Lay letters in this place."""
        self._place = place

    @property
    def name(self) -> str:
        """Tell which system outside it is."""
        return "print room"

    def put(self, letter: PaperLetter) -> None:
        """Lay the PDF there, add its row to the table of the day, and then lay its manifest: what has one is whole.

        The table is for mail merge: one row a letter, its address in columns. A letter of a later round has a row of
        its own, by the same id. After a crash in between a letter stands there twice too: the last row has its SHA-256.

        Raises:
            RefusedError: there is no print room.
            UnreachableError: the place takes nothing now.
        """
        if self._place is None:
            raise RefusedError("PRINT_FOLDER is not set: nothing can go by post")
        sha256 = hashlib.sha256(letter.pdf).hexdigest()
        manifest = {
            "id": str(letter.id),
            "file": f"{letter.id}.pdf",
            "sha256": sha256,
            "kind": letter.kind,
            "reference": letter.reference,
            "addressee": list(letter.addressee),
            "madeAt": letter.made_at.isoformat(),
            **({"postage": letter.postage} if letter.postage else {}),
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        try:
            with self._place.visit() as there:
                there.write(f"{letter.id}.pdf", letter.pdf)
                laid = there.read(f"{letter.id}.json")
                if laid is None or json.loads(laid)["sha256"] != sha256:
                    line = table_of(_row(letter, sha256=sha256)).removeprefix(BOM_UTF8)
                    there.add(f"letters-{local_date(letter.made_at)}.csv", line, head=table_of(COLUMNS))
                there.write(f"{letter.id}.json", text.encode())
        except OSError as error:
            raise UnreachableError(type(error).__name__) from error


class Folder:
    """A folder of this machine, and what lies in it (the ports `Place` and `Lying`)."""

    def __init__(self, folder: Path) -> None:
        """Lay things in this folder, which need not be there yet."""
        self._folder = folder

    def visit(self) -> AbstractContextManager[Lying]:
        """Whoever works here is there already."""
        return nullcontext(self)

    def read(self, name: str) -> bytes | None:
        """Give what lies there by this name."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes, /) -> None:
        """Write it under another name first."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._folder / f".{name}.new"
        with fresh.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        fresh.replace(self._folder / name)

    def add(self, name: str, line: bytes, /, *, head: bytes) -> None:
        """Add a line; several processes take turns."""
        with (self._folder / name).open("ab") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX)
            opened.seek(0, os.SEEK_END)
            opened.write(line if opened.tell() else head + line)
            opened.flush()
            os.fsync(opened.fileno())


def _row(letter: PaperLetter, *, sha256: str) -> list[str]:
    address = [*letter.addressee[:MOST_LINES], *[""] * (MOST_LINES - len(letter.addressee))]
    return [str(letter.id), f"{letter.id}.pdf", sha256, letter.kind, letter.reference, letter.postage or "", *address]
