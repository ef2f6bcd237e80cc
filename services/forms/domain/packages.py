"""A product as a zip: packed to take along, unpacked with distrust."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from services.forms.domain.working import LONGEST_FILE, MOST_FILES, UnfitTextError, check_files

MOST_BYTES: Final = 4_000_000
"""Of all texts together once unpacked: ten times the whole catalogue."""

_FORM: Final = "form.yaml"
_ALWAYS: Final = (1980, 1, 1, 0, 0, 0)


def pack(files: Mapping[str, str], *, folder: str) -> bytes:
    """Put the texts in a folder in a zip; the same texts always give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", _ALWAYS), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def unpack(content: bytes) -> dict[str, str]:
    """Give the texts of a product in a zip by relative path, out of the one folder that they may lie in.

    Raises:
        UnfitTextError: as `texts_in`; or a file that has no place in a product.
    """
    return check_files(_out_of_folder(texts_in(content)))


def texts_in(content: bytes) -> dict[str, str]:
    """Give the texts in a zip by path. Nothing is written anywhere, and no more is unpacked than a product can have.

    Raises:
        UnfitTextError: no zip, too large, locked, no text, or a path out of the folder.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_noise(entry.filename)]
            _check_entries(entries)
            texts = {entry.filename: _text(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise UnfitTextError("no_zip") from error
    if not texts:
        raise UnfitTextError("empty")
    return texts


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise UnfitTextError("many")
    if len({entry.filename for entry in entries}) != len(entries):
        raise UnfitTextError("twice")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise UnfitTextError("large")
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
            raise UnfitTextError("path", name=entry.filename)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise UnfitTextError("link", name=entry.filename)
        if entry.flag_bits & 1:
            raise UnfitTextError("locked", name=entry.filename)


def _text(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """Read no further than a text may be long, whatever size the zip promises."""
    most = 4 * LONGEST_FILE
    with archive.open(entry) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise UnfitTextError("long", name=entry.filename)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitTextError("no_text", name=entry.filename) from None


def _out_of_folder(texts: Mapping[str, str]) -> dict[str, str]:
    """Take the folder off, when all texts lie in one and none of the product's own files lies outside it.

    Raises:
        UnfitTextError: the product lies in a folder, and this file beside it.
    """
    folder = next((name.removesuffix(_FORM) for name in texts if name.endswith(f"/{_FORM}")), None)
    if folder and _FORM not in texts and (beside := [name for name in texts if not name.startswith(folder)]):
        raise UnfitTextError("name", name=beside[0])
    tops = {name.partition("/")[0] for name in texts}
    if len(tops) == 1 and all("/" in name for name in texts) and not tops & {"cases", "letters"}:
        return {name.partition("/")[2]: text for name, text in texts.items()}
    return dict(texts)


def _is_noise(name: str) -> bool:
    """What a computer puts in a zip by itself, such as .DS_Store."""
    return any(part.startswith(".") and part != ".." for part in name.split("/")) or name.startswith("__MACOSX/")
