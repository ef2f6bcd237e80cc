"""Draws invented cases and the staff who work on them, by chance that can be repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from dev.history.lives import Life, draw_plan, live, opinion_of
from dev.history.moulds import Cast, Mould, fill, in_parts
from dev.history.names import channel_of, name_of, place_of, postcode_of, street_of
from dev.history.tables import Made
from services.workflow.people import remember_person
from shared.access import Person
from shared.database import Connection
from shared.law.calendar import is_working_day, local_date

SEED: Final = 20261124
YEARS: Final = 5
GROWTH: Final = 1.05
"""Each year so many times the applications of the year before."""
SEASONS: Final = (0.8, 0.9, 1.1, 1.25, 1.3, 1.15, 0.85, 0.75, 1.1, 1.0, 0.9, 0.7)
"""How busy January to December are: before summer most comes in."""
SHARES: Final = {
    "objecten": 5,
    "bewonersparkeren": 4,
    "klein-evenement": 2,
    "uitrit": 2,
    "woo-verzoek": 2,
    "bezwaar": 2,
}
"""How often a product is asked for beside one that is not named here."""
STUCK_OF: Final = 29
"""One in so many came lately and nothing has ended it; beside it is open what would end after today."""
STAFF: Final = 40
LEADS: Final = 4
_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What to make: `count` cases, as they stand at `now`; `first` is the number of the first, new for each order."""

    database_url: str
    counter_database_url: str
    forms_url: str
    count: int
    now: datetime
    first: int = 0


def hire(connection: Connection, *, now: datetime) -> Iterator[str]:
    """The staff of a city: handlers, and some who lead."""
    chance = Random(SEED)  # noqa: S311 chance that can be repeated is no secret
    for number in range(STAFF):
        subject = f"staff-{number:02}"
        groups = frozenset({"lead" if number < LEADS else "handler", "team:*"})
        person = Person(subject=subject, name=name_of(chance), email=f"{subject}@voorbeeld.example", groups=groups)
        remember_person(connection, person=person, now=now)
        yield subject


def invent(number: int, *, order: Order, moulds: Sequence[Sequence[Mould]], staff: tuple[str, ...]) -> Made:
    """One case, by chance that its number settles."""
    chance = Random(SEED * 1_000_003 + number)  # noqa: S311 chance that can be repeated is no secret
    is_stuck = chance.randrange(STUCK_OF) == 0
    received = _receipt(chance, is_stuck=is_stuck, now=order.now)
    (of_product,) = chance.choices(moulds, [SHARES.get(each[0].product.id, 1) for each in moulds])
    (mould,) = chance.choices(of_product, [each.of_hundred for each in of_product])
    cast = mould.cast(max(0, (mould.on - local_date(received)).days // 28) * 4)
    reference, channel = "-".join(("Z", f"{received:%Y}", _letters(chance), _letters(chance))), channel_of(chance)
    values = {**_person(chance, number=number), "reference": reference, "received": received.isoformat()}
    values |= {"link": f"{order.forms_url}/status/{chance.getrandbits(160):040x}", "channel": channel}
    who = replace(cast.said.applicant, name=values["name"], email=values["email"])
    place = fill(in_parts(cast.said.place), values=values) if cast.said.place else None
    said = replace(cast.said, reference=reference, received_at=received, applicant=who, place=place, channel=channel)
    years = (order.now - received).days // 365
    plan = draw_plan(chance, mould=mould, is_stuck=is_stuck, years_ago=years, staff=staff)
    life = live(
        _id_at(received, chance=chance),
        said=said,
        product=mould.product,
        plan=plan,
        chance=chance,
        now=order.now,
    )
    return Made(
        life=life,
        version=mould.version,
        said=fill(cast.text, values=values),
        decision=_decision(life, cast=cast, values=values),
        opinion=opinion_of(life),
    )


def _person(chance: Random, *, number: int) -> dict[str, str]:
    """Somebody, and where they live."""
    return {
        "name": name_of(chance),
        "email": f"bewoner{number}@voorbeeld.example",
        "street": street_of(chance),
        "number": str(chance.randrange(1, 200)),
        "postcode": postcode_of(chance),
        "place": place_of(chance),
    }


def _decision(life: Life, *, cast: Cast, values: dict[str, str]) -> str:
    if life.result not in cast.decided or life.ended_at is None:
        return ""
    days = {
        "received_on": local_date(life.case.submission.received_at).isoformat(),
        "decided_on": local_date(life.ended_at).isoformat(),
        "handler": life.case.handler or "",
    }
    return fill(cast.decided[life.result], values={**values, **days})


def _receipt(chance: Random, *, is_stuck: bool, now: datetime) -> datetime:
    """When it came in: more in busy months and of late; what is stuck mostly in the last two months."""
    received = now - timedelta(days=min(chance.expovariate(1 / 28), 200)) if is_stuck else _some_day(chance, now=now)
    if not is_working_day(local_date(received)) and chance.random() < 0.7:
        received -= timedelta(days=chance.choice((2, 3)))
    return received.replace(microsecond=0)


def _some_day(chance: Random, *, now: datetime) -> datetime:
    while True:
        days = chance.uniform(0, YEARS * 365)
        received = now - timedelta(days=days)
        if chance.random() * max(SEASONS) < SEASONS[received.month - 1] * GROWTH ** (-days / 365):
            return received


def _letters(chance: Random) -> str:
    return "".join(chance.choice(_LETTERS) for _ in range(4))


def _id_at(instant: datetime, *, chance: Random) -> UUID:
    """A number that sorts by its instant, as `shared.ids` makes them."""
    milliseconds = int(instant.timestamp() * 1000)
    number = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | chance.getrandbits(12) << 64 | 0b10 << 62
    return UUID(int=number | chance.getrandbits(62))
