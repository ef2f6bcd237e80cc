"""Cases and all that hangs on them, kept in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from services.workflow import queries
from services.workflow.correction_store import correct
from services.workflow.domain.case import Case
from services.workflow.domain.timers import Agenda
from services.workflow.ports import Signed, UnknownCaseError, UnknownFileError, UnknownPaymentError
from services.workflow.rows import (
    CASE_COLUMNS,
    ENTRY_COLUMNS,
    EVERYWHERE,
    IN_SCOPE,
    agenda_to_row,
    case_from_row,
    entry_to_row,
    read_at,
)
from services.workflow.store_parts import Parts
from services.workflow.voice_store import keep_mark, keep_opinion
from shared.database import Connection
from shared.events import (
    CosignAnswered,
    Decision,
    FileScan,
    MarkGiven,
    NoticeSent,
    OpinionGiven,
    PaymentChargedBack,
    PaymentReturned,
    PaymentSettled,
    SentFile,
)
from shared.wire import name_of, to_wire

_CASE = f"select {CASE_COLUMNS} from workflow.cases"

_NEXT = f"""
{_CASE} where handler is null and status in ('received', 'in_progress') and {IN_SCOPE} and not %(me)s = any(barred)
order by deadline, received_at limit 1 for update skip locked
"""

_ADD = """
with added as (
insert into workflow.cases (id, reference, status, handler, sequence, product, version, title_nl, title_en, applicant,
                            place, received_at, deadline, submission, submission_version, same_person, armed, team,
                            kind, parent, barred)
values (%(id)s, %(reference)s, %(status)s, %(handler)s, %(sequence)s, %(product)s, %(version)s, %(title_nl)s,
        %(title_en)s, %(applicant)s, %(place)s, %(received_at)s, %(deadline)s, %(submission)s,
        %(submission_version)s, %(same_person)s, %(rules)s, %(team)s, %(kind)s, %(parent)s, %(barred)s)
on conflict (reference) do nothing
returning id
), begun as (
insert into workflow.ledger (case_id, kind, at, day)
select id, 'received', %(received_at)s, %(counted_from)s from added
), found as (
insert into workflow.search (case_id, document)
select id, workflow.document_of(%(names)s, %(submission)s::jsonb -> 'shown') || workflow.whose(%(team)s, %(product)s)
from added
returning document
), learned as (
insert into workflow.words select distinct word from found, workflow.words_in(document) word order by word
on conflict do nothing
), armed as (
insert into workflow.timers (case_id, what, key, due)
select added.id, timer.* from added, unnest(%(what)s::text[], %(key)s::text[], %(due)s::timestamptz[]) as timer
)
insert into workflow.timeline (case_id, kind, at, details)
select id, 'received', %(received_at)s, %(details)s from added
"""

_KEEP = """
with kept as (
update workflow.cases set status = %(status)s, handler = %(handler)s, sequence = %(sequence)s, deadline = %(deadline)s,
                          armed = %(rules)s
where id = %(id)s
), wanted as (
select * from unnest(%(what)s::text[], %(key)s::text[], %(due)s::timestamptz[]) as timer (what, key, due)
), dropped as (
delete from workflow.timers t where case_id = %(id)s and state = 'waiting'
and not exists (select from wanted w where w.what = t.what and w.key = t.key)
)
insert into workflow.timers as t (case_id, what, key, due) select %(id)s, what, key, due from wanted
on conflict (case_id, what, key) do update
set due = excluded.due, state = 'waiting', fired_at = null, again_at = null, failures = 0
where t.due <> excluded.due and (t.state = 'waiting' or (t.what in ('escalate', 'lapse') and excluded.due > %(now)s))
"""
"""A step that told its person, or the end of a question, comes again only when it moved to a day still to come."""

_NOTE_SENT = """
insert into workflow.timeline (case_id, kind, at, details)
select id, 'sent', %s, %s from workflow.cases where reference = %s
"""

_APPEND = f"""
insert into workflow.ledger ({ENTRY_COLUMNS})
values ({", ".join(f"%({name})s" for name in ENTRY_COLUMNS.split(", "))})
"""

_ADD_FILE = """
insert into workflow.files (case_id, id, question, name, type, bytes, sha256, place, scan, added_at)
values (%(case_id)s, %(id)s, %(question)s, %(name)s, %(type)s, %(bytes)s, %(sha256)s, %(place)s, %(scan)s, %(added_at)s)
on conflict do nothing
"""

_STANDING_STILL = """
select distinct c.reference from workflow.ledger l join workflow.cases c on c.id = l.case_id
where l.kind = 'suspended' and l.first_day <= %s and (l.last_day is null or l.last_day >= %s)
and c.status in ('received', 'in_progress', 'awaiting_supplement') order by c.reference
"""


class Store(Parts):
    """The cases of one municipality, within one transaction (the port `Cases`)."""

    def __init__(self, connection: Connection, *, now: datetime, within: Mapping[str, Any] = EVERYWHERE) -> None:
        """Read and write over this connection; a case outside these fields of a `Scope` does not exist here."""
        super().__init__(connection)
        self._within = read_at(now, within=within)
        self.touched: list[str] = []

    def add(self, case: Case, *, agenda: Agenda) -> bool:
        """Keep a new case, which was received and no more; False when its reference is known already."""
        added = self._connection.execute(_ADD, _new_row(case, agenda=agenda)).rowcount
        if added:
            self._append(case, begin=1)
            self._add_files(case)
            self._add_cosignatory(case)
        return bool(added)

    def lock(self, reference: str) -> Case:
        """Give the case for this action alone. Raises UnknownCaseError."""
        asked = {"reference": reference, **self._within}
        row = self._connection.execute(
            f"{_CASE} where reference = %(reference)s and {IN_SCOPE} for update", asked
        ).fetchone()
        if row is None:
            raise UnknownCaseError
        return self._case(row)

    def lock_next(self, *, by: str) -> Case | None:
        """Give the most urgent case that nobody holds, and that nobody else is taking; none that bars this person."""
        row = self._connection.execute(_NEXT, {**self._within, "me": by}).fetchone()
        return self._case(row) if row else None

    def keep(self, case: Case, *, before: Case, agenda: Agenda, now: datetime) -> None:
        """Keep what changed since `before`; the ledger only grows, and what must happen by itself is as it says now."""
        standing = {"id": case.id, "status": case.status, "handler": case.handler, "sequence": case.sequence}
        self._connection.execute(_KEEP, {**standing, **agenda_to_row(agenda), "now": now})
        self._append(case, begin=len(before.ledger))

    def correct(self, case: Case, *, at: datetime, revision: int | None = None) -> bool:
        """Keep the case with its corrected application and new files, and the former beside it; False when known."""
        if not correct(self._connection, case=case, names=" ".join(_names_of(case)), revision=revision, at=at):
            return False
        for file in case.submission.files:
            self.add_file(case, file=file, at=at)
        return True

    def judge_file(self, case: Case, *, file_id: UUID, scan: FileScan) -> tuple[str, str] | None:
        """Keep the verdict on a file that waited; give its name and question, None when nothing changes."""
        known = self._connection.execute(
            "select name, question, scan from workflow.files where case_id = %s and id = %s", [case.id, file_id]
        ).fetchone()
        if known is None:
            raise UnknownFileError(file_id)
        self._connection.execute(
            "update workflow.files set scan = %s where case_id = %s and id = %s", [scan, case.id, file_id]
        )
        return (known["name"], known["question"]) if known["scan"] != scan else None

    def add_file(self, case: Case, *, file: SentFile, at: datetime) -> bool:
        """Keep a file that came after the application; False when it is known already."""
        return bool(self._connection.execute(_ADD_FILE, {**vars(file), "case_id": case.id, "added_at": at}).rowcount)

    def note(self, case: Case, *, kind: str, at: datetime, who: str | None, details: Mapping[str, Any]) -> None:
        """Add a line to the timeline."""
        self._connection.execute(
            "insert into workflow.timeline (case_id, kind, at, who, details) values (%s, %s, %s, %s, %s)",
            [case.id, kind, at, who, Jsonb(dict(details))],
        )

    def note_sent(self, notice: NoticeSent) -> None:
        """Add to the timeline that a message went out."""
        values = [notice.sent_at, Jsonb({"message": notice.kind}), notice.reference]
        if not self._connection.execute(_NOTE_SENT, values).rowcount:
            raise UnknownCaseError

    def cosign(self, case: Case, *, answered: CosignAnswered) -> bool:
        """Keep what the second signatory answered; False when there is an answer already."""
        return bool(
            self._connection.execute(
                "update workflow.cosigns set answered_at = %s, agreed = %s, because = %s "
                "where case_id = %s and answered_at is null",
                [answered.at, answered.agreed, answered.because, case.id],
            ).rowcount
        )

    def rename_cosignatory(self, case: Case, *, name: str, email: str) -> bool:
        """Keep whom the applicant has asked now; False when that is who was asked before."""
        return bool(
            self._connection.execute(
                "update workflow.cosigns set name = %(name)s, email = %(email)s "
                "where case_id = %(case)s and (name, email) <> (%(name)s, %(email)s)",
                {"name": name, "email": email, "case": case.id},
            ).rowcount
        )

    def is_away(self, subject: str) -> bool:
        """Whether this person said to be away today."""
        return queries.is_away(self._connection, subject=subject, today=self._within["today"])

    def standing_still(self, *, on: date) -> Sequence[str]:
        """Give the references of open cases whose term stands still on this day for another reason than a question."""
        return [row["reference"] for row in self._connection.execute(_STANDING_STILL, [on, on])]

    def add_decision(self, case: Case, *, decision_id: UUID, decision: Decision, signed: Signed) -> None:
        """Keep the decision that was taken; a case has one, and where four eyes are asked no preparer signed it."""
        prepared_by = sorted(signed.prepared_by)
        self._connection.execute(
            "insert into workflow.decisions (id, case_id, decision, decided_by, decided_at, prepared_by, four_eyes) "
            "values (%s, %s, %s, %s, %s, %s, %s)",
            [decision_id, case.id, Jsonb(to_wire(decision)), signed.by, signed.at, prepared_by, signed.four_eyes],
        )

    def add_opinion(self, given: OpinionGiven) -> None:
        """Keep what somebody thinks of a question or rule."""
        keep_opinion(self._connection, given=given)

    def keep_mark(self, case: Case, *, given: MarkGiven) -> bool:
        """Keep the applicant's mark over an earlier one; False when a later one is kept already, or this one."""
        return keep_mark(self._connection, case_id=case.id, given=given)

    def add_settled(self, case: Case, *, settled: PaymentSettled) -> bool:
        """Keep the payment that settles the fee; False when it is kept already."""
        return bool(
            self._connection.execute(
                "insert into workflow.payments (id, case_id, cents, settled_at) values (%s, %s, %s, %s) "
                "on conflict do nothing",
                [settled.payment_id, case.id, settled.cents, settled.at],
            ).rowcount
        )

    def add_returned(self, case: Case, *, returned: PaymentReturned) -> bool:
        """Keep a payment that went back, or has to; False when it is kept already."""
        return bool(
            self._connection.execute(
                "insert into workflow.payments (id, case_id, cents, returned_at, because, done) "
                "values (%s, %s, %s, %s, %s, %s) on conflict do nothing",
                [returned.payment_id, case.id, returned.cents, returned.at, returned.because, returned.done],
            ).rowcount
        )

    def charge_back(self, case: Case, *, taken: PaymentChargedBack) -> bool:
        """Keep that a bank took back what settled the fee; False when it is kept already.

        Raises:
            UnknownPaymentError: this payment is not heard yet.
        """
        row = self._connection.execute(
            "select charged_back_at from workflow.payments where id = %s and case_id = %s", [taken.payment_id, case.id]
        ).fetchone()
        if row is None:
            raise UnknownPaymentError(taken.payment_id)
        statement = "update workflow.payments set charged_back_at = %s where id = %s and charged_back_at is null"
        return bool(self._connection.execute(statement, [taken.at, taken.payment_id]).rowcount)

    def record_letter(self, case: Case, *, notice: NoticeSent) -> None:
        """Keep when and how the decision was sent: first, or again since it did not arrive."""
        self._connection.execute(
            "update workflow.decisions set sent_at = %s, letter_link = %s, letter_sha256 = %s "
            "where case_id = %s and (sent_at is null or %s)",
            [notice.sent_at, notice.letter_link, notice.letter_sha256, case.id, notice.again],
        )

    def _case(self, row: Mapping[str, Any]) -> Case:
        if row["reference"] not in self.touched:
            self.touched.append(row["reference"])
        ledgers = queries.ledgers_of(self._connection, case_ids=[row["id"]])
        return case_from_row(row, ledger=ledgers[row["id"]])

    def _add_files(self, case: Case) -> None:
        for file in case.submission.files:
            self._connection.execute(_ADD_FILE, {**vars(file), "case_id": case.id, "added_at": None})

    def _add_cosignatory(self, case: Case) -> None:
        if who := case.submission.cosignatory:
            self._connection.execute(
                "insert into workflow.cosigns (case_id, request_id, who, name, email, answer_by) "
                "values (%s, %s, %s, %s, %s, %s)",
                [case.id, who.request_id, Jsonb(to_wire(who.who)), who.name, who.email, who.answer_by],
            )

    def _append(self, case: Case, *, begin: int) -> None:
        for entry in case.ledger[begin:]:
            self._connection.execute(_APPEND, entry_to_row(entry, case_id=case.id))


