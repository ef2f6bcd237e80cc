"""Takes out of a PDF what can act: scripts, programs to start, files inside, films; what one reads stays."""

from __future__ import annotations

import shutil
import zipfile
from typing import Any, BinaryIO

import pikepdf

from services.forms.scrub.refusals import HarmfulError, ProtectedError, UnreadableError

_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToE",
    "/GoToR",
    "/Rendition",
    "/RichMediaExecute",
    "/Movie",
    "/Sound",
}
_NOTES = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
_TREES = ("/JavaScript", "/EmbeddedFiles", "/Renditions")
_DEEPEST = 100


def disarm(source: BinaryIO, target: BinaryIO, /) -> None:
    """Write the PDF anew without what can act; a signed one without such things is copied, so that the signature holds.

    Raises:
        UnreadableError: it does not open, or pages are missing.
        ProtectedError: it asks for a password.
        HarmfulError: it is signed and can act: taking that out would break the signature.
    """
    try:
        with pikepdf.open(source) as pdf:
            _check_pages(pdf)
            armed = _disarm(pdf)
            if not _is_signed(pdf):
                pdf.save(target, deterministic_id=True)
            elif armed or not _is_only_pdf(source):
                raise HarmfulError
            else:
                source.seek(0)
                shutil.copyfileobj(source, target)
    except pikepdf.PasswordError:
        raise ProtectedError from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, KeyError):
        raise UnreadableError from None


def _check_pages(pdf: pikepdf.Pdf) -> None:
    """A damaged file is mended where it can be; a page that lost its content cannot."""
    if not len(pdf.pages) or any("/Contents" in page and page.Contents is None for page in pdf.pages):
        raise UnreadableError


def _disarm(pdf: pikepdf.Pdf) -> bool:
    """Take out what can act; tell whether there was any."""
    root = pdf.Root
    dropped = [_drop(root, key) for key in ("/AF", "/Collection")]
    dropped += [_drop(root.get("/Names"), key) for key in _TREES]
    dropped += [_drop(root.get("/AcroForm"), "/XFA")]
    acts = sum(_clean(thing, depth=0) for thing in pdf.objects)
    return any(dropped) or acts > 0


def _clean(thing: Any, *, depth: int) -> int:
    """Drop what can act from this object and all inside it, and count; what lies behind a reference comes by itself."""
    if depth > _DEEPEST:
        raise HarmfulError
    places: list[Any]
    if isinstance(thing, pikepdf.Array):
        places = [index for index in reversed(range(len(thing))) if _can_act(thing[index])]
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        places = [key for key, value in thing.items() if _can_act(value)]
    else:
        return 0
    for place in places:
        del thing[place]
    inner = list(thing) if isinstance(thing, pikepdf.Array) else list(thing.values())
    return len(places) + sum(_clean(each, depth=depth + 1) for each in inner if not _apart(each))


def _can_act(thing: Any) -> bool:
    if not isinstance(thing, pikepdf.Dictionary):
        return False
    return str(thing.get("/S")) in _ACTIONS or str(thing.get("/Subtype")) in _NOTES or "/EF" in thing


def _apart(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Object) and thing.is_indirect


def _drop(holder: Any, key: str) -> bool:
    if not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream) or key not in holder:
        return False
    del holder[key]
    return True


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    return any(isinstance(thing, pikepdf.Dictionary) and "/ByteRange" in thing for thing in pdf.objects)


def _is_only_pdf(source: BinaryIO) -> bool:
    """Whether no other program can take the same bytes for something else."""
    source.seek(0)
    content = source.read()
    ends_well = not content[content.rfind(b"%%EOF") + 5 :].strip()
    return content.startswith(b"%PDF-") and ends_well and not zipfile.is_zipfile(source)
