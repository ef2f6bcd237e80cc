"""Checks documents of word processors and spreadsheets: no macros, no objects of other programs, no bombs."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, iterparse

from services.forms.scrub.refusals import HarmfulError, ProtectedError, UnreadableError

MOST_PARTS = 5_000
MOST_BYTES = 200_000_000
"""What a document may unfold to; a report of 15 MB with photos unfolds to little more."""

_PIECE = 1_000_000
_HARMFUL = re.compile(
    r".*/vba\w*\.(bin|xml)|.*/(activex|macrosheets|dialogsheets|externallinks)/.*|.*/embeddings/.*\.bin|.*oleobject[^/]*"
    r"|(basic|scripts)/.*|object \d+|.*\.(exe|dll|js|vbs|bat|cmd|lnk|scr)",
    re.IGNORECASE,
)
"""Parts with macros or with what another program made, in Word, Excel and OpenDocument."""

_SCRIPT = "{urn:oasis:names:tc:opendocument:xmlns:script:1.0}"
_ENCRYPTED = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"


def check(source: BinaryIO, target: BinaryIO, /) -> None:
    """Copy the document as it is, when nothing in it can act.

    Raises:
        UnreadableError: it does not open.
        ProtectedError: it asks for a password.
        HarmfulError: it can act, or it unfolds to more than a document should.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            _check_archive(archive)
            for part in archive.infolist():
                _check_part(archive, part)
    except (zipfile.BadZipFile, ParseError, EOFError, OSError, ValueError, NotImplementedError):
        raise UnreadableError from None
    source.seek(0)
    shutil.copyfileobj(source, target)


def _check_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise ProtectedError
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise HarmfulError
    if min(part.header_offset for part in parts) != 0:
        raise HarmfulError  # something stands before the archive: it is also another kind of file
    if any(_HARMFUL.fullmatch(part.filename) for part in parts):
        raise HarmfulError


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unfold the part, which also proves that it is whole; what it says of its size is not believed."""
    left = MOST_BYTES
    with archive.open(part) as opened:
        while piece := opened.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise HarmfulError
    if part.filename.endswith(".rels") and any(map(_reaches_out, _elements(archive, part))):
        raise HarmfulError
    if part.filename == "[Content_Types].xml" and any(map(_is_macro_type, _elements(archive, part))):
        raise HarmfulError
    if part.filename in ("content.xml", "styles.xml") and any(_is_script(each) for each in _elements(archive, part)):
        raise HarmfulError
    if part.filename == "META-INF/manifest.xml" and any(each.tag == _ENCRYPTED for each in _elements(archive, part)):
        raise ProtectedError


def _elements(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[Element]:
    with archive.open(part) as opened:
        for _, element in iterparse(opened, events=("start",)):  # noqa: S314 in a process with a limit on memory and time
            yield element


def _reaches_out(relation: Element) -> bool:
    """A link to click on may lead outside; a template, picture or sheet that is fetched by itself may not."""
    return relation.get("TargetMode", "").lower() == "external" and not relation.get("Type", "").endswith("/hyperlink")


def _is_macro_type(entry: Element) -> bool:
    kind = entry.get("ContentType", "").lower()
    return "macroenabled" in kind or "vbaproject" in kind


def _is_script(element: Element) -> bool:
    return element.tag.startswith(_SCRIPT)
