"""Tries a text on invented messages: one for each row of what goes when, with just what its fact brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Final, get_args
from uuid import UUID

from services.notify.domain.messages import Kind, Message
from services.notify.domain.tellings import Table, Telling
from services.notify.domain.wording import CLOSING, UnfilledError, Wording, fitting, values_of
from shared.catalogue.definitions import Municipality
from shared.events import AnswerSection, DigestKind, DigestLine, Language, Nature, Party, PrintOrdered, Words
from shared.values import Address, AnswerRow

LINK: Final = "https://balie.voorbeeld.example/voorbeeld"
"""Where the links of an example lead: nowhere."""
_AT: Final = datetime(2027, 3, 1, 9, tzinfo=UTC)
_MESSAGE: Final = Message(
    id=UUID(int=0),
    kind=Kind.RECEIPT,
    reference="Z-2027-VOOR-BEELD",
    recipient="n.bewoner@voorbeeld.example",
    language="nl",
    title=Words(nl="Voorwerp op of aan de weg", en="Object on or beside the road"),
    nature=Nature.PERMIT,
    link=LINK,
    day=date(2027, 4, 26),
    at=_AT,
)
_TEXT: Final = "De vergunning van de buren loopt nog."
_SHOWN: Final = (
    AnswerSection(
        title=Words(nl="Wat zet u neer?", en="What do you put there?"),
        rows=(
            AnswerRow(
                question="object", label=Words(nl="Voorwerp", en="Object"), text=Words(nl="Een container", en="A skip")
            ),
        ),
    ),
)
ADDRESSEE: Final = Party(
    kind="person",
    name="N. Bewoner",
    organisation=None,
    kvk=None,
    email="",
    phone=None,
    address=Address(postcode="3811 LX", number="14", street="Voorbeeldstraat", town="Amersfoort"),
)


@dataclass(frozen=True, kw_only=True)
class Example:
    """An invented message with what its letter says more; `on_paper` is whether it may go by post with this text."""

    message: Message
    ordered: PrintOrdered
    on_paper: bool


def examples_of(name: str, *, table: Table) -> list[Example]:
    """Give an example of each message that has this text, the fullest first; every message has the closing one."""
    rows = [(fact, row) for fact in table.heard for row in table.tells.get(fact.__name__, ())]
    found = [each for fact, row in rows if name in (row.template, CLOSING) for each in _examples(fact, row=row)]
    return sorted(found, key=lambda each: -sum(map(bool, vars(each.message).values())))


def values_for(example: Example, *, municipality: Municipality, language: Language, on_paper: bool) -> dict[str, str]:
    """Give what comes in the holes for this example."""
    message = replace(example.message, language=language)
    if on_paper:
        paper = replace(message, link=None)
        return values_of(paper, municipality=municipality, link="", ordered=example.ordered)
    return values_of(message, municipality=municipality, link=LINK)


def unfilled(wording: Wording, *, name: str, table: Table, municipality: Municipality) -> Mapping[str, str]:
    """Name, by field (`nl.mail`), the holes that would stop a message since it does not have them."""
    found: dict[str, str] = {}
    for example in examples_of(name, table=table):
        for language in get_args(Language):
            said = wording.said(language)
            parts = [("subject", said.subject, False), ("mail", said.mail, False), ("letter", said.letter or "", True)]
            for key, text, on_paper in parts:
                if on_paper and not example.on_paper:
                    continue
                values = values_for(example, municipality=municipality, language=language, on_paper=on_paper)
                try:
                    fitting(text, values=values)
                except UnfilledError as error:
                    found.setdefault(f"{language}.{key}", str(error))
    return found


def _examples(fact: type, *, row: Telling) -> Iterator[Example]:
    known = {each.name for each in fields(fact)}
    message = replace(
        _MESSAGE,
        kind=row.template,
        reference=_MESSAGE.reference if row.letter or (row.reference or "reference") in known else None,
        nature=_MESSAGE.nature if row.letter or "nature" in known else None,
        day=_MESSAGE.day if row.day else None,
        lines=_lines() if "lines" in known else (),
    )
    text, shown = _TEXT if row.text else "", _SHOWN if row.shown else ()
    example = Example(
        message=message,
        ordered=PrintOrdered(message_id=message.id, text=text, shown=shown),
        on_paper="post" in row.by and not row.letter,
    )
    yield example
    if row.letter:  # letters from before they bore the link to the case
        yield replace(example, message=replace(message, link=None))


def _lines() -> tuple[DigestLine, ...]:
    return tuple(DigestLine(kind=kind, count=at % 3 + 1, link=LINK) for at, kind in enumerate(get_args(DigestKind)))
