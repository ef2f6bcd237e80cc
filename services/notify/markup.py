"""Makes the HTML and the plain text of an e-mail from a template: its marks are the writer's, a value is only text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape, unescape
from typing import Final
from urllib.parse import quote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from services.notify.domain.templating import PLACEHOLDER, Value, Values, fill, in_words, settle

_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_HOLE: Final = re.compile(rf"<p>(?P<alone>\(\([^()?]+\)\))</p>|{PLACEHOLDER.pattern}")
_LINK: Final = re.compile(r"\[([^\]]+)\]\(((?:\(\([^()]+\)\)|[^()\s])+)\)")
_HEADING: Final = re.compile(r"^#{1,3}\s+", re.MULTILINE)
_URL_SAFE: Final = "!#$%&'*+,/:;=?@[]~-._"
"""No brackets: an address that looks like a hole stays what it is."""


def html_of(body: str, *, values: Values) -> str:
    """Give the body as HTML; no value can become a mark, and none of its links leads elsewhere than the web, mail or
    phone.

    Raises:
        KeyError: a hole has no value.
    """
    parser = _parser()
    tokens = parser.parse(settle(body, values=values))
    _fill_links(tokens, values=values)
    _lower_headings(tokens)
    page: str = parser.renderer.render(tokens, parser.options, {})
    # one pass: a value that looks like a hole stays what it is
    return _HOLE.sub(_putter(values), page)


def text_of(body: str, *, values: Values) -> str:
    """Give the body as plain text, each link with its address behind its words.

    Raises:
        KeyError: a hole has no value.
    """
    return fill(_HEADING.sub("", _LINK.sub(r"\1: \2", settle(body, values=values))), values=values)


@cache
def _parser() -> MarkdownIt:
    """Headings, lists, rules, emphasis and links: what a letter needs, and no HTML."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False})
    return parser.disable(["code", "fence", "image", "html_block", "html_inline", "backticks", "reference"])


def _fill_links(tokens: Sequence[Token], *, values: Values) -> None:
    for token in tokens:
        _fill_links(token.children or (), values=values)
        if token.type == "link_open":
            token.attrs["href"] = _address(fill(unescape(str(token.attrs["href"])), values=values))


def _lower_headings(tokens: Sequence[Token]) -> None:
    """The subject is the first heading; all others stand under it."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h2"


def _putter(values: Values) -> Callable[[re.Match[str]], str]:
    """Fill holes in HTML, where their names are escaped already."""
    escaped = {escape(name): value for name, value in values.items()}

    def put(match: re.Match[str]) -> str:
        alone: str | None = match["alone"]
        return fill(alone or match[0], values=escaped, write=_block if alone else _line)

    return put


def _address(filled: str) -> str:
    scheme = urlsplit(filled).scheme.casefold()
    return quote(filled, safe=_URL_SAFE) if scheme in _SCHEMES else "#"


def _line(value: Value) -> str:
    return escape(in_words(value)).replace("\n", "<br>\n")


def _block(value: Value) -> str:
    """A hole that has a paragraph of its own: a list becomes one."""
    if isinstance(value, str):
        return f"<p>{_line(value)}</p>"
    items = [f"<li>{escape(item)}</li>" for item in value if item.strip()]
    return f"<ul>{''.join(items)}</ul>" if items else ""
