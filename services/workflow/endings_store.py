"""How what was granted can end before its last day: its holder gave it up, it was taken back, or renewed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from psycopg.types.json import Jsonb

from services.workflow.appeal_store import AppealRows
from services.workflow.domain.case import Case
from services.workflow.domain.outcomes import ENDS_PERMIT, Renewal, Renewed
from services.workflow.domain.withdrawing import Prepared, Withdrawal
from shared.database import Connection

Ending = Literal["given_up", "withdrawn", "renewed"]
"""How what was granted can end before its last day."""

_RENEWED = """
select d.renewal, d.renewal_text as text, d.decided_at as at, c.reference, sent.at as sent_at,
    (d.decision ->> 'ends')::date as until
from workflow.cases f join workflow.cases c on c.parent = f.reference and c.kind = 'objection'
join workflow.decisions d on d.case_id = c.id cross join lateral (
    select max(l.at) as at from workflow.ledger l where l.case_id = c.id and l.kind = 'sent'
) sent
where f.id = %(id)s and d.renewal is not null order by sent.at is null, d.decided_at desc limit 1
"""


_WRITTEN: Final = ("conditions", "because", "source", "hearing", "hearing_note")
_PREPARE = """
insert into workflow.prepared_withdrawals as p (case_id, conditions, because, source, hearing, hearing_note, who, at)
values (%(id)s, %(conditions)s, %(because)s, %(source)s, %(hearing)s, %(hearing_note)s, %(by)s, %(at)s)
on conflict (case_id) do update set conditions = excluded.conditions, because = excluded.because,
    source = excluded.source, hearing = excluded.hearing, hearing_note = excluded.hearing_note,
    who = excluded.who, at = excluded.at, prepared_by = array(select unnest(p.prepared_by) union select p.who)
"""
_PREPARED = """
select conditions, because, source, hearing, hearing_note, who, at, prepared_by from workflow.prepared_withdrawals
where case_id = %s
"""
_WITHDRAW = """
insert into workflow.withdrawn_permits (case_id, because, source, hearing, hearing_note, who, at, prepared_by)
values (%(id)s, %(because)s, %(source)s, %(hearing)s, %(hearing_note)s, %(by)s, %(at)s, array(
    select unnest(p.prepared_by || p.who) from workflow.prepared_withdrawals p where p.case_id = %(id)s
))
"""


class Endings(AppealRows):
    """What became of what was decided, within one transaction (a part of the port `Cases`)."""

    _connection: Connection

    def give_up(self, case: Case, *, because: str, at: datetime) -> bool:
        """Keep that its holder does not need it any more; False when that is known."""
        statement = "insert into workflow.given_up (case_id, because, at) values (%s, %s, %s) on conflict do nothing"
        new = bool(self._connection.execute(statement, [case.id, because, at]).rowcount)
        self.retain_anew(case)
        return new

    def retain_anew(self, case: Case) -> None:
        """Have it worked out again how long this case is kept: what it gave ended, or another decision counts."""
        self._connection.execute("update workflow.cases set recorded = false where id = %s and recorded", [case.id])

    def has_ended(self, case: Case) -> bool:
        """Whether what was granted was given up by its holder, taken back or renewed."""
        return bool(endings_of(self._connection, case_id=case.id))

    def replaced(self, case: Case) -> Renewed | None:
        """Give what came in the place of the decision of this case after an objection."""
        return renewed_of(self._connection, case_id=case.id)

    def renew_first(self, case: Case, *, renewal: Renewal, text: str, by: str | None, at: datetime) -> None:
        """Keep what comes in the place of the decision that this case objects to; the first case tells so too."""
        link = case.submission.link
        details = Jsonb({"text": text, "objection": case.reference, "renewal": renewal})
        self._connection.execute(
            "update workflow.decisions set renewal = %s, renewal_text = %s where case_id = %s", [renewal, text, case.id]
        )
        self._connection.execute(
            "insert into workflow.timeline (case_id, kind, at, who, details) "
            "select id, 'renewed', %s, %s, %s from workflow.cases where reference = %s",
            [at, by, details, link.reference if link else None],
        )

    def withdraw_permit(self, case: Case, *, withdrawal: Withdrawal, by: str, at: datetime) -> None:
        """Keep that what was granted is taken back, with who wrote on what lay ready."""
        self._connection.execute(_WITHDRAW, {**vars(withdrawal), "id": case.id, "by": by, "at": at})
        self.drop_prepared(case)
        self.retain_anew(case)

    def drop_prepared(self, case: Case) -> None:
        """Forget what waited for a colleague: it was signed."""
        self._connection.execute("delete from workflow.prepared_withdrawals where case_id = %s", [case.id])

    def prepare_withdrawal(self, case: Case, *, prepared: Prepared) -> None:
        """Keep what waits for a colleague to sign; the last one counts."""
        self._connection.execute(
            _PREPARE, {**vars(prepared.withdrawal), "id": case.id, "by": prepared.by, "at": prepared.at}
        )

    def prepared_withdrawal(self, case: Case) -> Prepared | None:
        """Give what waits for a colleague to sign."""
        return prepared_of(self._connection, case_id=case.id)


def prepared_of(connection: Connection, *, case_id: UUID) -> Prepared | None:
    """Give the withdrawal of what this case granted that waits for a colleague to sign."""
    row = connection.execute(_PREPARED, [case_id]).fetchone()
    if row is None:
        return None
    written = {name: row[name] for name in _WRITTEN}
    return Prepared(
        withdrawal=Withdrawal(**written), by=row["who"], at=row["at"], earlier=frozenset(row["prepared_by"])
    )


def endings_of(connection: Connection, *, case_id: UUID) -> Mapping[Ending, datetime]:
    """Give when what was granted was given up by its holder, taken back or renewed; empty while none of it happened."""
    rows = connection.execute(
        "select 'given_up' as ending, at from workflow.given_up where case_id = %(id)s "
        "union all select 'withdrawn', at from workflow.withdrawn_permits where case_id = %(id)s "
        f"union all select 'renewed', r.at from ({_RENEWED}) r where r.renewal = any(%(ends)s)",
        {"id": case_id, "ends": sorted(ENDS_PERMIT)},
    )
    return {row["ending"]: row["at"] for row in rows}


def renewed_of(connection: Connection, *, case_id: UUID) -> Renewed | None:
    """Give what came in the place of the decision of this case after an objection; the last that was announced."""
    row = connection.execute(_RENEWED, {"id": case_id}).fetchone()
    return Renewed(**row) if row else None
