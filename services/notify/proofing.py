"""Writes an example of a message with a text that nobody published yet: as e-mail and as a letter on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.notify.domain.messages import Message
from services.notify.domain.wording import CLOSING, Wording
from services.notify.editing import Workshop
from services.notify.ports import Mail, RefusedError
from services.notify.press import NoteLetterPress
from services.notify.rehearsing import ADDRESSEE, LINK, Example, examples_of
from services.notify.wordings import wording_of
from services.notify.writer import MailWriter
from shared.catalogue.faults import FaultyCatalogueError
from shared.events import Language

_CODE: Final = "0000-0000-0000-0000"
"""No letter bears it."""

Contents = Mapping[str, str]
"""All texts by name, the one under the pen among them."""


class UnfitError(Exception):
    """No message can be written with this text."""


@dataclass(frozen=True, kw_only=True)
class _Typed:
    """The text under the pen and the one that closes it, whatever the message (the port `Wordings`)."""

    wording: Wording
    closing: Wording

    def of(self, _message: Message) -> tuple[Wording, Wording]:
        """Give them."""
        return self.wording, self.closing


def example_mail(name: str, *, contents: Contents, language: Language, workshop: Workshop, now: datetime) -> Mail:
    """Write an example as e-mail. Raises UnfitError."""
    example = _example(name, workshop=workshop)
    try:
        writer = _writer(example, contents=contents, workshop=workshop)
        return writer.write(replace(example.message, language=language), link=LINK, now=now)
    except (FaultyCatalogueError, RefusedError) as error:
        raise UnfitError from error


def example_letter(name: str, *, contents: Contents, workshop: Workshop, check_page: str, now: datetime) -> bytes:
    """Write an example as a letter on paper (PDF), in both languages. Raises UnfitError."""
    example = _example(name, workshop=workshop)
    message = replace(example.message, recipient="", language="en", link=None)
    try:
        writer = _writer(example, contents=contents, workshop=workshop)
        press = NoteLetterPress(workshop.municipality, check_page=check_page, writer=writer)
        return press.press_note(message, party=ADDRESSEE, ordered=example.ordered, code=_CODE, now=now)
    except (FaultyCatalogueError, RefusedError) as error:
        raise UnfitError from error


def _example(name: str, *, workshop: Workshop) -> Example:
    found = examples_of(name, table=workshop.table)
    return next((each for each in found if each.on_paper), found[0])


def _writer(example: Example, *, contents: Contents, workshop: Workshop) -> MailWriter:
    kind = str(example.message.kind)
    typed = _Typed(wording=wording_of(contents[kind], name=kind), closing=wording_of(contents[CLOSING], name=CLOSING))
    return MailWriter(workshop.municipality, wordings=typed)
