"""Puts the seal of the municipality on letters (PAdES), and tells whether one is good; both by pyHanko, an extra."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from shared.settings import BadSettingError

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

T = TypeVar("T")
Finish = Callable[[bytes], bytes]
"""What is done to a PDF once it is made."""

_FIELD: Final = "Zegel"
_SPOKEN: Final = "Zegel van de gemeente"


class NoSealToolError(Exception):
    """SEAL_FILE or SEAL_ROOTS is set, and the extra `seal` is not installed."""


def seal_with(file: Path | None, *, password: str) -> Finish:
    """Give what seals letters with the key and certificates in a PKCS#12 file; without one they stay as they are.

    Raises:
        BadSettingError: the file cannot be read, or not with this password.
        NoSealToolError: there is nothing to seal with.
    """
    if file is None:
        return bytes
    _require_tool()
    from pyhanko.sign import signers  # noqa: PLC0415 half a second and an extra: only where letters are sealed
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter  # noqa: PLC0415

    signer = signers.SimpleSigner.load_pkcs12(str(file), passphrase=password.encode() or None)
    if signer is None:
        raise BadSettingError("SEAL_FILE cannot be opened with SEAL_PASSWORD")
    how = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    sealer = signers.PdfSigner(how, signer)

    def seal(pdf: bytes) -> bytes:
        sealed = in_thread(lambda: sealer.sign_pdf(_with_field(pdf), existing_fields_only=True))
        return bytes(sealed.getvalue())

    return seal


def check_with(roots: Path | None) -> Callable[[bytes], bool] | None:
    """Give what tells whether a letter of ours bears a good seal; `roots` are certificates, in PEM, that we trust.

    Raises:
        NoSealToolError: there is nothing to check with.
    """
    if roots is None:
        return None
    _require_tool()
    from pyhanko.keys import load_certs_from_pemder  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    trusted = list(load_certs_from_pemder([str(roots)]))

    def check(pdf: bytes) -> bool:
        seals = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        context = ValidationContext(trust_roots=trusted, allow_fetching=False)
        return len(seals) == 1 and bool(in_thread(lambda: validate_pdf_signature(seals[0], context)).bottom_line)

    return check


def in_thread(work: Callable[[], T]) -> T:
    """Do this in a thread of its own: pyHanko starts an event loop, which it cannot where one runs already."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


def _require_tool() -> None:
    try:
        import pyhanko  # noqa: F401, PLC0415
    except ImportError:
        raise NoSealToolError from None


def _with_field(pdf: bytes) -> IncrementalPdfFileWriter:
    """Give the letter a place for the seal: nothing to see, and spoken of to who does not see (PDF/UA-1 7.18)."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field  # noqa: PLC0415

    class Letter(IncrementalPdfFileWriter):
        """Leaves the metadata and the version as they were: both are a part of what makes the letter last."""

        def _update_meta(self) -> None:
            pass

        def ensure_output_version(self, version: Any) -> None:
            """Raise nothing: PDF/A-3 is PDF 1.7 (ISO 19005-3)."""

    letter = Letter(io.BytesIO(pdf))
    append_signature_field(letter, SigFieldSpec(_FIELD, on_page=0, readable_field_name=_SPOKEN))
    _tag_field(letter)
    return letter


def _tag_field(letter: IncrementalPdfFileWriter) -> None:
    """Name the field in the structure of the letter, after all that it says."""
    from pyhanko.pdf_utils.generic import DictionaryObject, NumberObject, pdf_name, pdf_string  # noqa: PLC0415

    page = letter.root["/Pages"]["/Kids"].raw_get(0)
    widget = page.get_object()["/Annots"].raw_get(-1)
    tree = letter.root["/StructTreeRoot"]
    document, numbers = tree["/K"].raw_get(0), tree["/ParentTree"]["/Nums"]
    number = 1 + max(int(numbers[at]) for at in range(0, len(numbers), 2))
    shown = {"/Type": pdf_name("/OBJR"), "/Obj": widget, "/Pg": page}
    element = letter.add_object(
        DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): document,
                pdf_name("/Alt"): pdf_string(_SPOKEN),
                pdf_name("/K"): DictionaryObject({pdf_name(name): value for name, value in shown.items()}),
            }
        )
    )
    document.get_object()["/K"].append(element)
    numbers.extend([NumberObject(number), element])
    widget.get_object()[pdf_name("/StructParent")] = NumberObject(number)
    page.get_object()[pdf_name("/Tabs")] = pdf_name("/S")
    for changed in (document, widget, page):
        letter.update_container(changed.get_object())
    letter.update_container(tree["/ParentTree"])
