"""Keeps drafts and submissions in PostgreSQL: one transaction, SQL by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb

from services.forms import draft_store
from services.forms.domain.drafts import Draft, Reminder
from services.forms.domain.files import StoredFile
from services.forms.draft_seals import open_each, seal_each
from services.forms.ports import (
    Answered,
    GivenAnswer,
    Kept,
    OnceOnly,
    OpenWork,
    Opinion,
    ReferenceTakenError,
    Tried,
    Untaken,
    Work,
)
from services.forms.shelves import Shelves
from shared.bus import Courier
from shared.database import Connection, Pool, transaction
from shared.events import Intake, Link, SubmissionReceived
from shared.keyring import Keyring
from shared.wire import schema_of, to_wire

_SUBMIT = """
insert into forms.submission (reference, status_hash, product, version, title, channel, language, received_at,
                              decide_by, answers, shown, rules, fee_cents, owner, sealed)
select %(reference)s, %(status_hash)s, %(product)s, %(version)s, %(title)s, %(channel)s, %(language)s, %(received_at)s,
       %(decide_by)s, %(answers)s, %(shown)s, %(rules)s, %(fee_cents)s, %(owner)s, %(sealed)s
from claim
"""

_KEEP_GIVEN = """
insert into forms.given (request_id, reference, asked, text, answers, given_at)
select %(request_id)s, %(reference)s, %(asked)s, %(text)s, %(answers)s, %(at)s
where exists (select from forms.case_fact where reference = %(reference)s
              and name = 'InformationAsked' and payload ->> 'request_id' = %(request_id)s::text
              and coalesce(payload -> 'asks', '["own-words"]') ? %(asked)s)
