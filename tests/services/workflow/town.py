"""The people and the applications in these tests; all invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from shared.access import Person
from shared.catalogue.definitions import Catalogue, Product
from shared.catalogue.evaluate import evaluate
from shared.events import (
    Address,
    AnswerRow,
    AnswerSection,
    InformationGiven,
    Link,
    NoticeSent,
    Party,
    SubmissionReceived,
    Words,
)
from shared.ids import new_id
from shared.values import OWN_WORDS
from tests.products import CATALOGUE


def somebody(subject: str, name: str, *groups: str) -> Person:
    """One of the people who work for the municipality."""
    return Person(subject=subject, name=name, email=f"{subject}@voorbeeld.example", groups=frozenset(groups))


SAMIR = somebody("samir", "Samir Haddad", "handler", "team:*")
MILA = somebody("mila", "Mila Janssen", "handler", "team:*")
ELS = somebody("els", "Els van Dijk", "lead", "team:*")
BRAM = somebody("bram", "Bram de Wit", "administrator")
RUUD = somebody("ruud", "Ruud Smit")
AUKE = somebody("auke", "Auke Bakker", "auditor")
DAAN = somebody("daan", "Daan Mulder", "adviser", "team:permits")
PETER = somebody("peter", "Peter Kok", "manager", "team:*")
WIM = somebody("wim", "Wim Post", "functional-administrator")
EVERYONE = (SAMIR, MILA, ELS, BRAM, RUUD)

NOW = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)
TODAY = date(2026, 11, 24)
REFERENCE = "Z-2026-K4T9-2QXM"

ANSWERS: dict[str, Any] = {
    "objects": [{"kind": "container", "length": "4.00", "width": "2.00", "count": 1}],
    "purpose": "Verbouwing van de keuken",
    "place": {"postcode": "3811 LX", "number": "14", "street": "Voorbeeldstraat", "town": "Amersfoort"},
    "spot": "Voor de deur",
    "surfaces": ["pavement"],
    "footway_width": "1.80",
    "starts": "2026-12-14",
    "ends": "2026-12-18",
    "applicant_kind": "person",
    "name": "Noor de Vries",
    "contact_address": {"postcode": "3811 LX", "number": "14", "street": "Voorbeeldstraat", "town": "Amersfoort"},
    "email": "noor@example.org",
    "phone": "+31612345678",
    "truth": True,
}


def whole_catalogue() -> Catalogue:
    """The catalogue as it is in the house."""
    return CATALOGUE


def objecten() -> Product:
    """The permit for an object on the street."""
    return whole_catalogue().product("objecten")


def submission(
    reference: str = REFERENCE, *, received_at: datetime = NOW, name: str = "Noor de Vries", **answers: Any
) -> SubmissionReceived:
    """Noor's application for a container in front of the door."""
    product = objecten()
    said = {**ANSWERS, "name": name, **answers}
    evaluation = evaluate(product, said, on=received_at.date())
    address = Address(**said["contact_address"])
    return SubmissionReceived(
        reference=reference,
        product=product.id,
        version=product.version,
        title=product.title,
        received_at=received_at,
        channel="web",
        language="nl",
        applicant=Party(
            kind="person",
            name=name,
            organisation=None,
            kvk=None,
            email="noor@example.org",
            phone="+31612345678",
            address=address,
        ),
        place="Voorbeeldstraat 14, 3811 LX Amersfoort",
        starts=date.fromisoformat(said["starts"]),
        ends=date.fromisoformat(said["ends"]),
        answers=said,
        shown=_shown(),
        files=(),
        rules=evaluation.outcomes,
        fee_cents=evaluation.fee.cents if evaluation.fee else None,
        missing=(),
        identified=None,
        sources={},
        same_person=(),
        sealed=None,
        cosignatory=None,
        clerk=None,
        represented=None,
        link=None,
        status_link="http://forms.example/status/a-secret-token",
    )


