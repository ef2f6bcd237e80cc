"""Files as residents send them: real ones of every type, and those that mean harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
GPS_PLACE = (52.0, 9.0, 22.0)
MACRO_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    "</Types>"
)
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    """A picture, red on the left and blue on the right."""
    drawn = Image.new("RGB", size, "blue")
    drawn.paste("red", (0, 0, size[0] // 2, size[1]))
    written = io.BytesIO()
    drawn.convert(mode).save(written, kind, **options)
    return written.getvalue()


def phone_photo(*, lying: bool = True) -> bytes:
    """A photo as a telephone takes it: with the place, the maker, and (`lying`) turned a quarter."""
    exif = Image.Exif()
    exif[0x010F] = "Voorbeeldtelefoon"
    exif[0x0112] = 6 if lying else 1
    exif.get_ifd(0x8825).update({1: "N", 2: GPS_PLACE, 3: "E", 4: (5.0, 23.0, 16.0)})
    return picture(exif=exif, comment=b"Noor was here")


def png_bomb(side: int = 30_000) -> bytes:
    """A few hundred bytes that say they unfold to a picture of `side` by `side`."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(*, pages: int = 1, root: Mapping[str, Any] | None = None, page: Mapping[str, Any] | None = None) -> bytes:
    """A PDF with so many pages; what is given goes into its root or its first page."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    for key, value in (root or {}).items():
        made.Root[key] = made.make_indirect(value) if isinstance(value, Dictionary) else value
    for key, value in (page or {}).items():
        made.pages[0].obj[key] = value
    return _written(made)


def script() -> Dictionary:
    """An action that runs JavaScript."""
    return Dictionary(S=Name.JavaScript, JS="app.alert('hello')")


def pdf_with_attachment() -> bytes:
    """A PDF with a file inside."""
    made = pikepdf.new()
    made.add_blank_page()
    made.attachments["program.exe"] = b"MZ program"
    return _written(made)


def pdf_with_password(*, user: str = "geheim") -> bytes:
    """A PDF that asks for a password before it opens, or (`user` empty) only before it is changed."""
    made = pikepdf.new()
    made.add_blank_page()
    return _written(made, encryption=pikepdf.Encryption(owner="eigenaar", user=user))


def signed_pdf(*, root: Mapping[str, Any] | None = None) -> bytes:
    """A PDF with a signature field that has a value; the signature itself is of no one."""
    made = pikepdf.new()
    made.add_blank_page()
    seal = made.make_indirect(Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=b"x" * 20))
    made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(Dictionary(FT=Name.Sig, V=seal, T="s"))]))
    for key, value in (root or {}).items():
        made.Root[key] = value
    return _written(made)


def pdf_bomb(size: int = 1_500_000_000) -> bytes:
    """A PDF of some megabytes whose root stands in a list of objects that unfolds to `size` bytes."""
    packer, piece = zlib.compressobj(1), b"\0" * 50_000_000
    packed = [packer.compress(b"1 0 << /Type /Catalog >>")]
    packed += [packer.compress(piece) for _ in range(size // len(piece))]
    inside = b"".join([*packed, packer.flush()])
    made = b"%PDF-1.5\n"
    listed = len(made)
    made += b"2 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >> stream\n" % len(inside)
    made += inside + b"\nendstream endobj\n"
    table = struct.pack(">BIHBIHBIHBIH", 0, 0, 65535, 2, 2, 0, 1, listed, 0, 1, len(made), 0)
    found = len(made)
    made += b"3 0 obj << /Type /XRef /Size 4 /W [1 4 2] /Root 1 0 R /Length %d >> stream\n" % len(table)
    return made + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % found


def office(
    kind: str = "docx",
    *,
    extra: Mapping[str, str | bytes] | None = None,
    plain: Mapping[str, bytes] | None = None,
    types: str = _TYPES,
) -> bytes:
    """A Word, Excel or OpenDocument file with only what makes it one; `extra` parts on top, `plain` ones not packed."""
    parts: dict[str, str | bytes] = {
        "docx": {"[Content_Types].xml": types, "word/document.xml": "<document/>"},
        "xlsx": {"[Content_Types].xml": types, "xl/workbook.xml": "<workbook/>"},
        "odt": {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<content/>"},
    }[kind]
    return archive({**parts, **(extra or {})}, plain=plain or {})


def relations(kind: str, *, target: str = "http://elders.example/x") -> str:
    """The relations of a document, with one that leads outside."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )


def odt_script() -> str:
    """The content of a text document that calls a macro when it opens."""
    return f'<c xmlns:script="{_ODF}:script:1.0"><script:event-listener script:event-name="dom:load"/></c>'


def odt_manifest() -> str:
    """The list of parts of a text document with a password."""
    return f'<m xmlns:manifest="{_ODF}:manifest:1.0"><manifest:encryption-data/></m>'


def archive(parts: Mapping[str, str | bytes], *, plain: Mapping[str, bytes] | None = None) -> bytes:
    """A zip with these parts; the first is not packed, as OpenDocument wants, nor are the `plain` ones."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for number, (name, content) in enumerate(parts.items()):
            opened.writestr(name, content, zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED)
        for name, content in (plain or {}).items():
            opened.writestr(name, content, zipfile.ZIP_STORED)
    return written.getvalue()


@cache
def zip_bomb(size: int = 300_000_000) -> bytes:
    """A Word document of some hundreds of kilobytes that unfolds to `size` bytes."""
    return office(extra={"word/media/image1.bmp": b"\0" * size})


def old_office(*, password: bool = False) -> bytes:
    """The beginning of a file in the container of Word 97; newer Word puts a document with a password into it."""
    inside = "EncryptedPackage".encode("utf-16-le") if password else b"WordDocument"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + inside + b"\0" * 2000


def _written(made: pikepdf.Pdf, **options: Any) -> bytes:
    written = io.BytesIO()
    made.save(written, **options)
    return written.getvalue()
