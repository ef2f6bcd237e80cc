"""Turns the CSS of NL Design System, a palette and our own parts into one small style sheet."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import lightningcss

from dev.css.purge import keep_rules, keep_tokens, tokens_after

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "shared/look/build"
HEADER = "/*! Balie. Contains CSS of NL Design System (c) its contributors, EUPL-1.2: see THIRD_PARTY.md */\n"
BROWSERS = ["chrome >= 111", "firefox >= 113", "safari >= 16.4"]  # the oldest with :has, layers and container queries

_CANDIDATE = ("button", "heading", "link", "paragraph", "skip-link", "data-badge")
_UTRECHT = (
    *("root", "body", "form-field", "form-field-description", "form-field-error-message"),
    *("form-fieldset", "form-label", "textbox", "textarea", "select"),
)
_TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
_FONT = "@fontsource-variable/source-sans-3"
_FONT_OWNER = "Source Sans 3: © 2023 Adobe, with Reserved Font Name ‘Source’. Packed by "  # as the font itself says
# the example theme names its palette after its own colours; ours are named after what they are for
_PALETTE = {
    **{"violet": "brand", "grijs": "grey", "rood": "red", "groen": "green"},
    **{"oranje": "amber", "blauw": "blue", "wit": "white"},
}
# class names that macros put together from a value
_PUT_TOGETHER = {
    *(f"nl-button--{kind}" for kind in ("primary", "secondary", "subtle", "negative")),
    *(f"nl-heading--level-{level}" for level in range(1, 5)),
}


def build() -> dict[str, bytes]:
    """File name -> content of everything that is made; the same sources always give the same bytes."""
    _fetch()
    return {"balie.css": _sheet().encode(), **_fonts()}


def _fetch() -> None:
    """Get the pinned sources once; npm writes a record of what it installed, older than package.json means again."""
    record = SOURCES / "node_modules/.package-lock.json"
    if record.exists() and record.stat().st_mtime >= (SOURCES / "package.json").stat().st_mtime:
        return
    subprocess.run(["npm", "install", "--prefix", str(SOURCES)], cwd=SOURCES, check=True, stdout=subprocess.DEVNULL)
    record.touch()


def _fonts() -> dict[str, bytes]:
    """The two files of the font and, as its licence asks, that licence beside them."""
    files = {part: _source(f"{_FONT}/files/source-sans-3-{part}-wght-normal.woff2") for part in ("latin", "latin-ext")}
    licence = _FONT_OWNER.encode() + _source(f"{_FONT}/LICENSE").read_bytes()
    return {
        **{f"source-sans-3-{part}.woff2": file.read_bytes() for part, file in files.items()},
        **{"source-sans-3-licence.txt": licence},
    }


def _sheet() -> str:
    own = (SOURCES / "css/balie.css").read_text()
    theme, compact = (SOURCES / "css/theme.css").read_text(), (SOURCES / "css/compact.css").read_text()
    parts = keep_rules("\n".join(_components()), _PUT_TOGETHER | set(_words_in_templates()))
    tokens = keep_tokens(_example_tokens() + theme, used_in=parts + own + compact)
    layers = {
        "tokens": f":root{{{tokens}}}.balie-compact{{{compact}{tokens_after(compact, tokens)}}}",
        **{"nlds": parts, "balie": own},
    }
    whole = "@layer tokens,nlds,balie;" + "".join(f"@layer {name}{{{css}}}" for name, css in layers.items())
    return HEADER + str(lightningcss.process_stylesheet(whole, "balie.css", browsers_list=BROWSERS)) + "\n"


def _components() -> Iterator[str]:
    yield from (_source(f"@nl-design-system-candidate/{name}-css/dist/{name}.css").read_text() for name in _CANDIDATE)
    yield from (_source(f"@utrecht/{name}-css/dist/index.css").read_text() for name in _UTRECHT)


def _example_tokens() -> str:
    names = "|".join(_PALETTE)
    tokens = _source(_TOKENS).read_text()
    return re.sub(rf"--voorbeeld-kleuren-({names})\b", lambda found: f"--balie-{_PALETTE[found[1]]}", tokens)


def _source(path: str) -> Path:
    return SOURCES / "node_modules" / path


def _words_in_templates() -> Iterator[str]:
    """Every word that could be a class: a class that no template of the house says cannot match."""
    for folder in ("services", "shared", "dev", "tests"):
        for file in (ROOT / folder).glob("**/templates/**/*.html"):
            if "node_modules" not in file.parts:
                yield from re.findall(r"[\w-]+", file.read_text())
