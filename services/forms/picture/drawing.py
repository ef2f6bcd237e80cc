"""Writes the picture of a form as SVG: text as text, colours that go along with the page and with forced colours.

Letters and lines take the colour of the page (`currentColor`), grounds are a thin tint over it; so it can be read in
any choice of colours. What is drawn is told in a title and a description; a list beside it tells all of it.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from services.forms.picture.arranging import CODE_PX, LEFT_PX, PAD_PX, TEXT_PX, Arranged, Band, Spot
from services.forms.picture.sketching import Column, Link, LinkKind
from shared.events import Language, Words

BRAND, BLUE, AMBER, GREY = "#2b7f8c", "#2f6dbc", "#b06a00", "#6b7880"
"""Shades of the house palette that stand out on a light and on a dark ground."""

_TONE: dict[Column, str] = {"question": BRAND, "computed": BLUE, "rule": AMBER}
_LINK: dict[LinkKind, str] = {"decides": BRAND, "feeds": GREY, "asks": AMBER}
_FONT = "'Source Sans 3 Variable', 'Source Sans 3', system-ui, sans-serif"
_CODE_FONT = "ui-monospace, SFMono-Regular, Consolas, 'Liberation Mono', monospace"
_HEAD = 5
_NARROWEST, _WIDEST, _PART = 26, 120, 0.22
"""How far a line beside its column bows out: a part of its length, within bounds."""


def draw(arranged: Arranged, *, language: Language, standalone: bool = False) -> str:
    """Write the picture; `standalone` for a file of its own."""
    size = {"width": str(arranged.width), "height": str(arranged.height)}
    box = {"viewBox": f"0 0 {arranged.width} {arranged.height}", "role": "img", "aria-labelledby": "picture-title"}
    root = Element("svg", {**size, **box, "aria-describedby": "picture-desc", "font-family": _FONT})
    if standalone:
        root.set("xmlns", "http://www.w3.org/2000/svg")
    title, described = _told(arranged)
    SubElement(root, "title", {"id": "picture-title"}).text = _said(title, language)
    SubElement(root, "desc", {"id": "picture-desc"}).text = _said(described, language)
    for band in arranged.bands:
        _add_band(root, band)
    for link in arranged.sketch.links:
        _add_link(root, link, arranged=arranged)
    for spot in arranged.spots.values():
        _add_box(root, spot)
    return tostring(root, encoding="unicode")


def _told(arranged: Arranged) -> tuple[Words, Words]:
    sketch = arranged.sketch
    counts = [len(sketch.of(column)) for column in ("question", "computed", "rule")]
    steps, title = len(sketch.steps), sketch.title
    return Words(nl=f"Het formulier {title.nl} in beeld", en=f"The form {title.en} in a picture"), Words(
        nl=f"{steps} stappen met {counts[0]} vragen, {counts[1]} berekende waarden en {counts[2]} regels. "
        "Lijnen lopen van wat gelezen wordt naar wat het leest. De lijst hieronder vertelt hetzelfde.",
        en=f"{steps} steps with {counts[0]} questions, {counts[1]} calculated values and {counts[2]} rules. "
        "Lines lead from what is read to what reads it. The list below tells the same.",
    )


def _add_band(root: Element, band: Band) -> None:
    ground = {
        "x": f"{LEFT_PX - PAD_PX}",
        "width": f"{band.width + 2 * PAD_PX}",
        "rx": "8",
        "fill": GREY,
        "fill-opacity": "0.10",
    }
    SubElement(root, "rect", {**ground, "y": f"{band.y:.0f}", "height": f"{band.height:.0f}"})
    bold = {"x": f"{LEFT_PX}", "font-size": "17", "font-weight": "bold", "fill": "currentColor"}
    SubElement(root, "text", {**bold, "y": f"{band.y + 26:.0f}"}).text = band.title


def _add_box(root: Element, spot: Spot) -> None:
    """A box with its text; a question that may be absent has a broken edge, as it may not be there."""
    tone, group = _TONE[spot.box.column], SubElement(root, "g")
    absent = spot.box.column == "question" and (spot.box.conditions or spot.box.mark)
    place = {"x": f"{spot.x}", "y": f"{spot.y:.0f}", "width": f"{spot.width}", "height": f"{spot.height}", "rx": "6"}
    SubElement(group, "rect", {**place, "fill": "Canvas"})  # lines that pass under it would cross its text
    ground = {"fill": tone, "fill-opacity": "0.12", "stroke": tone, "stroke-width": "1.5"}
    SubElement(group, "rect", {**place, **ground, **({"stroke-dasharray": "6 3"} if absent else {})})
    y = spot.y + PAD_PX
    for line in spot.lines:
        y += CODE_PX if line.kind == "code" else TEXT_PX
        place = {"x": f"{spot.x + PAD_PX}", "y": f"{y - 5:.0f}", "fill": "currentColor"}
        SubElement(group, "text", {**place, **_LETTERS[line.kind]}).text = line.text


_LETTERS: dict[str, dict[str, str]] = {
    "title": {"font-size": "15"},
    "mark": {"font-size": "15", "font-weight": "bold"},
    "note": {"font-size": "14", "font-style": "italic"},
    "code": {"font-size": "13", "font-family": _CODE_FONT},
}


def _add_link(root: Element, link: Link, *, arranged: Arranged) -> None:
    source, target = arranged.spots[link.source], arranged.spots[link.target]
    tone = _LINK[link.kind]
    line, head = _within(source, target) if source.x == target.x else _across(source, target)
    look = {"fill": "none", "stroke": tone, "stroke-width": "1.4", "stroke-opacity": "0.75"}
    SubElement(root, "path", {"d": line, **look, **({"stroke-dasharray": "5 4"} if link.kind == "asks" else {})})
    SubElement(root, "path", {"d": head, "fill": tone})


def _within(source: Spot, target: Spot) -> tuple[str, str]:
    """A bow on the left, between two of the same column."""
    bow = min(max(abs(target.middle - source.middle) * _PART, _NARROWEST), _WIDEST)
    ends = ((source.x, source.middle), (target.x, target.middle))
    return _curve(*ends, bends=(source.x - bow, target.x - bow)), _head(target.x, target.middle, right=True)


def _across(source: Spot, target: Spot) -> tuple[str, str]:
    """A line from one column to another, to the right or back to the left."""
    right = target.x > source.x
    start = source.x + source.width if right else source.x
    end = target.x if right else target.x + target.width
    half = (start + end) / 2
    line = _curve((start, source.middle), (end, target.middle), bends=(half, half))
    return line, _head(end, target.middle, right=right)


def _curve(start: tuple[float, float], end: tuple[float, float], *, bends: tuple[float, float]) -> str:
    """A smooth line that leaves and arrives level; `bends` is how far it goes on at either end."""
    (x, y), (to_x, to_y) = start, end
    return f"M{x:.0f} {y:.0f}C{bends[0]:.0f} {y:.0f} {bends[1]:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"


def _head(x: float, y: float, *, right: bool) -> str:
    back = x - 2 * _HEAD if right else x + 2 * _HEAD
    return f"M{x} {y:.0f}L{back} {y - _HEAD:.0f}L{back} {y + _HEAD:.0f}Z"


def _said(words: Words, language: Language) -> str:
    return words.en if language == "en" else words.nl
