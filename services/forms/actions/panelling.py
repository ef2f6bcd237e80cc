"""Asks the residents' panel: sends a questionnaire to a list, in portions, and counts when it is over."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from services.forms.domain.panel import count, read_questionnaire, results, to_measures
from services.forms.panel_store import (
    Panel,
    add_invited,
    answers_to,
    ask,
    closed_panels,
    find_panel,
    forget_ways_out,
    keep_counts,
    keep_sent,
    keep_waiting,
    take_waiting,
)
from services.forms.ports import Links
from shared.bus import Courier
from shared.catalogue.definitions import Product
from shared.catalogue.versions import recall, remember
from shared.crypto import token_hash
from shared.database import Connection
from shared.events import FormsMeasured
from shared.log import logger
from shared.participation import PanelAsked, PanelSent

MOST: Final = 5_000
"""Addresses in one list."""
PORTION: Final = 50
"""Who is asked at once: receipts and decisions go by the same way, and wait for so many mails at most."""
PAUSE: Final = timedelta(seconds=30)
"""Between two portions: a full list takes 50 minutes."""
_LINE: Final = 320
"""Characters of a line: an address of 254 at most, with a name. To search a longer one costs its square."""
_ADDRESS: Final = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s,;<>\"'.]+")


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """A list of addresses as somebody gave it: each once, and the lines that do not hold exactly one."""

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
        found = [each.lower() for each in _ADDRESS.findall(line)] if len(line) <= _LINE else []
        if len(set(found)) == 1 and line.count("@") == len(found):
            good[found[0]] = None
        elif line.strip():
            wrong.append(number)
    return Addresses(good=list(good), wrong=wrong)


def send_panel(connection: Connection, panel: Panel, /, *, product: Product, mailing: Mailing, now: datetime) -> bool:
    """Keep the list, and have everybody on it asked in portions; False when it was sent before, or its text changed."""
    values = {"version": product.version, "by": mailing.by, "now": now, "closes_on": mailing.closes_on}
    if not keep_sent(connection, panel_id=panel.id, text=panel.text, **values):
        return False
    keep_waiting(connection, panel_id=panel.id, addresses=mailing.addresses)
    remember(connection, product)
    Courier(connection, now=now).tell(PanelSent(panel_id=panel.id))
    return True


def ask_portion(connection: Connection, *, panel_id: str, links: Links, now: datetime) -> None:
    """Ask the next of the list, as far as they want to be asked, and leave the rest for the portion after.

    Addresses go to the service that mails, and stay there as long as its messages do; we keep seals.
    """
    panel = find_panel(connection, panel_id=panel_id)
    if panel is None or panel.version is None or panel.closes_on is None or panel.closes_on < now.date():
        return  # what waits of the list goes when the answers are counted
    product = recall(connection, product_id=panel_id, version=panel.version)
    addresses = take_waiting(connection, panel_id=panel_id, most=PORTION)
    if not addresses:
        return
    asked, tell = 0, Courier(connection, now=now).tell
    for address in addresses:
        token, seal = links.panel_token(panel_id, address=address), links.address_seal(address)
        if ask(connection, panel_id=panel_id, token_hash=token_hash(token), seal=seal):
            tell(PanelAsked(title=product.title, email=address, day=panel.closes_on, link=links.panel(token)))
            asked += 1
    add_invited(connection, panel_id=panel_id, count=asked)
    tell(PanelSent(panel_id=panel_id), due=now + PAUSE)


def count_panels(connection: Connection, *, today: date, tell: Callable[[FormsMeasured], object]) -> None:
    """Count those that are over, tell what may be seen, and destroy what single persons answered.

    A text that cannot be read any more gives no counts; what was promised to be destroyed is destroyed all the same.
    """
    forget_ways_out(connection, today=today)
    for panel in closed_panels(connection, today=today):
        product = read_questionnaire(panel.text, panel_id=panel.id).product
        if product is None or panel.closes_on is None:
            logger.error("panel_unreadable", panel=panel.id)
            keep_counts(connection, panel_id=panel.id, counts={})
            continue
        found = results(count(answers_to(connection, panel_id=panel.id), product=product), product=product)
        told = tuple(to_measures(found, invited=panel.invited))
        counts: dict[str, dict[str, int]] = {}
        for one in told:
            counts.setdefault(one.id, {})[one.what] = one.count
        keep_counts(connection, panel_id=panel.id, counts=counts)
        tell(FormsMeasured(on=panel.closes_on, product=panel.id, version=product.version, counts=told))
