"""Turns a composed page into a PDF that lasts and that everyone can read: PDF/A-3a and PDF/UA-1 in one file."""

from __future__ import annotations

import atexit
import gc
import io
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from shared.letters.letters import ASSETS, load_templates
from shared.letters.squares import Pictures

if TYPE_CHECKING:
    from weasyprint import CSS, HTML
    from weasyprint.css import ColorProfile
    from weasyprint.pdf.metadata import DocumentMetadata
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

VARIANT: Final = "pdf/a-3a"
BASE: Final = "https://letters.invalid/"
"""The address under which our own assets are known; `.invalid` exists nowhere (RFC 2606)."""

_COLOURS: Final = "sRGB2014"

_ONE_AT_A_TIME: Final = threading.Lock()
"""Pango's fonts, which all letters share, are not made for several threads at once."""

_POSTCODE: Final = re.compile(r"(?<=\b\d{4}) (?=[A-Z]{2}\b)")
"""The space in a postcode, which no line may break."""
_BEFORE_A_PART: Final = re.compile(r"(?<=[^\s>]) (?=<(?:span|strong|em|a)\b)")
"""Such a space stands apart: where all text before it fits but not it, WeasyPrint 70.0 breaks after the first word."""
_WORD_JOINER = b"<2060>"
_NOTES: Final = re.compile(r"^::(?:foot)?note-.*\n", re.MULTILINE)

_UA_ONE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""
"""The mark of PDF/UA-1, with the schema that PDF/A wants for a property it does not know itself."""


@dataclass(frozen=True, kw_only=True)
class PdfAttachment:
    """A file inside the PDF, its kind told by its name; `relationship` is one of ISO 19005-3 (Data, Source)."""

    name: str
    content: bytes
    description: str
    relationship: str = "Data"


class ForeignAssetError(Exception):
    """The page asks for something that is not ours."""


def make_pdf(
    html: str, *, title: str, language: str, created: datetime, attachments: Sequence[PdfAttachment] = ()
) -> bytes:
    """Render a page of `shared.letters.letters`; the same page and `created` (aware) give the same bytes.

    Nothing is fetched but our own assets. A character that none of our fonts has is written as its number, `[U+6F22]`,
    so that no letter depends on the fonts of a machine and none of its text is lost.

    Raises:
        ForeignAssetError: the page names something that is not ours; no letter comes of it.
    """
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 a second and 40 MB that only the press should pay

    moment = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with _ONE_AT_A_TIME:
        tools = _tools()
        page = tools.page(string=_in_our_fonts(html), base_url=BASE, url_fetcher=tools.fetcher)
        try:
            document = page.render(
                stylesheets=[tools.stylesheet], font_config=tools.fonts, pdf_variant=VARIANT, cache=tools.pictures
            )
        except FatalURLFetchingError as error:
            raise ForeignAssetError(str(error)) from None
        document.color_profiles[_COLOURS] = _colours()
        document.metadata = _metadata(
            title=title,
            authors=document.metadata.authors,
            lang=language,
            created=moment,
            modified=moment,
            attachments=[_attach(each, created=created) for each in attachments],
        )
        return bytes(document.write_pdf(finisher=_make_lasting, pdf_variant=VARIANT, output_intent=_COLOURS))


def warm_up() -> None:
    """Load the templates and render one page, so that the first letter costs what every later one does.

    Never before a fork: Pango (seen in 1.56) does its work in a thread that a fork lacks, and then waits for ever.
    """
    load_templates()
    page = "<html lang='nl'><title>-</title><h1>-</h1><ol><li>-</ol><table><tr><th scope='row'>-<td>-</table>"
    make_pdf(page, title="-", language="nl", created=datetime.now(UTC))
    gc.collect()
    gc.freeze()  # what stays is not looked through again for each letter: a sixth of its time


@dataclass(frozen=True, kw_only=True)
class _Tools:
    """What is dear to make and the same for every letter."""

    page: type[HTML]
    fetcher: URLFetcher
    fonts: FontConfiguration
    stylesheet: CSS
    pictures: Pictures
    foreign: re.Pattern[str]


@cache
def _tools() -> _Tools:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415 comes with WeasyPrint
    from weasyprint import CSS  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fetcher, fonts = _own_assets(), FontConfiguration()
    atexit.register(_tools.cache_clear)  # its fonts tidy up after themselves, which at the very end Python cannot do
    stylesheet = CSS(url=f"{BASE}letter.css", font_config=fonts, url_fetcher=fetcher)
    known = {point for file in ASSETS.glob("*-400.woff2") for point in TTFont(file).getBestCmap()}
    foreign = re.compile(f"[^{''.join(re.escape(chr(point)) for point in sorted(known))}\\s]")
    return _Tools(
        page=_plain_page(), fetcher=fetcher, fonts=fonts, stylesheet=stylesheet, pictures=Pictures(), foreign=foreign
    )


