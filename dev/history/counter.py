"""Lets the counter know of the invented cases what it would have heard: what came in, what was sent, and marks.

The figures that everybody can read are counted from this. Answers are left out: nobody has the link to these pages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from dev.history.lives import Opinion
from dev.history.tables import Made, copy_rows
from services.forms.open_figures import count_open_figures
from shared.database import connect
from shared.events import NoticeSent
from shared.law.calendar import local_date
from shared.wire import to_wire

_SUBMISSION = (
    "reference, status_hash, product, version, title, channel, language, received_at, decide_by, answers, shown, rules"
)


def tell_counter(database_url: str, *, made: Sequence[Made]) -> None:
    """Write what the form service keeps of these cases."""
    with connect(database_url) as connection:
        copy_rows(connection, table="forms.submission", columns=_SUBMISSION, rows=map(_submission, made))
        copy_rows(connection, table="forms.notice", columns="message_id, reference, payload", rows=_notices(made))
        columns = "reference, mark, words, steps, at, first_on"
        marks = (_mark(each, given) for each in made if (given := each.opinion))
        copy_rows(connection, table="forms.mark", columns=columns, rows=marks)


def count_for_everybody(database_url: str, *, today: date) -> None:
    """Count what everybody may know, of all years."""
    with connect(database_url) as connection:
        connection.execute("delete from forms.open_figures")
        count_open_figures(connection, today=today)


def _submission(made: Made) -> Sequence[Any]:
    said = made.life.case.submission
    return (
        said.reference,
        hashlib.sha256(f"invented {said.reference}".encode()).digest(),
        said.product,
        said.version,
        json.dumps(vars(said.title)),
        said.channel,
        said.language,
        said.received_at,
        made.life.deadline,
        *("{}", "[]", "[]"),
    )


def _notices(made: Iterable[Made]) -> Iterator[Sequence[Any]]:
    for each in made:
        life = each.life
        if life.result and life.ended_at:
            sent = NoticeSent(
                reference=life.case.reference,
                message_id=life.case.id,
                kind="decision",
                channel="email",
                sent_at=life.case.ledger[-1].at,
                letter_link=None,
                letter_sha256=None,
                objection_until=None,
                again=False,
            )
            yield life.case.id, life.case.reference, json.dumps(to_wire(sent))


def _mark(made: Made, given: Opinion) -> Sequence[Any]:
    return made.life.case.reference, given.mark, "", json.dumps(given.steps), given.at, local_date(given.at)
