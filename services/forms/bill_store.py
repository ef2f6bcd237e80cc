"""Keeps what is to be paid, every try, and the forms that wait for it, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from psycopg.types.json import Jsonb

from services.forms.domain.payments import RUNNING, Back, Bill, Payment, State
from services.forms.domain.submissions import decide_by
from services.forms.ports.payments import Untold
from shared.catalogue.versions import recall
from shared.database import Connection
from shared.events import FileScanned, SubmissionReceived
from shared.law.calendar import local_date
from shared.wire import from_wire, name_of, to_wire

_PAYMENT = "id, cents, made_at, state, provider_id, checkout, settled_at, back, because, charged_back_at"

_BILL = """
select reference, coalesce(fee_cents, 0) as cents,
       exists (select from forms.withdrawal w where w.reference = s.reference) as withdrawn,
       exists (select from forms.held h where h.reference = s.reference) as untold
from forms.submission s where reference = %s
"""
_KEEP = """
insert into forms.payment (id, reference, cents, made_at, state, provider_id, checkout, settled_at, back, because,
                           charged_back_at)
values (%(id)s, %(reference)s, %(cents)s, %(made_at)s, %(state)s, %(provider_id)s, %(checkout)s, %(settled_at)s,
        %(back)s, %(because)s, %(charged_back_at)s)
on conflict (id) do update set state = excluded.state, provider_id = excluded.provider_id,
    checkout = excluded.checkout, settled_at = excluded.settled_at, back = excluded.back, because = excluded.because,
    charged_back_at = excluded.charged_back_at
"""
_PLAN = """
update forms.payment set look_at = %(at)s where id = %(id)s and (look_at is null or look_at <= %(soon)s)
"""
_JUDGED = """
select id, scan from forms.file where id = any(%s) and scan in ('clean', 'infected', 'unjudged')
"""
_UNWATCHED = """
select id from forms.payment where state = any(%s) and look_at < %s order by look_at limit 1000
"""

CLOCKS_DIFFER = timedelta(seconds=30)
"""Two machines may disagree so much about the time; a look planned within it counts as the one at work."""


class BillShelf:
    """The bills, within one transaction (the port `Bills`)."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def lock(self, reference: str) -> Bill:
        """The bill of a form, for this action alone: as it is once nobody else changes it any more."""
        self._connection.execute("select from forms.submission where reference = %s for update", [reference])
        return find_bill(self._connection, reference=reference)

    def lock_of(self, payment_id: UUID) -> Bill | None:
        """The bill that this payment belongs to, for this action alone."""
        reference = reference_of(self._connection, payment_id=payment_id)
        return self.lock(reference) if reference else None

    def keep(self, bill: Bill, *, payment: Payment) -> None:
        """Keep a payment, new or changed."""
        self._connection.execute(_KEEP, {**vars(payment), "reference": bill.reference})

    def find(self, payment_id: UUID) -> Payment | None:
        """A payment as it is now."""
        row = self._connection.execute(f"select {_PAYMENT} from forms.payment where id = %s", [payment_id]).fetchone()
        return _payment(row) if row else None

    def named(self, provider_id: str) -> UUID | None:
        """Which payment the provider calls so."""
        row = self._connection.execute("select id from forms.payment where provider_id = %s", [provider_id]).fetchone()
        return cast(UUID, row["id"]) if row else None

    def plan_look(self, payment_id: UUID, *, at: datetime, now: datetime) -> bool:
        """Note when this payment is looked up next; False when a moment after now is noted already."""
        values = {"id": payment_id, "at": at, "soon": now + CLOCKS_DIFFER}
        return self._connection.execute(_PLAN, values).rowcount == 1

    def hold(self, submission: SubmissionReceived) -> None:
        """Keep a form that counts only once it is paid."""
        name, version = name_of(submission)
        self._connection.execute(
            "insert into forms.held (reference, name, version, payload) values (%s, %s, %s, %s)",
            [submission.reference, name, version, Jsonb(to_wire(submission))],
        )

    def release(self, reference: str, *, at: datetime) -> Sequence[SubmissionReceived | FileScanned]:
        """Give the form that was held, as received now, and what the scanner said of its files meanwhile.

        Its day to decide counts from today.
        """
        row = self._connection.execute(
            "delete from forms.held where reference = %s returning name, version, payload", [reference]
        ).fetchone()
        if row is None:
            return ()
        submission = replace(_held(row), received_at=at)
        product = recall(self._connection, product_id=submission.product, version=submission.version)
        self._connection.execute(
            "update forms.submission set received_at = %s, decide_by = %s where reference = %s",
            [at, decide_by(product, received=local_date(at)).safe, reference],
        )
        return (submission, *self._judged(submission))

    def untold(self, reference: str) -> Untold | None:
        """The form that is held, or was when it was withdrawn."""
        statement = "select name, version, payload from forms.held where reference = %s"
        row = self._connection.execute(statement, [reference]).fetchone()
        if row is None:
            return None
        submission = _held(row)
        product = recall(self._connection, product_id=submission.product, version=submission.version)
        return Untold(submission=submission, nature=product.nature)

    def _judged(self, submission: SubmissionReceived) -> Sequence[FileScanned]:
        waited = [file.id for file in submission.files if file.scan == "waiting"]
        rows = self._connection.execute(_JUDGED, [waited])
        return [FileScanned(reference=submission.reference, file_id=row["id"], scan=row["scan"]) for row in rows]


def find_bill(connection: Connection, *, reference: str) -> Bill:
    """The bill of a form that was handed in, to look at."""
    row = connection.execute(_BILL, [reference]).fetchone()
    if row is None:
        raise LookupError(f"no form {reference} was handed in")
    return _bill(row, connection=connection)


def reference_of(connection: Connection, *, payment_id: UUID) -> str | None:
    """The form that a payment is for."""
    row = connection.execute("select reference from forms.payment where id = %s", [payment_id]).fetchone()
    return cast(str, row["reference"]) if row else None


def unwatched(connection: Connection, *, before: datetime) -> Sequence[UUID]:
    """Payments whose end is not sure and that were to be looked up before this instant; at most a thousand."""
    rows = connection.execute(_UNWATCHED, [[str(state) for state in RUNNING], before])
    return [row["id"] for row in rows]


def _bill(row: dict[str, Any], *, connection: Connection) -> Bill:
    query = f"select {_PAYMENT} from forms.payment where reference = %s order by made_at, id"
    payments = tuple(_payment(one) for one in connection.execute(query, [row["reference"]]))
    return Bill(**row, payments=payments)


def _held(row: dict[str, Any]) -> SubmissionReceived:
    return cast(SubmissionReceived, from_wire(row["name"], version=row["version"], payload=row["payload"]))


def _payment(row: dict[str, Any]) -> Payment:
    return Payment(**{**row, "state": State(row["state"]), "back": Back(row["back"])})
