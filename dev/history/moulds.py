"""Moulds of applications: those that came in through the form service, with the person, place and days left open."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from dev.history.planted import KINDS, PRODUCT, USUALLY_REFUSED, made_as
from services.workflow.domain import decision as decisions
from services.workflow.domain.decision import Draft
from shared.catalogue.definitions import Product
from shared.catalogue.versions import recall
from shared.database import Connection
from shared.events import Result, SubmissionReceived
from shared.law.calendar import local_date, long_date
from shared.wire import from_wire, name_of, to_wire

OPEN: Final = {
    "reference": "@REFERENCE@",
    "name": "@NAME@",
    "email": "@EMAIL@",
    "street": "@STREET@",
    "number": "@NUMBER@",
    "postcode": "@POSTCODE@",
    "place": "@PLACE@",
    "received": "@RECEIVED@",
    "link": "@LINK@",
    "channel": "@CHANNEL@",
    "handler": "@HANDLER@",
    "received_on": "@RECEIVED_ON@",
    "decided_on": "@DECIDED_ON@",
}
"""What stands in a mould where each application has its own."""

_OPENING = re.compile(f"@({'|'.join(mark.strip('@') for mark in OPEN.values())})@")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_MONTHS = {
    long_date(date(2026, month, 1), language=language).split()[1]: month
    for month in range(1, 13)
    for language in ("nl", "en")
}
_LONG = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})")


@dataclass(frozen=True, kw_only=True)
class Cast:
    """A mould moved to a week: the application as the domain knows it and as JSON, and its decisions as JSON.

    JSON stands in parts, every second one the name of what is open there.
    """

    said: SubmissionReceived
    text: Sequence[str]
    decided: dict[Result, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Mould:
    """An application of a product, with `text` as JSON; `on` is the day it was received.

    Of a hundred of its product `of_hundred` are made after this one, as far as that is known; `refused` are refused.
    """

    product: Product
    version: int
    on: date
    text: str
    decided: dict[Result, str]
    of_hundred: int = 1
    refused: float = USUALLY_REFUSED
    _casts: dict[int, Cast] = field(default_factory=dict, compare=False)

    def cast(self, weeks: int) -> Cast:
        """Give it as it would have been so many weeks earlier."""
        if weeks not in self._casts:
            text = _moved(self.text, weeks=weeks)
            said = from_wire(SubmissionReceived.__name__, version=self.version, payload=_readable(text))
            decided = {result: in_parts(_moved(each, weeks=weeks)) for result, each in self.decided.items()}
            self._casts[weeks] = Cast(said=said, text=in_parts(text), decided=decided)
        return self._casts[weeks]


def read_moulds(connection: Connection) -> tuple[Mould, ...]:
    """Make moulds of applications that came in here, without what is bound to them: files and sealed answers.

    Of the product in which something is planted the moulds are of the kinds that hold it.
    """
    rows = connection.execute(
        """
        select submission, submission_version as version
        from (select * from workflow.cases order by id desc limit 500) newest
        where submission ->> 'cosignatory' is null
        and submission -> 'applicant' ->> 'email' not like 'bewoner%@voorbeeld.example'
        order by id limit 60
        """
    ).fetchall()
    said = [from_wire(SubmissionReceived.__name__, version=row["version"], payload=row["submission"]) for row in rows]
    found = [_mould(connection, said=each) for each in said if each.product != PRODUCT]
    pattern = next((each for each in said if each.product == PRODUCT and not each.applicant.organisation), None)
    return (*found, *_planted(connection, pattern=pattern)) if pattern else tuple(found)


def in_parts(text: str) -> Sequence[str]:
    """Split text where it is open, so that filling it in looks for nothing."""
    return _OPENING.split(text)


def fill(parts: Sequence[str], *, values: dict[str, str]) -> str:
    """Put these values where the text is open; they must need no escape in JSON."""
    filled = list(parts)
    filled[1::2] = [values[name.lower()] for name in parts[1::2]]
    return "".join(filled)


def _planted(connection: Connection, *, pattern: SubmissionReceived) -> Iterator[Mould]:
    product = recall(connection, product_id=pattern.product, version=pattern.version)
    for kind in KINDS:
        mould = _mould(connection, said=made_as(kind, pattern, product=product))
        yield replace(mould, of_hundred=kind.of_hundred, refused=kind.refused)


def _mould(connection: Connection, *, said: SubmissionReceived) -> Mould:
    _, version = name_of(said)
    product = recall(connection, product_id=said.product, version=said.version)
    left = {"received_at": OPEN["received"], "status_link": OPEN["link"], "channel": OPEN["channel"]}
    opened = {**to_wire(said), **left, "files": [], "sealed": None, "same_person": []}
    decided: dict[Result, str] = {
        result: _open(_decision(said, product=product, result=result), said=said) for result in ("granted", "refused")
    }
    on = local_date(said.received_at)
    return Mould(product=product, version=version, on=on, text=_open(opened, said=said), decided=decided)


def _decision(said: SubmissionReceived, *, product: Product, result: Result) -> dict[str, Any]:
    """A decision that the product's own texts make, with its days and handler left open."""
    offer = decisions.offer_blocks(said, product=product)
    grounds = offer.grant_reasons if result == "granted" else offer.refusal_grounds
    blocks = (*(block.id for block in grounds[:1]), *decisions.first_draft(offer).blocks)
    draft = Draft(result=result, blocks=blocks)
    made = decisions.compose(draft, submission=said, product=product, on=local_date(said.received_at), handler="")
    days = {"received_on": OPEN["received_on"], "decided_on": OPEN["decided_on"], "handler": OPEN["handler"]}
    return {**to_wire(made), **days}


def _open(payload: dict[str, Any], *, said: SubmissionReceived) -> str:
    """Write it as JSON, open where each application has its own."""
    text = json.dumps(payload, ensure_ascii=False)
    who, address = said.applicant, said.applicant.address
    if address:
        text = text.replace(f"{address.street} {address.number}", f"{OPEN['street']} {OPEN['number']}")
        text = text.replace(f'"number": "{address.number}"', f'"number": "{OPEN["number"]}"')
        text = text.replace(address.street, OPEN["street"]).replace(address.postcode, OPEN["postcode"])
    named = [(said.reference, "reference"), (who.email, "email"), (who.name, "name")]
    if said.place and f'"place": "{said.place}"' in text:  # without an address in it: many would be at one place
        named.append((said.place, "place"))
    for value, name in named:
        text = text.replace(value, OPEN[name])
    return text


def _readable(text: str) -> Any:
    return json.loads(text.replace(OPEN["received"], "2026-01-01T00:00:00+00:00").replace(OPEN["channel"], "web"))


def _moved(text: str, *, weeks: int) -> str:
    """Move every day in it by whole weeks, so that weekdays stay what they are."""
    by = timedelta(weeks=weeks)
    text = _ISO.sub(lambda found: (date.fromisoformat(found[0]) - by).isoformat(), text)
    return _LONG.sub(lambda found: _long(found, by=by), text)


def _long(found: re.Match[str], *, by: timedelta) -> str:
    day = date(int(found[3]), _MONTHS[found[2]], int(found[1])) - by
    return long_date(day, language="en" if found[2][0].isupper() else "nl")
