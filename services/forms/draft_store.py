"""Keeps what hangs on drafts in PostgreSQL: whom to warn before one is erased, and what it corrects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from services.forms.domain.drafts import WARNED_DAYS, Draft, Gathering, Reminder
from services.forms.ports import Untaken
from shared.database import Connection
from shared.events import SubmissionReceived, Words
from shared.wire import schema_of, to_wire

_KEEP = """
insert into forms.reminder (draft_id, email, language, title, warned_at) values (%s, %s, %s, %s, %s)
on conflict (draft_id) do update set email = excluded.email, language = excluded.language, title = excluded.title,
    warned_at = excluded.warned_at
"""
_WARN = """
update forms.reminder r set warned_at = %(now)s from forms.draft d
where d.id = r.draft_id and d.reference is null and r.warned_at is null
  and d.keep_until between %(today)s and %(today)s + %(days)s
returning r.draft_id, r.email, r.language, r.title, d.keep_until
"""

_UNTAKEN = """
select received_at, channel from forms.submission s where reference = %(reference)s
and not exists (select from forms.case_fact f where f.reference = s.reference
                and f.name not in ('CaseOpened', 'DeadlineChanged'))
and not exists (select from forms.withdrawal w where w.reference = s.reference)
and not exists (select from forms.cosign c where c.reference = s.reference)
and not exists (select from forms.held h where h.reference = s.reference)
for update of s
"""
_CLOSE = """
update forms.draft set reference = %s, answers = '{}', typed = '{}', prefilled = '{}', measured = '{}'
where id = %s and revision = %s and reference is null
"""
_KEEP_FORMER = """
insert into forms.correction (reference, revision, at, answers, shown, rules, fee_cents, sealed)
select reference, 1 + (select count(*) from forms.correction c where c.reference = s.reference), %(at)s, answers, shown,
       rules, fee_cents, sealed
from forms.submission s where reference = %(reference)s
returning revision
"""
_CORRECT = """
update forms.submission set language = %(language)s, answers = %(answers)s, shown = %(shown)s, rules = %(rules)s,
    fee_cents = %(fee_cents)s, sealed = %(sealed)s
where reference = %(reference)s
"""

_END = """
with over as (
    delete from forms.draft where keep_until < %s returning product, version, measured, reference, corrects
)
insert into forms.ended (product, version, channel, sent, measured)
select product, version, 'web', false, measured from over where reference is null and corrects is null
"""
"""Deletes drafts whose time is over; of those that were never sent only what was counted stays, tied to nothing."""

GATHERING = """
(select jsonb_build_object('text', g.text, 'last_day', g.last_day, 'signed', (
     select count(distinct s.person) from forms.supporter s where s.draft_id = g.draft_id and s.confirmed_at is not null
 )) from forms.gathering g where g.draft_id = d.id)
"""
"""What people can sign along with in the draft `d`, and how many did."""

_DROP = """
with dropped as (
    delete from forms.draft where id = %s and reference is null returning product, version, measured, corrects
)
insert into forms.ended (product, version, channel, sent, measured)
select product, version, 'web', false, measured from dropped where corrects is null
"""


def keep_reminder(connection: Connection, *, reminder: Reminder, warned_at: datetime | None) -> None:
    """Keep where to warn; the newest address counts."""
    each = reminder
    title = Jsonb(schema_of(Words).dump(each.title))
    connection.execute(_KEEP, [each.draft_id, each.email, each.language, title, warned_at])


def take_due(connection: Connection, *, today: date, now: datetime) -> Sequence[Reminder]:
    """Those to warn today, each only once; addresses of forms that were sent are forgotten."""
    connection.execute(
        "delete from forms.reminder r using forms.draft d where d.id = r.draft_id and d.reference is not null"
    )
    rows = connection.execute(_WARN, {"today": today, "now": now, "days": WARNED_DAYS})
    return [_reminder(row) for row in rows]


def lock_untaken(connection: Connection, *, reference: str) -> Untaken | None:
    """Let nothing else happen to this application meanwhile; None when somebody began with its case or it is over."""
    row = connection.execute(_UNTAKEN, {"reference": reference}).fetchone()
    return Untaken(**row) if row else None


def open_correction(connection: Connection, *, reference: str, today: date) -> UUID | None:
    """The draft that corrects this application and was not sent yet; one whose time is over is deleted."""
    connection.execute("delete from forms.draft where corrects = %s and keep_until < %s", [reference, today])
    statement = "select id from forms.draft where corrects = %s and reference is null"
    row = connection.execute(statement, [reference]).fetchone()
    return row["id"] if row else None


def keep_correction(
    connection: Connection, *, draft: Draft, submission: SubmissionReceived, at: datetime
) -> int | None:
    """Close the draft and put its answers in the place of the former, which are kept; gives the number from 1.

    None when the draft changed or was sent meanwhile.
    """
    if connection.execute(_CLOSE, [submission.reference, draft.id, draft.revision]).rowcount != 1:
        return None
    former = connection.execute(_KEEP_FORMER, {"reference": submission.reference, "at": at}).fetchone()
    told = to_wire(submission)
    plain = {name: told[name] for name in ("reference", "language", "fee_cents", "sealed")}
    documents = {name: Jsonb(told[name]) for name in ("answers", "shown", "rules")}
    connection.execute(_CORRECT, {**plain, **documents})
    return former["revision"] if former else None


def read_gathering(row: Mapping[str, Any] | None) -> Gathering | None:
    """Read what `GATHERING` selects."""
    return Gathering(**{**row, "last_day": date.fromisoformat(row["last_day"])}) if row else None


def _reminder(row: dict[str, Any]) -> Reminder:
    return Reminder(**{**row, "title": schema_of(Words).load(row["title"])})


def drop_draft(connection: Connection, *, draft_id: UUID) -> None:
    """Forget a draft that was not handed in; what was counted of filling it in stays, tied to nothing."""
    connection.execute(_DROP, [draft_id])


def forget_old(connection: Connection, *, today: date, answered_before: datetime) -> None:
    """Delete drafts whose time is over, and answers to keys given before this instant."""
    connection.execute(_END, [today])
    connection.execute("delete from forms.answered where at < %s", [answered_before])
