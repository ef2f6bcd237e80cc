"""Reads for the pages of staff: messages as far as the reader may see them, and their attempts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from services.notify.domain.messages import Kind, Way, made_at
from services.notify.domain.states import FAILED, OPEN, Outcome, Status
from shared.access import Scope
from shared.database import Connection
from shared.events import Words

PAGE: Final = 50

_WITHIN: Final = """
(%({whose}everything)s or exists (
    select from notify.case_places p
    where p.reference = m.reference and (p.team = any(%({whose}teams)s) or p.product = any(%({whose}products)s))
))
"""
_MINE: Final = _WITHIN.format(whose="")
_LINE: Final = f"""
select m.id, m.kind, m.reference, m.recipient, m.title_nl, m.title_en, m.state, m.by_post, m.by_box,
       {_WITHIN.format(whose="reads_")} as readable,
       tried.began_at as tried_at, tried.outcome, tried.answer, tried.id is not null as tried
from notify.messages m left join lateral (
    select id, began_at, outcome, answer from notify.attempts where message_id = m.id order by began_at desc limit 1
) tried on true
"""
_DEAD: Final = """
select d.reason from bus.delivery d join bus.event e on e.id = d.event_id
where d.dead_at is not null and e.name in ('MessageComposed', 'PrintOrdered') and e.payload ->> 'message_id' = %s
order by d.dead_at desc limit 1
"""
LISTS: Final[Mapping[str, frozenset[Status]]] = {"mis": FAILED, "onderweg": OPEN}
"""What the lists beside the whole one show, by their name in the address."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which messages somebody asks for, among those that they may see; `older_than` is the last one of the page before.

    `reads` are those that they may read. `address` is compared whole, small letters or capitals alike.
    """

    scope: Scope
    reads: Scope
    reference: str | None = None
    address: str | None = None
    states: frozenset[Status] = frozenset()
    older_than: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message with its last attempt: what came of it (None while nobody knows), and the words of the other system.

    `readable`: who looks may read it, and see to which address it went.
    """

    id: UUID
    kind: Kind
    reference: str | None
    recipient: str
    title: Words
    state: Status
    by_post: bool
    by_box: bool
    readable: bool
    tried: bool
    tried_at: datetime | None
    outcome: Outcome | None
    answer: str | None

    @property
    def channel(self) -> Way:
        """How it goes (Awb 2:8, 2:11)."""
        if self.by_box:
            return "box"
        return "email" if self.recipient and not self.by_post else "post"

    @property
    def made_at(self) -> datetime:
        """When it was made, which its id tells (RFC 9562, 5.7)."""
        return made_at(self.id)

    @property
    def failed(self) -> bool:
        """Whether nobody tries to send it any more."""
        return self.state in FAILED

    @property
    def trouble(self) -> bool:
        """Whether its last attempt went wrong, and none went well since."""
        return self.state in OPEN | FAILED and self.tried and self.outcome is not Outcome.ACCEPTED


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One time that a message was handed over; without `ended_at` nobody knows how it ended."""

    began_at: datetime
    ended_at: datetime | None
    channel: Way
    address: str
    provider: str
    outcome: Outcome | None
    answer: str | None

    @property
    def accepted(self) -> bool:
        """Whether the system outside took it."""
        return self.outcome is Outcome.ACCEPTED


@dataclass(frozen=True, kw_only=True)
class Resent:
    """One time that a person had a message sent again: who, when, and by which way."""

    number: int
    way: Literal["again", "address", "post"]
    at: datetime
    name: str


def list_messages(connection: Connection, *, wanted: Wanted) -> Sequence[Line]:
    """Give a page of messages, the newest first, and one more when there is another page."""
    asked = {
        "m.reference = %(reference)s": wanted.reference,
        "lower(m.recipient) = lower(%(address)s)": wanted.address,
        "m.state = any(%(states)s)": wanted.states,
        "m.id < %(older_than)s": wanted.older_than,
    }
    where = " and ".join([_MINE, *(condition for condition, value in asked.items() if value)])
    rows = connection.execute(
        f"{_LINE} where {where} order by m.id desc limit {PAGE + 1}",
        {**vars(wanted), **_asked_of(wanted.scope, reads=wanted.reads), "states": list(wanted.states)},
    )
    return [_line_from(row) for row in rows]


def find_message(connection: Connection, *, scope: Scope, reads: Scope, message_id: UUID) -> Line | None:
    """Give one message, if it is in the scope; `reads` are those that the reader may read."""
    query = f"{_LINE} where m.id = %(id)s and {_MINE}"
    row = connection.execute(query, {"id": message_id, **_asked_of(scope, reads=reads)}).fetchone()
    return _line_from(row) if row else None


def attempts_of(connection: Connection, *, message_id: UUID) -> Sequence[Attempt]:
    """Give each time that it was handed over, the newest first."""
    rows = connection.execute(
        "select began_at, ended_at, channel, address, provider, outcome, answer from notify.attempts "
        "where message_id = %s order by began_at desc, id desc",
        [message_id],
    )
    return [Attempt(**{**row, "outcome": Outcome.of(row["outcome"])}) for row in rows]


def resendings_of(connection: Connection, *, message_id: UUID) -> Sequence[Resent]:
    """Give each time that a person had it sent again, the newest first."""
    rows = connection.execute(
        "select number, way, at, name from notify.resendings where message_id = %s order by number desc", [message_id]
    )
    return [Resent(**row) for row in rows]


def contents_of(connection: Connection, *, message_id: UUID) -> frozenset[str]:
    """Give the SHA-256 of each content that a system outside took."""
    rows = connection.execute(
        "select content from notify.attempts where message_id = %s and outcome = 'accepted' and content is not null",
        [message_id],
    )
    return frozenset(row["content"] for row in rows)


def pressed_for(connection: Connection, *, message_id: UUID) -> str | None:
    """Give the SHA-256 of the letter that a message brings, as it was last pressed; None: it brings none."""
    row = connection.execute(
        """
        select p.sha256 from notify.messages m join notify.pressings p on p.letter_id = m.letter_id
        where m.id = %s order by p.pressed_at desc limit 1
        """,
        [message_id],
    ).fetchone()
    sha256: str | None = row["sha256"] if row else None
    return sha256


def stopped_because(connection: Connection, *, message_id: UUID) -> str | None:
    """Give why nobody tries any more to send or print it; None while somebody does."""
    row = connection.execute(_DEAD, [str(message_id)]).fetchone()
    reason: str | None = row["reason"] if row else None
    return reason


def _asked_of(scope: Scope, *, reads: Scope) -> dict[str, Any]:
    return {**vars(scope), **{f"reads_{name}": value for name, value in vars(reads).items()}}


def _line_from(row: dict[str, Any]) -> Line:
    title = Words(nl=row.pop("title_nl"), en=row.pop("title_en"))
    kind, state, outcome = Kind(row.pop("kind")), Status(row.pop("state")), Outcome.of(row.pop("outcome"))
    return Line(title=title, kind=kind, state=state, outcome=outcome, **row)
