"""The cases beside one, as much as its reader may know of them."""

from __future__ import annotations

from services.workflow.neighbours import Neighbours, neighbours_of
from services.workflow.web.casefile import CaseFile
from services.workflow.web.office import me
from services.workflow.web.sensitive import may_look
from shared.catalogue.definitions import Sensitive
from shared.database import Connection


def find_neighbours(connection: Connection, *, file: CaseFile) -> Neighbours:
    """Find them; who may not use a citizen service number does not learn which cases are of one person."""
    knows_person = may_look(Sensitive.BSN, file=file)
    return neighbours_of(connection, case=file.case, person=me(), knows_person=knows_person)
