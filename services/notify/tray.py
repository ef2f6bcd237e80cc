"""The folder from which the print room takes letters: each a PDF, its row in the table of the day, and a manifest."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from codecs import BOM_UTF8
from pathlib import Path
from typing import Final

from services.notify.ports import PaperLetter, RefusedError, UnreachableError
from services.notify.reports import table_of
from shared.law.calendar import local_date

MOST_LINES: Final = 7
"""Lines of an address in the window."""
COLUMNS: Final = (
    *("id", "file", "sha256", "kind", "reference", "postage"),
    *(f"line_{number}" for number in range(1, MOST_LINES + 1)),
)


class PrintFolder:
    """Letters in one folder (the port `Tray`); their names say nothing. None is a municipality without a print room."""

    def __init__(self, folder: Path | None) -> None:
        """Lay letters in this folder."""
        self._folder = folder

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
            UnreachableError: the folder takes nothing now.
        """
        if self._folder is None:
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
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(f"{letter.id}.pdf", letter.pdf)
            if self._laid(f"{letter.id}.json") != sha256:
                self._list(letter, sha256=sha256)
            self._write(f"{letter.id}.json", text.encode())
        except OSError as error:
            raise UnreachableError(type(error).__name__) from error

    def _laid(self, name: str) -> str | None:
        """Give the SHA-256 in a manifest that lies there already."""
        try:
            laid = json.loads((self._folder or Path()).joinpath(name).read_bytes())
        except FileNotFoundError:
            return None
        return str(laid["sha256"])

    def _list(self, letter: PaperLetter, *, sha256: str) -> None:
        """Add a row to the table of the day; several processes take turns."""
        address = [*letter.addressee[:MOST_LINES], *[""] * (MOST_LINES - len(letter.addressee))]
        name = f"{letter.id}.pdf"
        row = [str(letter.id), name, sha256, letter.kind, letter.reference, letter.postage or "", *address]
        table = (self._folder or Path()) / f"letters-{local_date(letter.made_at)}.csv"
        with table.open("ab") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX)
            opened.seek(0, os.SEEK_END)
            begins = opened.tell() == 0
            opened.write(table_of(COLUMNS, lines=[row]) if begins else table_of(row).removeprefix(BOM_UTF8))
            opened.flush()
            os.fsync(opened.fileno())

    def _write(self, name: str, content: bytes) -> None:
        """Write it whole or not at all."""
        folder = self._folder or Path()
        fresh = folder / f".{name}.new"
        with fresh.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        fresh.replace(folder / name)
