"""What comes with the page of a view: the fields as typed, and what staff at the desk add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from uuid import UUID

from services.forms.domain.accepting.places import address_key
from services.forms.domain.asides import received_from
from services.forms.domain.faults import Fault, WrongAnswerError
from services.forms.domain.reacting import ADDRESS
from services.forms.domain.reading import first, read_fields
from services.forms.ports import AddressBook
from services.forms.web.counter import means, today
from services.forms.web.desk import CHANNELS, Channel
from services.forms.web.fields import typed_fields
from shared import events
from shared.events import Words
from shared.ids import new_id

_HOW = Words(nl="Kies hoe dit binnenkwam", en="Choose how this came in")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What came with the page; `id` is its own number, so that a second click is no second view."""

    id: UUID
    typed: Mapping[str, list[str]]

    def text(self, name: str) -> str:
        """The text of a field, or nothing."""
        return first(self.typed, name=name)

    @property
    def looks_up(self) -> bool:
        """Whether a button beside the address was pressed."""
        return self.text("action").partition(":")[0] in ("find", "look_up")

    def with_street(self, book: AddressBook) -> Sent:
        """The same, with the street of this postcode and number where the address book knows it."""
        try:
            value = read_fields((ADDRESS,), typed=self.typed).answers.get(ADDRESS.id) or {}
            postcode, number = address_key(ADDRESS, value=value)
        except WrongAnswerError:
            return self
        found = book.find(postcode, number=number)
        if found is None:
            return self
        filled = {"address.street": [found.street], "address.town": [found.town]}
        return replace(self, typed={**self.typed, **filled})


@dataclass(frozen=True, kw_only=True)
class Intake:
    """By whom of the staff it was written down, and on which day it came in."""

    told: events.Intake
    received: date


def read_sent(fields: Mapping[str, list[str]]) -> Sent:
    """Read what was sent, or begin with an empty page; a number that is none gets another."""
    typed = typed_fields(fields.items())
    try:
        number = UUID(first(typed, name="view"))
    except ValueError:
        number = new_id()
    return Sent(id=number, typed=typed)


def read_intake(sent: Sent) -> Intake | None:
    """Read how it came in, when staff at the desk writes it down; None: somebody does so themselves.

    Raises:
        WrongAnswerError: staff did not say how, or the day of a letter or e-mail cannot be.
    """
    clerk = means().clerk
    if clerk is None:
        return None
    channel = sent.text("channel")
    if channel not in CHANNELS:
        raise WrongAnswerError(Fault(name="channel", text=_HOW))
    received = received_from(sent.typed, channel=channel, today=today())
    return Intake(told=events.Intake(channel=cast(Channel, channel), clerk=clerk), received=received)
