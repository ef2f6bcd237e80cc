"""What somebody may do to the cases that they chose together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from services.workflow import bulk_store
from services.workflow.domain.bulk import NEEDS, BulkAct
from services.workflow.loads import Load, loads_of
from services.workflow.people import find_colleagues
from services.workflow.products import KeptProducts
from services.workflow.web.office import me, today
from shared.access import Permission, may, scope_of
from shared.catalogue.definitions import Product
from shared.database import Connection
from shared.events import Nature
from shared.problems import problem_of


class Choice(NamedTuple):
    """A run with the acts that its owner may do; `product` when all cases are of one kind."""

    run: bulk_store.Run
    acts: Sequence[BulkAct]
    loads: Sequence[Load]
    product: Product | None


def own_run(connection: Connection, *, run_id: UUID) -> bulk_store.Run:
    """Give a run of the reader.

    Raises:
        ProblemError: 404, there is none, or it is of another.
    """
    run = bulk_store.find_run(connection, person=me(), run_id=run_id)
    if run is None:
        raise problem_of(404)
    return run


def choice_for(connection: Connection, *, run: bulk_store.Run) -> Choice:
    """Work out what the reader may do with these cases; one decides together only on cases of one kind.

    Each objection is weighed by itself, with its own hearing (Awb 7:2 and 7:11), and each card has its own number.
    """
    person = me()
    kinds = bulk_store.products_of(connection, run_id=run.id)
    one = kinds[0] if len({kind["product"] for kind in kinds}) == 1 else None
    product = KeptProducts(connection).product(one["product"], version=one["version"]) if one else None
    if product and (product.nature is Nature.OBJECTION or product.process.permit.at_most_years):
        product = None
    acts = [act for act in BulkAct if may(person, permission=NEEDS[act]) and (product or act is not BulkAct.DECIDE)]
    colleagues = find_colleagues(connection) if BulkAct.ASSIGN in acts else ()
    loads = [_fitted(load, kinds=kinds) for load in loads_of(connection, people=colleagues, today=today())]
    return Choice(run=run, acts=acts, loads=loads, product=product)


def _fitted(load: Load, *, kinds: Sequence[Mapping[str, Any]]) -> Load:
    """Count how many of these cases the colleague may handle."""
    scope = scope_of(load.person, permission=Permission.WORK_CASES)
    fitting = sum(kind["n"] for kind in kinds if scope.holds(team=kind["team"], product=kind["product"]))
    return replace(load, fitting=fitting)