def _names_of(case: Case) -> Iterator[str]:
    """What a case is known by, besides what its applicant answered."""
    said = case.submission
    yield from (case.reference, said.applicant.name, said.applicant.organisation or "", said.represented or "")
    yield from (said.place or "", said.link.reference if said.link else "")
    if address := said.applicant.address:
        yield from (address.street, address.number, address.postcode, address.town)


def _new_row(case: Case, *, agenda: Agenda) -> dict[str, Any]:
    said = case.submission
    return {
        "id": case.id,
        "reference": case.reference,
        "status": case.status,
        "handler": case.handler,
        "sequence": case.sequence,
        "product": said.product,
        "version": said.version,
        "title_nl": said.title.nl,
        "title_en": said.title.en,
        "applicant": case.applicant,
        "place": said.place,
        "received_at": said.received_at,
        **agenda_to_row(agenda),
        "submission": Jsonb(to_wire(said)),
        "submission_version": name_of(said)[1],
        "same_person": list(said.same_person),
        "names": " ".join(_names_of(case)),
        "team": case.team,
        "kind": said.link.kind if said.link else "application",
        "parent": said.link.reference if said.link else None,
        "barred": sorted(case.barred),
        "counted_from": case.ledger[0].day,
        "details": Jsonb({"channel": said.channel, "clerk": said.clerk}),
    }
