"""What goes when: the table that says which fact becomes which message, for whom, and by which way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from services.notify.domain.messages import Kind, Message, Way
from services.notify.domain.papers import Paper
from shared.events import Words
from shared.ids import new_id
from shared.values import Contact

Reader = Literal["applicant", "signatory", "adviser", "viewer", "panel", "staff"]
Brought = Literal["decision", "extension", "penalty", "withdrawal", "conditions"]


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One row: the message that a fact becomes. `what` happened is in words for whoever reads the table.

    `when` holds fields of the fact with the value or list of values that count; True is there, False is not. Of `day`,
    `at`, `text`, `shown`, `reference`, `title` and `link` it is the field of the fact that holds it; None where it has
    none. `news` is a reminder or news: who wants none gets none. `letter` is the letter that the message brings.
    """

    template: Kind
    what: Words
    to: Reader = "applicant"
    by: tuple[Way, ...] = ("box", "email", "post")
    when: dict[str, Any]
    day: str | None = None
    at: str | None = None
    text: str | None = None
    shown: str | None = None
    reference: str | None = None
    title: str | None = None
    link: str | None = None
    letter: Brought | None = None
    link_on_paper: bool = True
    news: bool = False

    @property
    def may_go_to_box(self) -> bool:
        """Whether it goes to the Berichtenbox of who chose that: only who applies can."""
        return self.to == "applicant" and "box" in self.by

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the fact that this row reads."""
        named = (self.day, self.at, self.text, self.shown, self.reference, self.title, self.link)
        return (*self.when, *(name for name in named if name))

    def fits(self, fact: object) -> bool:
        """Whether the fact is one of which this row tells."""
        return all(_counts(getattr(fact, name), wanted=wanted) for name, wanted in self.when.items())


@dataclass(frozen=True, kw_only=True)
class Silence:
    """Facts that become no message, and why."""

    because: str
    facts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """All rows by the name of the fact, and the facts of which nobody is told; `heard` may have a row.

    `calls` are facts of which systems that want to hear of cases are called. `coded` are products of which a letter
    asks a code beside the reference.
    """

    heard: tuple[type, ...]
    tells: Mapping[str, tuple[Telling, ...]]
    silent: tuple[Silence, ...]
    calls: tuple[str, ...] = ()
    coded: tuple[str, ...] = ()

    def tellings_of(self, fact: object) -> tuple[Telling, ...]:
        """Give the rows that tell of this fact."""
        return tuple(each for each in self.tells.get(type(fact).__name__, ()) if each.fits(fact))

    def goes_by_post(self, kind: Kind) -> bool:
        """Whether a message may go by post when its mail does not arrive: to who applied, about whom that is known."""
        rows = (each for told in self.tells.values() for each in told if each.template == kind)
        return any(each.to == "applicant" and "post" in each.by for each in rows)

    @property
    def news(self) -> frozenset[Kind]:
        """The messages that who gets them may decline."""
        return frozenset(each.template for told in self.tells.values() for each in told if each.news)

    def bringing(self, letter: Brought) -> Telling:
        """Give the row of the message that brings such a letter.

        Raises:
            StopIteration: no row does; a table that was read has one of each.
        """
        return next(each for rows in self.tells.values() for each in rows if each.letter == letter)


def message_of(fact: Any, telling: Telling, /, *, now: datetime, boxed: bool = False) -> Message | None:
    """Make the message that a row says a fact becomes; None when no way of the row reaches the reader.

    One that may go to the Berichtenbox says so, whether or not its reader chose that; who is `boxed` did.
    """
    recipient, language, link = _reached(fact, telling=telling)
    if not boxed and ("email" if recipient else "post") not in telling.by:
        return None
    return Message(
        id=new_id(),
        kind=telling.template,
        reference=getattr(fact, telling.reference or "reference", None),
        recipient=recipient,
        language=language,
        title=getattr(fact, telling.title or "title", telling.what),
        nature=getattr(fact, "nature", None),
        link=link if recipient or telling.link_on_paper else None,
        day=getattr(fact, telling.day) if telling.day else None,
        at=getattr(fact, telling.at or "at", now),
        lines=getattr(fact, "lines", ()),
        by_box=telling.may_go_to_box,
    )


def paper_of(fact: object, *, telling: Telling) -> Paper:
    """Give what the letter about this fact says more; a reason in Dutch (Awb 2:6)."""
    said = getattr(fact, telling.text) if telling.text else ""
    shown = getattr(fact, telling.shown) if telling.shown else ()
    return Paper(text=said.nl if isinstance(said, Words) else said, shown=shown)


def _reached(fact: Any, *, telling: Telling) -> tuple[str, Any, str]:
    """Who applied is reached as their contact says; any other, and who has no case yet, as the fact itself does."""
    contact: Contact | None = getattr(fact, "contact", None) if telling.to == "applicant" else None
    if contact is None:
        return fact.email, getattr(fact, "language", "nl"), getattr(fact, telling.link or "link")
    link = getattr(fact, telling.link) if telling.link else contact.status_link
    return contact.email, contact.language, link


def _counts(value: object, *, wanted: str | bool | list[str]) -> bool:
    if isinstance(wanted, bool):
        return (value is not None and value is not False) is wanted
    return value in ([wanted] if isinstance(wanted, str) else wanted)
