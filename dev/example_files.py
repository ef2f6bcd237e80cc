"""Files to go with the invented applications: one sheet with the file's name on it, as PDF, picture or document."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Mapping

from PIL import Image, ImageDraw

SIZE = (1000, 700)
_TIMELESS = dict.fromkeys(("creationDate", "modDate"), time.gmtime(0))
"""The same sheet is the same file tomorrow, so that an example that was sent before is known again."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def example_file(name: str, *, media_type: str) -> bytes:
    """A file of this type that says its own name; raises KeyError for a type that residents cannot send."""
    return _WRITERS[media_type](name)


def _drawn(kind: str) -> Callable[[str], bytes]:
    def draw(name: str) -> bytes:
        sheet = Image.new("RGB", SIZE, "white")
        pen = ImageDraw.Draw(sheet)
        pen.rectangle((40, 40, SIZE[0] - 40, SIZE[1] - 40), outline="black", width=3)
        pen.rectangle((160, 260, 420, 560), outline="teal", width=6)
        pen.line((40, 600, SIZE[0] - 40, 600), fill="gray", width=4)
        pen.text((80, 80), f"Voorbeeld: {name}", fill="black", font_size=36)
        written = io.BytesIO()
        sheet.save(written, kind, **(_TIMELESS if kind == "PDF" else {}))
        return written.getvalue()

    return draw


def _docx(name: str) -> bytes:
    return _archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>Voorbeeld: {name}</w:t></w:r>'
            "</w:p></w:body></w:document>",
        }
    )


def _odt(name: str) -> bytes:
    return _archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_ODF}:manifest:1.0"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.text"/></m:manifest>',
            "content.xml": f'<o:document-content xmlns:o="{_ODF}:office:1.0" xmlns:t="{_ODF}:text:1.0"><o:body>'
            f"<o:text><t:p>Voorbeeld: {name}</t:p></o:text></o:body></o:document-content>",
        }
    )


def _archive(parts: Mapping[str, str]) -> bytes:
    """A zip whose first part is not packed, as OpenDocument wants; the same parts are the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as opened:
        for number, (name, content) in enumerate(parts.items()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED
            opened.writestr(entry, content)
    return written.getvalue()


_WRITERS: Mapping[str, Callable[[str], bytes]] = {
    "application/pdf": _drawn("PDF"),
    "image/jpeg": _drawn("JPEG"),
    "image/png": _drawn("PNG"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _docx,
    "application/vnd.oasis.opendocument.text": _odt,
}
