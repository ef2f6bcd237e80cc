"""Writes mails, and the letters that stand for them: from one text per kind and language, filled for one reader."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from services.notify.domain.messages import Message
from services.notify.domain.templating import fill
from services.notify.domain.wording import UnfilledError, fitting, values_of
from services.notify.markup import html_of, text_of
from services.notify.ports import Mail, RefusedError, Wordings
from shared.catalogue.definitions import Municipality
from shared.events import PrintOrdered

_FOLDER: Final = Path(__file__).parent / "templates" / "mail"
_LINK_ALONE: Final = re.compile(
    r"^\[(?P<words>(?:[^\]\n]|\n(?!\n))+)\]\((?P<link>(?:\(\([^()]+\)\)|[^()\s])+)\)$", re.MULTILINE
)
_NO_SIGN: Final = re.compile(r"[\x00-\x1f\ufffe\uffff]")
"""What is no `Char` (XML 1.0, 2.2), but for line breaks and tabs, which are spaces in one line too."""
_BLANK: Final = re.compile(r"\n{3,}")
_BUTTON: Final = (
    '<p><a style="display:inline-block;background:#0b5a67;color:#ffffff;padding:12px 20px;border-radius:6px;'
    'text-decoration:none;font-weight:bold" href="'
)
_LOOKS: Final = (
    ("<p>", '<p style="margin:0 0 16px">'),
    ("<h2>", '<h2 style="margin:24px 0 8px;font-size:18px;line-height:1.3">'),
)
"""Mail programs know no stylesheets: the look stands in each element."""


class MailWriter:
    """Writes in the name of a municipality (the port `Writer`)."""

    def __init__(self, municipality: Municipality, *, wordings: Wordings) -> None:
        """Sign as this municipality, in these words."""
        self._municipality = municipality
        self._wordings = wordings

    def write(self, message: Message, *, link: str, now: datetime, leave: str | None = None) -> Mail:
        """Give the mail: nothing in it but the product's title, the reference, dates and the link.

        Who may decline it does so at `leave`.

        Raises:
            RefusedError: the text asks for what the message does not have.
        """
        language, values = message.language, values_of(message, municipality=self._municipality, link=link)
        said, closing = (each.said(language) for each in self._wordings.of(message))
        body = _fitting(f"{said.mail}\n\n{closing.mail}", values=values)
        subject = one_line(fill(_fitting(said.subject, values=values), values=values))
        return Mail(
            id=message.id,
            date=now,
            recipient=message.recipient,
            language=language,
            subject=subject,
            text=text_of(_LINK_ALONE.sub(r"\g<words>:\n\g<link>", body), values=values) + "\n",
            html=page_of(
                html_of(body, values=values).replace('<p><a href="', _BUTTON),
                language=language,
                subject=subject,
                sender=self._municipality.name,
                leave=leave,
            ),
            unsubscribe_url=leave,
            round=message.round,
        )

    def write_note(self, message: Message, *, ordered: PrintOrdered) -> tuple[str, Markup]:
        """Give the heading and the text of the letter that stands for a mail: the mail's own, but for its links.

        Raises:
            RefusedError: the text asks for what the message does not have.
        """
        on_paper = replace(message, link=None)
        values = values_of(on_paper, municipality=self._municipality, link="", ordered=ordered)
        said, closing = (each.said(message.language) for each in self._wordings.of(message))
        text = said.letter or _LINK_ALONE.sub("", said.mail)
        body = _fitting(f"{text}\n\n{closing.letter or closing.mail}", values=values)
        heading = one_line(fill(_fitting(said.subject, values=values), values=values))
        return heading, Markup(html_of(body, values=values))  # noqa: S704 values were escaped one by one


def page_of(body: str, *, language: str, subject: str, sender: str, leave: str | None = None) -> str:
    """Put HTML of our own making in the page of a mail; it can be declined at `leave`."""
    for plain, dressed in _LOOKS:
        body = body.replace(plain, dressed)
    inside = Markup(body)  # noqa: S704 as above
    return _page().render(language=language, subject=subject, sender=sender, body=inside, leave=leave)


def one_line(text: str) -> str:
    """A subject is a header, and the title of a PDF: it has no line breaks, and no signs that XML cannot hold."""
    return " ".join(_NO_SIGN.sub(" ", text).split())


def _fitting(text: str, *, values: dict[str, str]) -> str:
    try:
        return _BLANK.sub("\n\n", fitting(text, values=values)).strip()
    except UnfilledError as error:
        raise RefusedError(f"the text asks for what this message does not have: {error}") from error


@cache
def _page() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=select_autoescape(["html"]), undefined=StrictUndefined
    )
    return environment.get_template("layout.html")
