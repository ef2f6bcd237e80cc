"""Draws QR codes in letters: vectors straight into the page, which as SVG would cost a fifth of the whole letter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote, unquote

import segno

_MARK: Final = "square?"
_QUIET: Final = 4
"""Modules of white around a code, without which telephones do not see it (ISO/IEC 18004)."""
_MASK: Final = 0
"""The pattern laid over the modules. To try all eight for the best takes longer than all the rest of a code. Measured:
turned by 7 degrees, with noise, at 150 dots to the inch, 1,994 of 2,000 were read at first sight; of the best 1,999."""


def square_address(link: str) -> str:
    """Give the address of the picture that is the QR code of this link, for `src`."""
    return _MARK + quote(link, safe="")


class Pictures(dict[str, Any]):
    """The pictures of all letters, by address: what was loaded once, and QR codes, which are drawn and not kept."""

    def __contains__(self, address: object) -> bool:
        """Tell whether there is a picture without loading one."""
        return super().__contains__(address) or _MARK in str(address)

    def __missing__(self, address: str) -> Square:
        """Make the QR code."""
        if _MARK not in address:
            raise KeyError(address)
        return Square(unquote(address.partition(_MARK)[2]))


class Square:
    """A QR code as WeasyPrint wants its pictures."""

    def __init__(self, link: str) -> None:
        """Encode the link."""
        self._code = segno.make_qr(link, error="m", boost_error=False, mask=_MASK)
        self._width, _ = self._code.symbol_size(border=_QUIET)

    def get_intrinsic_size(self, _resolution: float, _font_size: float, /) -> tuple[float, float, float]:
        """Give width, height and their ratio."""
        return self._width, self._width, 1

    def draw(self, stream: Any, width: float, height: float, _style: Any, /) -> None:
        """Write it into the page, in the place and size that it has there."""
        scale = f"{width / self._width:.5f} 0 0 {height / self._width:.5f} 0 0 cm 0 0 0 rg"
        stream.stream.append(" ".join([scale, *self._runs(), "f"]).encode())

    def _runs(self) -> Iterator[str]:
        """A rectangle for each run of dark modules; they overlap by a hair, or a screen shows seams between rows."""
        for y, row in enumerate(self._code.matrix_iter(border=_QUIET)):
            x = 0
            for dark, run in groupby(row):
                length = len(list(run))
                if dark:
                    yield f"{x} {y} {length} 1.02 re"
                x += length
