"""Reads back what a sheet of a letter says."""

from __future__ import annotations

import re

import pikepdf


def words_of(sheet: pikepdf.Page) -> str:
    """The words on it, in the order in which they are drawn."""
    return "".join(drawn_on(sheet))


def drawn_on(sheet: pikepdf.Page) -> list[str]:
    """What is drawn at once: a line, or a part of one that is set otherwise."""
    fonts = {name: _glyphs(font) for name, font in sheet.Resources.Font.items()}
    said, current = [], {}
    for operands, operator in pikepdf.parse_content_stream(sheet):
        if str(operator) == "Tf":
            current = fonts[str(operands[0])]
        elif str(operator) in {"TJ", "Tj"}:
            parts = operands[0] if str(operator) == "TJ" else operands
            raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            said.append("".join(current.get(raw[at : at + 2], "?") for at in range(0, len(raw), 2)))
    return said


def _glyphs(font: pikepdf.Object) -> dict[bytes, str]:
    mapped = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", font.ToUnicode.read_bytes().split(b"endcodespacerange")[1])
    return {bytes.fromhex(glyph.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in mapped}
