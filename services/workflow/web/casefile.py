"""One case as a page or a message of the API shows it: its row, its dates, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.workflow import queries
from services.workflow.domain.case import Case
from services.workflow.domain.clock import Clock, terms_of
from services.workflow.domain.time_left import TimeLeft
from services.workflow.products import KeptProducts
from services.workflow.web.summary import left_of, watched_date
from shared.access import Permission, Person, scope_of
from shared.catalogue.definitions import Product
from shared.database import Connection
from shared.problems import problem_of

NextStep = Literal[
    "withdrawn",
    "claim",
    "held",
    "wait",
    "wait_cosign",
    "no_answer",
    "not_mended",
    "not_cosigned",
    "decide",
    "sending",
    "done",
]


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """A case with everything that each of its pages shows; `mine`: the reader holds it or stands in.

    `cosign` is the second signatory with the answer. `refusable`: it may still be left unprocessed (Awb 4:5 lid 4).
    `tasks` is what was done of its tasks. `follows`: the reader follows it. `appealed`: somebody went to court.
    `mending` is what came of the last question to complete an objection, None where nothing was asked.
    """

    case: Case
    handler_name: str | None
    product: Product
    clock: Clock
    left: TimeLeft
    watched: date
    mine: bool
    works: bool
    assigns: bool
    refusable: bool
    cosign: queries.Row | None
    tasks: queries.Row
    follows: bool
    appealed: bool
    mending: queries.Row | None

    @property
    def next_step(self) -> NextStep:
        """Say what the case waits for."""
        if self.case.status == "withdrawn":
            return "withdrawn"
        if self.case.status == "announced":
            return "done"
        if self.case.status == "decided":
            return "sending"
        if self.case.awaits_cosignatory:
            return "wait_cosign"
        if self.case.handler is None:
            return "claim"
        if self.case.status == "awaiting_supplement":
            return "wait"
        if not self.mine:
            return "held"
        if self.cosign and not self.cosign["agreed"]:
            return "not_cosigned"
        if not self.case.went_unanswered:
            return "decide"
        if self.mending is None:
            return "no_answer"
        return "not_mended" if self.mending["state"] == "none" else "decide"


def open_file(connection: Connection, *, person: Person, reference: str, today: date) -> CaseFile:
    """Read a case for this person.

    Raises:
        ProblemError: 404, there is none, or none that this person may see.
    """
    found = queries.find_case(connection, person=person, reference=reference, today=today)
    if found is None:
        raise problem_of(404)
    case, said = found.case, found.case.submission
    products = KeptProducts(connection)
    product = products.to_decide_on(case)
    clock = case.clock(terms=terms_of(product.process, policy=products.policy), today=today)
    return CaseFile(
        case=case,
        handler_name=found.handler_name,
        product=product,
        clock=clock,
        left=left_of(clock, status=case.status, today=today),
        watched=watched_date(clock),
        mine=case.is_handled_by(person.subject),
        works=_may(person, Permission.WORK_CASES, case=case),
        assigns=_may(person, Permission.ASSIGN_CASES, case=case),
        refusable=clock.refuse_by is not None and today <= clock.refuse_by.rolled,
        cosign=queries.cosign_of(connection, case_id=case.id) if said.cosignatory else None,
        tasks=found.tasks,
        follows=found.follows,
        appealed=found.appealed,
        mending=queries.mending_of(connection, case_id=case.id) if case.is_objection else None,
    )


def _may(person: Person, permission: Permission, *, case: Case) -> bool:
    return scope_of(person, permission=permission).holds(team=case.team, product=case.submission.product)
