"""What a view on a public notice asks: who gives it, how to reach them, and what they want to say (Awb 3:15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.forms.domain.accepting.texts import TEXT_LENGTH
from services.forms.domain.asides import answers_in
from services.forms.domain.reading import Typed, read_fields
from shared.catalogue.definitions import FileType, Kind, Question
from shared.events import Address, Party, Words

FILE: Final = Question(
    id="file",
    kind=Kind.FILE,
    label=Words(nl="Een bestand", en="A file"),
    types=tuple(FileType),
    max_mb=10,
    maximum=1,
    optional=True,
)
ADDRESS: Final = Question(id="address", kind=Kind.ADDRESS, label=Words(nl="Uw adres", en="Your address"))
FIELDS: Final = (
    Question(
        id="words",
        kind=Kind.LONG_TEXT,
        label=Words(nl="Wat vindt u van dit plan?", en="What do you think of this plan?"),
        maximum=TEXT_LENGTH,
        errors={"missing": Words(nl="Schrijf op wat u van dit plan vindt", en="Write what you think of this plan")},
    ),
    Question(
        id="name",
        kind=Kind.TEXT,
        label=Words(nl="Uw naam", en="Your name"),
        maximum=200,
        errors={"missing": Words(nl="Vul uw naam in", en="Fill in your name")},
    ),
    ADDRESS,
    Question(
        id="email",
        kind=Kind.EMAIL,
        label=Words(nl="Uw e-mailadres", en="Your e-mail address"),
        hint=Words(nl="Zonder e-mailadres krijgt u een brief", en="Without an e-mail address you get a letter"),
        optional=True,
    ),
    Question(id="phone", kind=Kind.PHONE, label=Words(nl="Uw telefoonnummer", en="Your phone number"), optional=True),
    Question(
        id="on_behalf",
        kind=Kind.TEXT,
        label=Words(nl="Namens wie reageert u?", en="For whom do you react?"),
        hint=Words(nl="Alleen als u ook voor iemand anders spreekt", en="Only if you speak for somebody else too"),
        maximum=200,
        optional=True,
    ),
)


@dataclass(frozen=True, kw_only=True)
class GivenView:
    """A view that can go: who gives it, for whom (empty: for themselves), and in which words."""

    party: Party
    on_behalf: str
    words: str


def view_from(typed: Typed) -> GivenView:
    """Read a view from the fields of its page.

    Raises:
        WrongAnswerError: with every fault, each named as its field.
    """
    found = answers_in(read_fields(FIELDS, typed=typed), asked=FIELDS)
    party = Party(
        kind="person",
        name=found["name"],
        organisation=None,
        kvk=None,
        email=found["email"],
        phone=found["phone"] or None,
        address=Address(**found["address"]),
    )
    return GivenView(party=party, on_behalf=found["on_behalf"], words=found["words"])
