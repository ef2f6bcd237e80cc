"""Keeps what the rules accepted by themselves, and finds what stands in the way of it (the port `Shelf`)."""

from __future__ import annotations

from datetime import datetime

from services.workflow.domain.case import Case
from shared.database import Connection

_CLASHES = """
select 1 from workflow.cases
where place = %(place)s and id <> %(id)s and status <> 'withdrawn'
and (submission ->> 'starts')::date <= %(ends)s
and coalesce(submission ->> 'ends', submission ->> 'starts')::date >= %(starts)s
limit 1
"""


class AtOnceShelf:
    """What was accepted by the rules, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def sampling_key(self) -> str:
        """Give the key with which the sample is drawn."""
        row = self._connection.execute("select key from workflow.sampling").fetchone()
        if row is None:
            raise LookupError("the migration made a key")
        return str(row["key"])

    def clashes(self, case: Case) -> bool:
        """Tell whether another case has this place on one of these days."""
        said = case.submission
        if not said.place or not said.starts:
            return False
        asked = {"id": case.id, "place": said.place, "starts": said.starts, "ends": said.ends or said.starts}
        return self._connection.execute(_CLASHES, asked).fetchone() is not None

    def add(self, case: Case, *, rules: list[str], sampled: bool, at: datetime) -> None:
        """Keep that the rules accepted this case, or that they would have and a person looks."""
        self._connection.execute(
            "insert into workflow.at_once (case_id, version, rules, sampled, at) values (%s, %s, %s, %s, %s)",
            [case.id, case.submission.version, rules, sampled, at],
        )
