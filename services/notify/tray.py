"""The folder from which the print room takes letters: each a PDF, and then a manifest that says what it is."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from services.notify.ports import PaperLetter, RefusedError, UnreachableError


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
        """Lay the PDF there and then its manifest: what has a manifest is whole.

        Raises:
            RefusedError: there is no print room.
            UnreachableError: the folder takes nothing now.
        """
        if self._folder is None:
            raise RefusedError("PRINT_FOLDER is not set: nothing can go by post")
        manifest = {
            "id": str(letter.id),
            "file": f"{letter.id}.pdf",
            "sha256": hashlib.sha256(letter.pdf).hexdigest(),
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
            self._write(f"{letter.id}.json", text.encode())
        except OSError as error:
            raise UnreachableError(type(error).__name__) from error

    def _write(self, name: str, content: bytes) -> None:
        """Write it whole or not at all."""
        folder = self._folder or Path()
        fresh = folder / f".{name}.new"
        with fresh.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        fresh.replace(folder / name)