PARTY: dict[str, Any] = {
    "event_name": "Buurtfeest Voorbeeldpark",
    "visitors": 60,
    "music": "unamplified",
    "alcohol_sold": False,
    "places_objects": True,
    "objects": [{"kind": "tent", "length": "3", "width": "3", "count": 2}],
    "bbq": True,
    "ground_owner": "municipality",
    "place": {"words": "Voorbeeldpark, bij de speeltuin"},
    "traffic": "none",
    "dates": {"first": "2026-12-19", "last": "2026-12-19"},
    "starts_at": "14:00",
    "ends_at": "00:00",
    "neighbours_date": "2026-12-05",
    "name": "Noor de Vries",
    "email": "noor@example.org",
    "phone": "+31612345678",
    "promise_present": True,
    "promise_passage": True,
    "promise_quiet": True,
    "promise_clean": True,
    "truth": True,
}


def small_event() -> Product:
    """The report of a small event, which the rules may accept."""
    return whole_catalogue().product("klein-evenement")


def small_event_report(reference: str = REFERENCE, **answers: Any) -> SubmissionReceived:
    """Noor reports a party in the park, in time and under every threshold."""
    product, said = small_event(), {**PARTY, **answers}
    return replace(
        submission(reference),
        product=product.id,
        version=product.version,
        title=product.title,
        place="Voorbeeldpark, bij de speeltuin",
        starts=date.fromisoformat(said["dates"]["first"]),
        ends=date.fromisoformat(said["dates"]["last"]),
        answers=said,
        rules=evaluate(product, said, on=NOW.date()).outcomes,
        fee_cents=None,
    )


OBJECTION = "Z-2026-2222-2229"


def objection(
    *,
    received_at: datetime,
    to: str = REFERENCE,
    reference: str = OBJECTION,
    grounds_when: str = "now",
    **changes: Any,
) -> SubmissionReceived:
    """Noor's objection to the decision on a case, which she wants to explain in a hearing."""
    product = whole_catalogue().product("bezwaar")
    answers = {
        "about_case": to,
        "interest": "mine",
        "grounds_when": grounds_when,
        "grounds": "De container past wel.",
        "wants_hearing": True,
        **{name: ANSWERS[name] for name in ("name", "contact_address", "email")},
    }
    said = replace(
        submission(reference, received_at=received_at),
        product=product.id,
        version=product.version,
        title=product.title,
        answers=answers,
        rules=evaluate(product, answers, on=received_at.date()).outcomes,
        place=None,
        starts=None,
        ends=None,
        fee_cents=None,
        link=Link(kind="objection", reference=to),
    )
    return replace(said, **changes)


def given(
    request_id: UUID, *, at: datetime, text: str = "De stoep is 3 meter breed.", asked: str = OWN_WORDS, **more: Any
) -> InformationGiven:
    """Noor's answer."""
    told = {"answers": {}, "shown": (), "files": (), **more}
    return InformationGiven(reference=REFERENCE, request_id=request_id, given_at=at, text=text, asked=asked, **told)


def notice(kind: str, *, at: datetime, reference: str = REFERENCE, again: bool = False) -> NoticeSent:
    """A message that went to Noor."""
    decision = kind == "decision"
    return NoticeSent(
        reference=reference,
        message_id=new_id(),
        kind=kind,
        channel="email",
        sent_at=at,
        letter_link="http://notify.example/brieven/token" if decision else None,
        letter_sha256="0" * 64 if decision else None,
        objection_until=date(2027, 1, 12) if decision else None,
        again=again,
    )


def _shown() -> tuple[AnswerSection, ...]:
    def row(question: str, nl: str, en: str, text: str) -> AnswerRow:
        return AnswerRow(question=question, label=Words(nl=nl, en=en), text=Words(nl=text, en=text))

    return (
        AnswerSection(
            title=Words(nl="Wat u wilt plaatsen", en="What you want to place"),
            rows=(
                row("objects", "Voorwerpen", "Objects", "1 container van 4 bij 2 meter"),
                row("purpose", "Waarvoor is het?", "What is it for?", "Verbouwing van de keuken"),
            ),
        ),
        AnswerSection(
            title=Words(nl="Waar het komt", en="Where it goes"),
            rows=(
                row("place", "Adres", "Address", "Voorbeeldstraat 14, 3811 LX Amersfoort"),
                row("spot", "Welke plek?", "Which spot?", "Voor de deur"),
                row("surfaces", "Ondergrond", "Surface", "Stoep"),
            ),
        ),
        AnswerSection(
            title=Words(nl="Wanneer", en="When"),
            rows=(
                row("starts", "Begindag", "First day", "14 december 2026"),
                row("ends", "Einddag", "Last day", "18 december 2026"),
            ),
        ),
    )
