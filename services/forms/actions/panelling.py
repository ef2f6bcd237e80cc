"""Asks the residents' panel: sends a questionnaire to a list, takes each answer once, and counts when it is over."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from services.forms.domain.panel import count, read_questionnaire, results, to_measures
from services.forms.panel_store import Panel, answers_to, ask, closed_panels, keep_counts, keep_sent
from services.forms.ports import Links
from shared.bus import Courier
from shared.catalogue.definitions import Product
from shared.catalogue.versions import remember
from shared.crypto import token_hash
from shared.database import Connection
from shared.events import FormsMeasured
from shared.participation import PanelAsked

MOST: Final = 5_000
"""Addresses in one list."""
_ADDRESS: Final = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s,;<>\"'.]+")


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """A list of addresses as somebody gave it: each once, and the lines that hold none."""

    good: Sequence[str]
    wrong: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Mailing:
    """To whom a questionnaire goes, until which day they can answer, and who sends it."""

    addresses: Sequence[str]
    closes_on: date
    by: str


def read_addresses(text: str) -> Addresses:
    """Read a list with an address on each line, in small letters; what stands beside it is left out."""
    good: dict[str, None] = {}
    wrong = []
    for number, line in enumerate(text.splitlines(), start=1):
        found = _ADDRESS.search(line)
        if found:
            good[found[0].lower()] = None
        elif line.strip():
            wrong.append(number)
    return Addresses(good=list(good), wrong=wrong)


def send_panel(
    connection: Connection,
    panel: Panel,
    /,
    *,
    product: Product,
    mailing: Mailing,
    links: Links,
    now: datetime,
) -> int | None:
    """Ask everybody on the list who wants to be asked, and give how many; None when it was sent before.

    Addresses go to the service that mails, and stay there as long as its messages do; we keep seals.
    """
    asked, closes_on = 0, mailing.closes_on
    tell = Courier(connection, now=now).tell
    values = {"version": product.version, "by": mailing.by, "now": now, "closes_on": closes_on, "invited": 0}
    if not keep_sent(connection, panel_id=panel.id, **values):
        return None
    for address in mailing.addresses:
        token = links.panel_token(panel.id, address=address)
        seal = links.address_seal(address)
        if ask(connection, panel_id=panel.id, token_hash=token_hash(token), seal=seal):
            link = links.panel(token)
            tell(PanelAsked(title=product.title, email=address, day=closes_on, link=link))
            asked += 1
    connection.execute("update forms.panel set invited = %s where id = %s", [asked, panel.id])
    remember(connection, product)
    return asked


def count_panels(connection: Connection, *, today: date, tell: Callable[[FormsMeasured], object]) -> None:
    """Count those that are over, tell what may be seen, and destroy what single persons answered."""
    for panel in closed_panels(connection, today=today):
        product = read_questionnaire(panel.text, panel_id=panel.id).product
        if product is None or panel.closes_on is None:
            continue
        found = results(count(answers_to(connection, panel_id=panel.id), product=product), product=product)
        told = tuple(to_measures(found, invited=panel.invited))
        counts: dict[str, dict[str, int]] = {}
        for one in told:
            counts.setdefault(one.id, {})[one.what] = one.count
        keep_counts(connection, panel_id=panel.id, counts=counts)
        tell(FormsMeasured(on=panel.closes_on, product=panel.id, version=product.version, counts=told))
