"""Tells what a file is by its content; its name is never believed."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from services.forms.scrub.refusals import PhonePhotoError, ProtectedError, UnreadableError

_HEAD = 1024
_MAGIC = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"%PDF-", "pdf"))
_BLANK = b"\xef\xbb\xbf\x00\t\n\r "
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = b"application/vnd.oasis.opendocument.text"
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
"""Brands of a picture in the container of films (ISO/IEC 23008-12), which stand after its size and `ftyp`."""

_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def recognise(source: BinaryIO) -> str | None:
    """Give pdf, jpg, png, docx, xlsx or odt; None for anything else.

    Raises:
        ProtectedError: it is an office document that asks for a password.
        UnreadableError: it begins as an office document, and ends too soon.
        PhonePhotoError: it is a photo as telephones keep it.
    """
    source.seek(0)
    head = source.read(_HEAD)
    for magic, kind in _MAGIC:
        if head.startswith(magic) or (kind == "pdf" and head.lstrip(_BLANK).startswith(magic)):
            return kind
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        raise PhonePhotoError
    if head.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in head + source.read():
        raise ProtectedError  # Word and Excel wrap a document with a password in their old container
    return _office_kind(source, head=head) if head.startswith(b"PK\x03\x04") else None


def _office_kind(source: BinaryIO, *, head: bytes) -> str | None:
    try:
        with zipfile.ZipFile(source) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise UnreadableError from None
    if head[30:].startswith(b"mimetype" + _ODT) and "content.xml" in names:
        return "odt"
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
