"""The texts of messages: what each says in two languages, which holes it may have, and whether they can be filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.notify.domain.messages import Kind, Message
from services.notify.domain.templating import holes_of, key_of, settle
from shared.catalogue.definitions import Municipality
from shared.events import Language, PrintOrdered, Words
from shared.law.calendar import local_date, long_date
from shared.natures import YOURS

CLOSING: Final = "closing"
"""The name of the text that ends every message."""

NAMES: Final[Mapping[str, Words]] = {
    "title": Words(nl="Waar het over gaat", en="What it is about"),
    "yours": Words(nl="Uw aanvraag, melding of bezwaar", en="Your application, notification or objection"),
    "reference": Words(nl="Het zaaknummer", en="The reference"),
    "day": Words(nl="De dag waar het om gaat", en="The day that matters"),
    "happened on": Words(nl="De dag waarop het gebeurde", en="The day on which it happened"),
    "link": Words(nl="De link naar de eigen pagina of de brief", en="The link to one's own page or the letter"),
    "page": Words(
        nl="De link naar de eigen pagina, naast die naar de brief",
        en="The link to one's own page, beside that to the letter",
    ),
    "text": Words(nl="De vraag of de reden, in een brief", en="The question or the reason, in a letter"),
    "answers": Words(nl="De antwoorden: alleen als deel, in een brief", en="The answers: only as a part, in a letter"),
    "returned mail": Words(
        nl="Of een e-mail niet aankwam: alleen als deel, in een brief",
        en="Whether an e-mail did not arrive: only as a part, in a letter",
    ),
    "municipality": Words(nl="De naam van de gemeente", en="The name of the municipality"),
    "phone": Words(nl="Het telefoonnummer", en="The phone number"),
    "email": Words(nl="Het e-mailadres van de gemeente", en="The e-mail address of the municipality"),
}
"""The holes that a text may have, and what comes in them. `with` before a name asks for it, `without` for its lack."""
_COUNTED: Final = (
    "late", "today", "week", "answered", "mentioned", "stirred", "advice late", "advice", "escalated", "free",
    "goals",
)  # fmt: skip
COUNTED: Final = tuple(f"{kind} {part}" for kind in _COUNTED for part in ("one", "more", "count", "link"))
"""The holes of a morning mail: of each number whether it is one or more, itself, and the list it counts."""


class UnfilledError(Exception):
    """A text asks for what this message does not have."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message in one language: its subject, its e-mail, and its letter where that says something else."""

    subject: str
    mail: str
    letter: str | None = None


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The text of a kind of message."""

    nl: Said
    en: Said

    def said(self, language: Language) -> Said:
        """Give it in a language."""
        return self.nl if language == "nl" else self.en


def allowed_in(name: str) -> frozenset[str]:
    """The keys of all holes that the text of this name may have."""
    names = [*NAMES, *(f"{word} {each}" for each in NAMES for word in ("with", "without"))]
    return frozenset(map(key_of, [*names, *(COUNTED if name == Kind.MORNING else ())]))


def values_of(
    message: Message, *, municipality: Municipality, link: str, ordered: PrintOrdered | None = None
) -> dict[str, str]:
    """Give what comes in the holes; what this message does not have is empty."""
    language = message.language
    values = {
        "title": getattr(message.title, language),
        "yours": getattr(YOURS[message.nature], language) if message.nature else "",
        "reference": message.reference or "",
        "day": long_date(message.day, language=language) if message.day else "",
        "happened on": long_date(local_date(message.at), language=language),
        "link": link,
        "page": message.link or "",
        "text": ordered.text if ordered else "",
        "answers": "yes" if ordered and ordered.shown else "",
        "returned mail": "yes" if message.by_post and message.recipient else "",
        "municipality": municipality.name,
        "phone": municipality.phone,
        "email": municipality.email,
    }
    asked = {f"with {name}": "yes" if value else "no" for name, value in values.items()}
    lacking = {f"without {name}": "no" if value else "yes" for name, value in values.items()}
    return values | asked | lacking | (_counted(message) if message.kind is Kind.MORNING else {})


def fitting(text: str, *, values: Mapping[str, str]) -> str:
    """Give the text with only those optional parts that are for this message.

    Raises:
        UnfilledError: it has a hole for which there is nothing.
    """
    given = {key_of(name): value for name, value in values.items()}
    unknown = [hole.name for hole in holes_of(text) if hole.key not in given]
    settled = text if unknown else settle(text, values=values)
    lacking = unknown or [hole.name for hole in holes_of(settled) if not given[hole.key]]
    if lacking:
        raise UnfilledError(", ".join(lacking))
    return settled


def _counted(message: Message) -> dict[str, str]:
    values = dict.fromkeys(COUNTED, "")
    for line in message.lines:
        kind = line.kind.replace("_", " ")
        values |= {
            f"{kind} one": "yes" if line.count == 1 else "no",
            f"{kind} more": "no" if line.count == 1 else "yes",
            f"{kind} count": str(line.count),
            f"{kind} link": line.link,
        }
    return values
