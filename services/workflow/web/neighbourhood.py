"""The cases beside one and those that belong to it, as much as its reader may know of them."""

from __future__ import annotations

from dataclasses import dataclass

from services.workflow.bulk_store import outage_of
from services.workflow.domain.linked import KINDS, Kinds, last_to_object, timeliness
from services.workflow.linked_store import Family, family_of
from services.workflow.neighbours import Neighbours, neighbours_of
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import me
from services.workflow.web.permit_life import Life, find_life
from services.workflow.web.sensitive import may_look
from shared.catalogue.definitions import Sensitive
from shared.database import Connection
from shared.events import Words


@dataclass(frozen=True, kw_only=True)
class Kin:
    """The cases that belong together, how each kind is called, and what to look at in a late objection."""

    family: Family
    kinds: Kinds
    timeliness: Words | None
    life: Life | None
    barred: bool


def find_kin(connection: Connection, *, file: CaseFile) -> Kin:
    """Find what a case belongs to and what belongs to it."""
    family = family_of(connection, case=file.case, person=me())
    life, barred = find_life(connection, file=file), me().subject in file.case.barred
    last = last_to_object(file.case)
    outage = outage_of(connection, day=last) if last else None
    late = timeliness(file.case, policy=file.clock.policy, outage=outage)
    return Kin(family=family, kinds=KINDS, timeliness=late, life=life, barred=barred)


def find_neighbours(connection: Connection, *, file: CaseFile) -> Neighbours:
    """Find them; who may not use a citizen service number does not learn which cases are of one person."""
    knows_person = may_look(Sensitive.BSN, file=file)
    return neighbours_of(connection, case=file.case, person=me(), knows_person=knows_person)
