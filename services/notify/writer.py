"""Writes mails: one text per kind and language, from which the plain and the HTML part are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from services.notify.domain.messages import Message
from services.notify.ports import Mail
from shared.catalogue.definitions import Municipality
from shared.events import Language, PrintOrdered
from shared.law.calendar import local_date, long_date
from shared.natures import YOURS

_FOLDER: Final = Path(__file__).parent / "templates"
_OWN_LETTERS: Final = frozenset(file.name.partition(".")[0] for file in (_FOLDER / "post").glob("*.nl.txt"))
"""Messages whose letter says more than their mail; of any other the letter says the same, but for the links."""
_LINKS: Final = ("https://", "http://")
_NOWHERE: Final = "https://paper.invalid/"
"""Stands for the link in a letter, so that what leads there can be left out; no resident can type it (RFC 2606)."""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Lines of text, or a link with the one line that says where it leads."""

    lines: tuple[str, ...]
    link: str | None = None


class MailWriter:
    """Writes in the name of a municipality (the port `Writer`)."""

    def __init__(self, municipality: Municipality) -> None:
        """Sign as this municipality."""
        self._municipality = municipality

    def write(self, message: Message, *, link: str, now: datetime) -> Mail:
        """Give the mail: nothing in it but the product's title, the reference, dates and the link."""
        language = message.language
        written = self._fill(f"mail/{message.kind}.{language}.txt", message=message, link=link)
        closing = self._fill(f"mail/closing.{language}.txt", message=message, link=link)
        subject, _, body = written.partition("\n")
        parts = list(_paragraphs(f"{body}\n\n{closing}"))
        page = _environment(language).get_template("mail/layout.html")
        return Mail(
            id=message.id,
            date=now,
            recipient=message.recipient,
            language=language,
            subject=subject,
            text="\n\n".join(_plain(part) for part in parts) + "\n",
            html=page.render(language=language, subject=subject, sender=self._municipality.name, parts=parts),
        )

    def write_note(self, message: Message, *, ordered: PrintOrdered) -> tuple[str, tuple[str, ...]]:
        """Give the heading and paragraphs of the letter that stands for a mail."""
        language = message.language
        told = replace(message, link=_NOWHERE)
        mail = self._fill(f"mail/{message.kind}.{language}.txt", message=told, link=_NOWHERE)
        heading, _, body = mail.partition("\n")
        if message.kind in _OWN_LETTERS:
            body = self._fill(f"post/{message.kind}.{language}.txt", message=message, link="", ordered=ordered)
        closing = self._fill(f"post/closing.{language}.txt", message=message, link="")
        blocks = (block.strip() for block in f"{body}\n\n{closing}".split("\n\n"))
        return heading, tuple(block for block in blocks if block and not block.startswith(_NOWHERE))

    def _fill(self, name: str, *, message: Message, link: str, ordered: PrintOrdered | None = None) -> str:
        language = message.language
        return (
            _environment(language)
            .get_template(name)
            .render(
                municipality=self._municipality,
                title=getattr(message.title, language),
                yours=getattr(YOURS[message.nature], language) if message.nature else "",
                reference=message.reference,
                link=link,
                page=message.link or "",
                text=ordered.text if ordered else "",
                shown=ordered.shown if ordered else (),
                day=message.day,
                lines=message.lines,
                at=local_date(message.at),
            )
        )


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Split at empty lines; a paragraph that begins with an address is a link, and the rest of it its words."""
    for block in text.strip().split("\n\n"):
        lines = tuple(line for line in block.strip().split("\n") if line)
        if lines and lines[0].startswith(_LINKS):
            link, _, words = lines[0].partition(" ")
            yield Paragraph(lines=(words,), link=link)
        elif lines:
            yield Paragraph(lines=lines)


def _plain(part: Paragraph) -> str:
    return f"{part.lines[0]}:\n{part.link}" if part.link else "\n".join(part.lines)


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def day(value: date) -> str:
        return long_date(value, language=language)

    environment.filters["day"] = day
    return environment
