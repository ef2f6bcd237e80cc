"""Bringing a case to a team: by the table or the rules when it comes in, by hand when nothing says where it goes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from services.workflow.domain.case import Case, refuse_closed
from services.workflow.domain.routing import Route, Table, features_of, route
from services.workflow.ports import Desk, UnknownCaseError
from shared.access import Person
from shared.catalogue.definitions import Product
from shared.events import CasePlaced, SubmissionReceived


@dataclass(frozen=True, kw_only=True)
class Routed:
    """Where a new case goes, and the table that counted then (None: there was none)."""

    route: Route
    table: Table | None

    @property
    def team(self) -> str:
        """The team, "" where nothing names one."""
        return self.route.team


def find_team(submission: SubmissionReceived, *, product: Product, desk: Desk) -> Routed:
    """Give where a new case goes: as the table says that counts now, else as its product says."""
    table = desk.cases.routing()
    lines = table.lines if table else ()
    return Routed(route=route(features_of(submission, product=product), lines=lines), table=table)


def note_route(case: Case, *, routed: Routed, desk: Desk) -> None:
    """Have the timeline say which line of which table brought a case to its team; its product's rules show anyway."""
    if routed.table and routed.route.line:
        details = {"team": routed.team, "table": routed.table.number, "line": routed.route.line}
        desk.cases.note(case, kind="routed", at=case.submission.received_at, who=None, details=details)


def place_by_hand(
    reference: str, *, team: str, teams: Collection[str], person: Person, now: datetime, desk: Desk
) -> None:
    """Bring a case that lies with none of the `teams` to one of them.

    Raises:
        UnknownCaseError: there is no such case, or it lies with a team already.
        AlreadyDecidedError: nothing is left to handle.
    """
    case = desk.cases.lock(reference)
    if case.team in teams:
        raise UnknownCaseError
    refuse_closed(case)
    desk.cases.place(replace(case, team=team))
    desk.tell(CasePlaced(reference=reference, at=now, product=case.submission.product, team=team))
    desk.cases.note(case, kind="placed", at=now, who=person.subject, details={"team": team})
