"""Draws QR codes for letters: in vectors, with a text for who does not see them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

import segno
from markupsafe import Markup

_QUIET: Final = 4
"""Modules of white around a code, without which telephones do not see it (ISO/IEC 18004)."""


def draw_square(link: str, *, alt: str) -> Markup:
    """Draw a link; `alt` says what it is."""
    code = segno.make_qr(link, error="m", boost_error=False)
    width, _ = code.symbol_size(border=_QUIET)
    return Markup(
        '<svg class="square" viewBox="0 0 {width} {width}" role="img"><title>{alt}</title><path d="{dark}"/></svg>'
    ).format(width=width, alt=alt, dark="".join(_dark(code)))


def _dark(code: segno.QRCode) -> Iterator[str]:
    """A rectangle for each run of dark modules; they overlap by a hair, or a screen shows seams between the rows."""
    for y, row in enumerate(code.matrix_iter(border=_QUIET)):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x} {y}h{length}v1.02h-{length}z"
            x += length