and not exists (select from forms.case_fact where reference = %(reference)s and name = 'CaseDecided')
on conflict (request_id, asked) do nothing
"""

_ANSWERS: Final = "answer"
_TYPED: Final = "typed"
_KNOWN: Final = "known"
"""The parts of a draft in which something is sealed."""


def open_work_on(pool: Pool, *, keyring: Keyring) -> OpenWork:
    """Make the opener of transactions over this pool; what stands in drafts is sealed under these keys."""

    @contextmanager
    def open_work(now: datetime) -> Iterator[Work]:
        with transaction(pool) as connection:
            yield PostgresWork(connection, keyring=keyring, now=now)

    return open_work


class PostgresWork(Shelves):
    """The work of one transaction."""

    def __init__(self, connection: Connection, *, keyring: Keyring, now: datetime) -> None:
        """Work over this connection, at this instant (UTC)."""
        super().__init__(connection)
        self._keyring = keyring
        self._courier = Courier(connection, now=now)

    def tell(self, happened: object, *, due: datetime | None = None) -> None:
        """Tell a fact in this transaction, to be heard from `due` on."""
        self._courier.tell(happened, due=due)

    def find_draft(self, token_hash: bytes, *, today: date) -> Draft | None:
        """The draft, unless its time is over."""
        return _find_draft(self._connection, token_hash=token_hash, today=today, keyring=self._keyring)

    def add_draft(self, draft: Draft, *, token_hash: bytes) -> None:
        """Keep a new draft."""
        self._connection.execute(
            """
            insert into forms.draft (id, token_hash, product, version, language, keep_until, answers, owner, prefilled,
                                     went_on, corrects, as_of, intake, link)
            values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
            """,
            [
                draft.id,
                token_hash,
                draft.product,
                draft.version,
                draft.language,
                draft.keep_until,
                self._sealed(draft.answers, part=_ANSWERS, draft_id=draft.id),
                draft.owner,
                self._sealed(draft.prefilled, part=_KNOWN, draft_id=draft.id),
                draft.went_on,
                draft.corrects,
                draft.as_of,
                Jsonb(to_wire(draft.intake)) if draft.intake else None,
                Jsonb(to_wire(draft.link)) if draft.link else None,
            ],
        )

    def keep_page(self, draft_id: UUID, *, kept: Kept) -> None:
        """Merge one page into the draft, in the database: what another tab kept meanwhile stays."""
        typed = {} if kept.typed is None else {kept.step: kept.typed}
        self._connection.execute(
            """
            update forms.draft
            set answers = (answers - %(gone)s::text[]) || %(answers)s,
                typed = (typed - %(step)s) || %(typed)s,
                skipped = array(select unnest(skipped) except select unnest(%(asked)s::text[])) || %(skipped)s::text[],
                language = %(language)s,
                renewed_from = null,
                measured = %(measured)s,
                revision = revision + 1
            where id = %(id)s and reference is null
            """,
            {
                "id": draft_id,
                "gone": list(kept.gone),
                "asked": [*kept.answers, *kept.gone],
                "skipped": list(kept.skipped),
                "answers": self._sealed(kept.answers, part=_ANSWERS, draft_id=draft_id),
                "step": kept.step,
                "typed": self._sealed(typed, part=_TYPED, draft_id=draft_id),
                "language": kept.language,
                "measured": Jsonb(dict(kept.measured)),
            },
        )

    def renew(self, draft: Draft, *, version: str, answers: Mapping[str, Any]) -> None:
        """Go on with another version, unless the draft changed meanwhile."""
        self._connection.execute(
            """
            update forms.draft set version = %s, answers = %s, renewed_from = %s, revision = revision + 1
            where id = %s and revision = %s and reference is null
            """,
            [
                version,
                self._sealed(answers, part=_ANSWERS, draft_id=draft.id),
                draft.version,
                draft.id,
                draft.revision,
            ],
        )

    def go_on(self, draft_id: UUID) -> None:
        """Remember that the resident wants to apply although no permit is needed."""
        self._connection.execute("update forms.draft set went_on = true where id = %s", [draft_id])

    def drop_draft(self, draft_id: UUID) -> None:
        """Forget a draft that was not handed in."""
        draft_store.drop_draft(self._connection, draft_id=draft_id)

    def count_mail(self, draft_id: UUID, *, most: int) -> bool:
        """Count one more mail about this draft; False when there were that many already."""
        statement = "update forms.draft set mails = mails + 1 where id = %s and mails < %s"
        return self._connection.execute(statement, [draft_id, most]).rowcount == 1

    def keep_reminder(self, reminder: Reminder, *, warned_at: datetime | None) -> None:
        """Keep whom to warn before this draft is erased."""
        draft_store.keep_reminder(self._connection, reminder=reminder, warned_at=warned_at)

    def lock_untaken(self, reference: str) -> Untaken | None:
        """Let nothing else happen to this application meanwhile, unless somebody began with its case."""
        return draft_store.lock_untaken(self._connection, reference=reference)

    def open_correction(self, reference: str, *, today: date) -> UUID | None:
        """The draft that corrects this application and was not sent yet."""
        return draft_store.open_correction(self._connection, reference=reference, today=today)

    def keep_correction(self, draft: Draft, *, submission: SubmissionReceived, at: datetime) -> int | None:
        """Close the draft and keep its answers in the place of the former."""
        return draft_store.keep_correction(self._connection, draft=draft, submission=submission, at=at)

    def hand_in_draft(self, draft: Draft, *, submission: SubmissionReceived, status_hash: bytes, due: date) -> bool:
        """Keep the submission and close the draft; the answers then stand in the submission only."""
        claim = """
            with claim as (
                update forms.draft
                set reference = %(reference)s, answers = '{}', typed = '{}', prefilled = '{}', measured = '{}'
                where id = %(draft)s and revision = %(revision)s and reference is null
                returning id
            ), ended as (
                insert into forms.ended (product, version, channel, sent, measured, rules)
                select %(product)s, %(version)s, %(channel)s, true, %(measured)s, %(outcomes)s from claim
            )
        """
        measured = Jsonb(dict(draft.measured))
        values = {"draft": draft.id, "revision": draft.revision, "owner": draft.owner, "measured": measured}
        return self._submit(claim, {**values, **_columns(submission, status_hash=status_hash, due=due)})

    def hand_in_once(self, once: OnceOnly, *, submission: SubmissionReceived, status_hash: bytes, due: date) -> bool:
        """Keep the submission under this key; of two at once the second waits and then finds the key taken."""
        claim = """
            with claim as (
                insert into forms.answered (key_hash, body_hash, reference, decide_by, at)
                values (%(key_hash)s, %(body_hash)s, %(reference)s, %(decide_by)s, %(received_at)s)
                on conflict (key_hash) do nothing
                returning key_hash
            ), ended as (
                insert into forms.ended (product, version, channel, sent, rules)
                select %(product)s, %(version)s, %(channel)s, true, %(outcomes)s from claim
            )
        """
        values = {"key_hash": once.key_hash, "body_hash": once.body_hash, "owner": None}
        return self._submit(claim, {**values, **_columns(submission, status_hash=status_hash, due=due)})

    def find_answered(self, key_hash: bytes) -> Answered | None:
        """What was answered to this key before."""
        statement = "select body_hash, reference, decide_by from forms.answered where key_hash = %s"
        row = self._connection.execute(statement, [key_hash]).fetchone()
        return Answered(**row) if row else None

    def keep_given(self, reference: str, *, given: GivenAnswer) -> bool:
        """Keep the answer to what is still open of a request of this case, while the case is not decided."""
        values = {**vars(given), "answers": Jsonb(dict(given.answers)), "reference": reference}
        return self._connection.execute(_KEEP_GIVEN, values).rowcount == 1

    def keep_withdrawal(self, reference: str, *, because: str, at: datetime) -> bool:
        """Keep that the applicant takes the application back, while the case is not decided."""
        return (
            self._connection.execute(
                """
                insert into forms.withdrawal (reference, because, at)
                select %(reference)s, %(because)s, %(at)s
                where not exists (select from forms.case_fact where reference = %(reference)s and name = 'CaseDecided')
                on conflict (reference) do nothing
                """,
                {"reference": reference, "because": because, "at": at},
            ).rowcount
            == 1
        )

    def lock_open_case(self, reference: str) -> bool:
        """Lock the submission, unless its case was decided or taken back, or it must be paid before it counts."""
        row = self._connection.execute(
            """
            select from forms.submission s where reference = %(reference)s
            and not exists (select from forms.case_fact f where f.reference = s.reference and f.name = 'CaseDecided')
            and not exists (select from forms.withdrawal w where w.reference = s.reference)
            and not exists (select from forms.held h where h.reference = s.reference)
            for update of s
            """,
            {"reference": reference},
        ).fetchone()
        return row is not None

    def keep_opinion(self, opinion: Opinion, *, at: datetime) -> None:
        """Keep what somebody thinks of a rule."""
        self._connection.execute(
            "insert into forms.opinion (product, subject, verdict, words, at) values (%s, %s, %s, %s, %s)",
            [opinion.product, opinion.subject, opinion.verdict, opinion.words, at],
        )

    def count_try(self, status_hash: bytes, *, now: datetime) -> Tried | None:
        """Count one more try to open this status page; an hour later the count starts anew."""
        row = self._connection.execute(
            """
            update forms.submission set
                wrong_tries = case when tries_since > %(now)s - interval '1 hour' then wrong_tries + 1 else 1 end,
                tries_since = case when tries_since > %(now)s - interval '1 hour' then tries_since else %(now)s end
            where status_hash = %(status_hash)s
            returning reference, wrong_tries as tries
            """,
            {"status_hash": status_hash, "now": now},
        ).fetchone()
        return Tried(**row) if row else None

    def forget_tries(self, reference: str) -> None:
        """Start counting anew, after the right reference."""
        self._connection.execute("update forms.submission set wrong_tries = 0 where reference = %s", [reference])

    def _sealed(self, values: Mapping[str, Any], *, part: str, draft_id: UUID) -> Jsonb:
        return Jsonb(seal_each(values, part=part, draft_id=draft_id, keyring=self._keyring))

    def _submit(self, claim: str, values: Mapping[str, Any]) -> bool:
        try:
            return self._connection.execute(claim + _SUBMIT, values).rowcount == 1
        except UniqueViolation:
            raise ReferenceTakenError(values["reference"]) from None


class PostgresDrafts:
    """The drafts as they are now (the port `Drafts`)."""

    def __init__(self, pool: Pool, *, keyring: Keyring) -> None:
        """Look over connections of this pool."""
        self._pool = pool
        self._keyring = keyring

    def find_draft(self, token_hash: bytes, *, today: date) -> Draft | None:
        """The draft, unless its time is over."""
        with self._pool.reading() as connection:
            return _find_draft(connection, token_hash=token_hash, today=today, keyring=self._keyring)

    def find_files(self, draft_id: UUID) -> Sequence[StoredFile]:
        """The files of a draft, in the order they came."""
        with self._pool.reading() as connection:
            return Shelves(connection).find_files(draft_id)


def _find_draft(connection: Connection, *, token_hash: bytes, today: date, keyring: Keyring) -> Draft | None:
    row = connection.execute(
        f"""
        select id, product, version, language, answers, typed, skipped, went_on, revision, keep_until, reference, owner,
               prefilled, renewed_from, corrects, as_of, intake, measured, link,
               exists (select from forms.file where draft_id = d.id or reference = d.corrects) as has_files,
               {draft_store.GATHERING} as gathering
        from forms.draft d where token_hash = %s and keep_until >= %s
        """,
        [token_hash, today],
    ).fetchone()
    if row is None:
        return None
    parts = {"answers": _ANSWERS, "typed": _TYPED, "prefilled": _KNOWN}
    opened = {
        name: open_each(row[name], part=part, draft_id=row["id"], keyring=keyring) for name, part in parts.items()
    }
    intake = schema_of(Intake).load(row["intake"]) if row["intake"] else None
    link = schema_of(Link).load(row["link"]) if row["link"] else None
    gathering = draft_store.read_gathering(row["gathering"])
    return Draft(**{**row, **opened, "intake": intake, "link": link, "gathering": gathering})


def _columns(submission: SubmissionReceived, *, status_hash: bytes, due: date) -> dict[str, Any]:
    told = to_wire(submission)
    plain = {
        name: told[name] for name in ("reference", "product", "version", "channel", "language", "fee_cents", "sealed")
    }
    documents = {name: Jsonb(told[name]) for name in ("title", "answers", "shown", "rules")}
    documents["outcomes"] = Jsonb({rule.rule: rule.outcome for rule in submission.rules})
    moments = {"received_at": submission.received_at, "decide_by": due, "status_hash": status_hash}
    return {**plain, **documents, **moments}
