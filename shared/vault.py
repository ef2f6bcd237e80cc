"""The vault: files under a name that says nothing, encrypted wherever they lie, and never given when they changed."""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any, BinaryIO, Literal, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.crypto import same, sign
from shared.shelves import Shelf

Way = Literal["save", "show"]
"""What a link is for: saving the file, or showing it in the browser."""

CHUNK = 65_536
"""Bytes that are encrypted together; a file is read and written by so many at a time."""

_MARK = b"balie vault 1\n"
_SALT = 16
_TAG = 16
_NAME = re.compile(r"[0-9a-f]{32,64}")
_SEAL = re.compile(r"(save|show)\.([0-9]{1,11})\.([0-9a-f]{32})")


class MissingFileError(Exception):
    """The vault has no file of this name."""


class DamagedFileError(Exception):
    """The file is no longer what was put into the vault, or was put in under another key."""


def new_name() -> str:
    """Give a name that nobody can guess: 128 random bits in hexadecimal digits."""
    return secrets.token_hex(16)


class Vault:
    """A vault on a shelf; `site` is the address before the links to its files."""

    def __init__(self, shelf: Shelf, *, key: str, site: str = "") -> None:
        """Keep files there, encrypted under this key."""
        self._shelf = shelf
        self._key = key
        self._site = site

    def put(self, source: BinaryIO, *, name: str) -> None:
        """Keep what the source holds from here on, for good before this returns.

        Raises:
            OSError: there is no room or no right to write, or the store is away.
        """
        salt = secrets.token_bytes(_SALT)
        sealed = _sealed(source, cipher=self._cipher(_named(name), salt=salt))
        self._shelf.put(name, chunks=chain([_MARK + salt], sealed))

    def get(self, name: str) -> BinaryIO:
        """Open the file for reading; close it afterwards. Reading raises DamagedFileError where it changed.

        Raises:
            MissingFileError: it was never put, or is gone.
            DamagedFileError: it is no file of this vault.
        """
        try:
            opened = self._shelf.open(_named(name))
        except FileNotFoundError:
            raise MissingFileError(name) from None
        if opened.read(len(_MARK)) != _MARK:
            opened.close()
            raise DamagedFileError(name)
        cipher = self._cipher(name, salt=opened.read(_SALT))
        return cast(BinaryIO, io.BufferedReader(_Unsealing(opened, name=name, cipher=cipher), CHUNK))

    def delete(self, name: str) -> None:
        """Throw the file away; one that is gone already is fine."""
        self._shelf.delete(_named(name))

    def link(self, name: str, *, until: datetime, way: Way = "save") -> str:
        """Give an address that leads to the file until this instant, for whoever has it."""
        end = int(until.timestamp())
        return f"{self._site}/bestanden/{name}/{way}.{end}.{self._seal(name, way=way, end=end)}"

    def admits(self, name: str, *, seal: str, now: datetime) -> Way | None:
        """Tell what the last part of such an address allows now, if anything."""
        found = _SEAL.fullmatch(seal)
        way, end = (cast(Way, found[1]), int(found[2])) if found else ("save", 0)
        right = same(found[3] if found else "", self._seal(name, way=way, end=end))
        return way if right and now.timestamp() < end else None

    def works(self) -> bool:
        """Tell whether something can be put in."""
        return self._shelf.works()

    def _cipher(self, name: str, *, salt: bytes) -> AESGCM:
        """A key for this one file, bound to its name: a file that lies under another name does not open."""
        derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=f"file {name}".encode())
        return AESGCM(derived.derive(self._key.encode()))

    def _seal(self, name: str, *, way: Way, end: int) -> str:
        return sign(f"{self._site} {name} {way} {end}", key=sign("links", key=self._key))[:32]


class _Unsealing(io.RawIOBase):
    """The plain bytes of an encrypted file, checked chunk by chunk before they are given."""

    def __init__(self, sealed: BinaryIO, *, name: str, cipher: AESGCM) -> None:
        self._sealed = sealed
        self._chunks = _chunks(sealed, size=CHUNK + _TAG)
        self._name = name
        self._open: Callable[[bytes, bytes, bytes | None], bytes] = cipher.decrypt
        self._plain = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if not self._plain and (sealed := next(self._chunks, None)):
            chunk, nonce = sealed
            try:
                self._plain = self._open(nonce, chunk, None)
            except InvalidTag:
                raise DamagedFileError(self._name) from None
        given = self._plain[: len(buffer)]
        buffer[: len(given)] = given
        self._plain = self._plain[len(given) :]
        return len(given)

    def close(self) -> None:
        self._sealed.close()
        super().close()


def _sealed(source: BinaryIO, *, cipher: AESGCM) -> Iterator[bytes]:
    for chunk, nonce in _chunks(source, size=CHUNK):
        yield cipher.encrypt(nonce, chunk, None)


def _chunks(source: BinaryIO, *, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Cut a source up; the nonce says which chunk it is and whether it is the last, so that none can be cut off."""
    number, chunk = 0, source.read(size)
    while True:
        following = source.read(size)
        yield chunk, number.to_bytes(11, "big") + (b"\x00" if following else b"\x01")
        if not following:
            return
        number, chunk = number + 1, following


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise MissingFileError(name)
    return name
