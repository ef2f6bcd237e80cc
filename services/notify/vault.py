"""The vault: files on disk, kept under their own content's hash, so that none can be changed unseen."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path


class MissingFileError(Exception):
    """The vault has no file with this hash."""


class DamagedFileError(Exception):
    """The file is no longer what was put into the vault."""


class DiskVault:
    """A vault in a folder (the port `Vault`)."""

    def __init__(self, folder: Path) -> None:
        """Keep files below this folder, which is made when the first one comes."""
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the content for good, on disk before this returns; give its SHA-256 in hexadecimal digits."""
        sha256 = hashlib.sha256(content).hexdigest()
        place = self._place(sha256)
        if place.exists():
            return sha256
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = place.with_suffix(f".{secrets.token_hex(8)}")
        try:
            _write_through(unfinished, content=content)
            unfinished.rename(place)
        finally:
            unfinished.unlink(missing_ok=True)
        _sync_folder(place.parent)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Give the content.

        Raises:
            MissingFileError: it was never put, or is gone.
            DamagedFileError: it changed on disk.
        """
        try:
            content = self._place(sha256).read_bytes()
        except FileNotFoundError:
            raise MissingFileError(sha256) from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedFileError(sha256)
        return content

    def works(self) -> bool:
        """Tell whether something can be put in."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.access(self._folder, os.W_OK | os.X_OK)

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def _write_through(file: Path, *, content: bytes) -> None:
    with file.open("xb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _sync_folder(folder: Path) -> None:
    """Bring the new name itself to disk: without it a power cut loses the file that was synced."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
