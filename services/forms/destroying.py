"""Destroys what this service has of a case whose term of keeping is over: form, drafts, seals, files and facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.forms.ports.files import Vault
from shared.database import Connection
from shared.destroying import destroy_rows
from shared.record_events import CaseDestroyed, CaseDestructionOrdered


def destroy_case(
    connection: Connection,
    *,
    ordered: CaseDestructionOrdered,
    now: datetime,
    vault: Vault,
    tell: Callable[[object], object],
) -> None:
    """Destroy all of it and report; the files go first, so that a crash leaves rows by which they are found again."""
    statement = "select place from forms.file where %(reference)s in (reference, view)"
    places = [row["place"] for row in connection.execute(statement, {"reference": ordered.reference})]
    for place in places:
        vault.delete(place)
    rows = destroy_rows(connection, schema="forms", reference=ordered.reference)
    told = CaseDestroyed(reference=ordered.reference, service="forms", at=now, rows=rows, files=len(places))
    tell(told)