def _plain_page() -> type[HTML]:
    """Give pages whose elements have no notes, and no markers but in lists.

    WeasyPrint 70.0 works six styles out for each element that its own stylesheet gives those.
    """
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.css.counters import CounterStyle  # noqa: PLC0415
    from weasyprint.html import UA  # noqa: PLC0415

    basis = CSS(string=_NOTES.sub("", UA).replace("\n::marker", "\nli::marker"), counter_style=CounterStyle())

    class PlainPage(HTML):  # type: ignore[misc]
        """A page on which the browser's own rules say less."""

        def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: ARG002 its base class has it
            return [basis]

    return PlainPage


def _own_assets() -> URLFetcher:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

    own = {f"{BASE}{file.name}": file.read_bytes() for file in ASSETS.iterdir()}

    class OwnAssets(URLFetcher):  # type: ignore[misc]
        """Knows our own assets by name, and no way to anything else."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002 what the base class takes
            """Give one of our assets."""
            if url not in own:
                raise FatalURLFetchingError(url)
            return URLFetcherResponse(url, body=own[url], headers={"Content-Type": _TYPES[url.rpartition(".")[2]]})

    return OwnAssets(allowed_protocols=())


_TYPES: Final = {"css": "text/css", "svg": "image/svg+xml", "woff2": "font/woff2"}


def _colours() -> ColorProfile:
    """Give the sRGB profile that WeasyPrint brings; its own way leaves a file open for every letter."""
    from weasyprint.css import ColorProfile  # noqa: PLC0415

    return ColorProfile(io.BytesIO(_profile()), f"{_COLOURS}.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


@cache
def _profile() -> bytes:
    return (resources.files("weasyprint.pdf") / f"{_COLOURS}.icc").read_bytes()


def _metadata(**given: Any) -> DocumentMetadata:
    from weasyprint.pdf.metadata import DocumentMetadata  # noqa: PLC0415

    class LastingMetadata(DocumentMetadata):  # type: ignore[misc]
        """Says that the file is PDF/UA-1 beside PDF/A, and is legible without unpacking."""

        def include_in_pdf(self, pdf: Any, *variant: Any) -> None:
            """Write the metadata uncompressed, for programs that know nothing of PDF."""
            *kind, _compress = variant
            super().include_in_pdf(pdf, *kind, False)

        def generate_rdf_metadata(self, *variant: Any) -> bytes:
            """Add the mark of PDF/UA-1."""
            return bytes(super().generate_rdf_metadata(*variant).replace(b"</rdf:RDF>", _UA_ONE))

    return LastingMetadata(**given)


def _make_lasting(_document: Any, pdf: Any) -> None:
    """Mend what WeasyPrint leaves open, just before the file is written.

    Glyphs that only adorn another (the dots of an Arabic letter) get an invisible text of their own: it maps them to
    nothing, which ISO 19005-3 6.2.11.7 does not allow. And streams end so that nobody can misjudge their length.
    """
    ended = _ended_stream()
    for part in pdf.objects:
        lines: list[bytes] | None = getattr(part, "stream", None)
        if lines is None:
            continue
        part.__class__ = ended
        if b"begincmap" in lines:
            lines[:] = [line[: -len(b"<>")] + _WORD_JOINER if line.endswith(b" <>") else line for line in lines]


@cache
def _ended_stream() -> type:
    from pydyf import Stream  # noqa: PLC0415

    class EndedStream(Stream):  # type: ignore[misc]
        """Ends with CR LF: with LF alone, who looks back takes a CR at the end of the data for a part of the ending.

        Written once, though asked for twice: for the file, and for the hash that identifies it.
        """

        def written(self) -> bytes:
            """Give the stream as it stands in the file."""
            return bytes(super().data.removesuffix(b"\nendstream") + b"\r\nendstream")

        data = cached_property(written)

    return EndedStream


def _in_our_fonts(html: str) -> str:
    whole = _BEFORE_A_PART.sub("<span> </span>", _POSTCODE.sub("\u00a0", html))
    return _tools().foreign.sub(lambda found: f"[U+{ord(found.group()):04X}]", whole)


def _attach(file: PdfAttachment, *, created: datetime) -> Any:
    from weasyprint import Attachment  # noqa: PLC0415

    return Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        relationship=file.relationship,
        created=created.astimezone(UTC),
        modified=created.astimezone(UTC),
    )
