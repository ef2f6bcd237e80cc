"""Puts together what an action has at hand, over one connection and so in one transaction."""

from __future__ import annotations

from datetime import date, datetime

from services.workflow.audit import Act, record
from services.workflow.ports import Desk, Whole, refuse_sealed
from services.workflow.products import KeptProducts
from services.workflow.store import Store
from shared.access import EVERYTHING, Scope
from shared.bus import Courier
from shared.catalogue.definitions import Municipality
from shared.database import Connection
from shared.events import Decision
from shared.law.terms import objection_term
from shared.letters.letters import Marks, compose_decision


class HouseLetters:
    """The municipality's letters (the port `Letters`)."""

    def __init__(self, municipality: Municipality, *, stylesheet: str | None = None) -> None:
        """Speak for this municipality; with the address of a stylesheet the letter is for a screen."""
        self._municipality = municipality
        self._stylesheet = stylesheet

    def compose(self, decision: Decision, *, reference: str, sent_on: date) -> str:
        """Give the letter as HTML, as it would go on this day."""
        return compose_decision(
            decision,
            municipality=self._municipality,
            marks=Marks(reference=reference),
            sent_on=sent_on,
            objection_until=objection_term(sent_on).safe,
            stylesheet=self._stylesheet,
        )


def give_teams(connection: Connection) -> None:
    """Let cases of before there were teams lie with the team of their product."""
    rows = connection.execute("select distinct product, version from workflow.cases where team = ''").fetchall()
    for row in rows:
        team = KeptProducts(connection).product(row["product"], version=row["version"]).process.team or ""
        connection.execute(
            "update workflow.cases set team = %s where team = '' and product = %s and version = %s",
            [team, row["product"], row["version"]],
        )


def record_acts(connection: Connection, *, desk: Desk, who: str, act: str, at: datetime) -> None:
    """Add to the audit log what somebody did at this desk, a row for each case; the last thing before it closes."""
    for reference in desk.cases.touched:
        record(connection, act=Act(at=at, who=who, act=act, reference=reference))


def open_desk(
    connection: Connection, *, now: datetime, whole: Whole = refuse_sealed, scope: Scope = EVERYTHING
) -> Desk:
    """Give the desk for one action at this instant, to these cases; others do not exist at it."""
    courier = Courier(connection, now=now)
    return Desk(
        cases=Store(connection, now=now, within=vars(scope)),
        products=KeptProducts(connection),
        tell=courier.tell,
        whole=whole,
    )
