"""Draws photos and scans anew: only what one sees is left, the right way up, without the place where it was taken."""

from __future__ import annotations

import math
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps

from services.forms.scrub.refusals import HugeError, UnreadableError

MOST_PIXELS = 50_000_000
"""What may stand in memory at once: A3 at 600 dots an inch is 70 million, a good telephone makes 12 to 50."""

_QUALITY = 88
_PNG_MODES = {"1", "L", "LA", "RGB", "RGBA", "I;16"}

Image.MAX_IMAGE_PIXELS = None  # we count ourselves, after the photo was allowed to be read smaller


def redraw(source: BinaryIO, target: BinaryIO, /, *, kind: str) -> None:
    """Write the picture anew as `kind` (jpg or png); a photo with more points than that is read at half its size.

    Raises:
        UnreadableError: it does not open.
        HugeError: it unfolds to more than a picture should.
    """
    wanted = "JPEG" if kind == "jpg" else "PNG"
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is imported too, sets it for the whole process
    try:
        with Image.open(source, formats=[wanted]) as picture:
            _read_smaller(picture)
            if picture.width * picture.height > MOST_PIXELS:
                raise HugeError
            upright = ImageOps.exif_transpose(picture)
            _bare(upright, wanted=wanted).save(target, format=wanted, quality=_QUALITY)
    except (OSError, SyntaxError, ValueError, EOFError):
        raise UnreadableError from None


def _read_smaller(picture: Image.Image) -> None:
    """A photo of a hundred million points still tells all at a quarter of them; a JPEG can be read that way."""
    part = next((part for part in (1, 2, 4, 8) if picture.width * picture.height <= MOST_PIXELS * part**2), 8)
    picture.draft(None, (math.ceil(picture.width / part), math.ceil(picture.height / part)))


def _bare(picture: Image.Image, *, wanted: str) -> Image.Image:
    """The pixels alone, in a mode that every viewer knows."""
    mode = picture.mode
    if wanted == "JPEG":
        mode = "L" if mode == "L" else "RGB"
    elif mode not in _PNG_MODES:
        mode = "RGBA" if "transparency" in picture.info else "RGB"
    bare = picture.convert(mode)
    bare.info.clear()
    return bare
