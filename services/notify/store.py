"""Messages, letters and attempts, kept in PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, LiteralString, NamedTuple, cast
from uuid import UUID

from psycopg.types.json import Jsonb

from services.notify.domain.letters import Letter, LetterLink, Pressing
from services.notify.domain.messages import Kind, Message
from services.notify.domain.papers import NOTHING_MORE, Paper
from services.notify.domain.states import FAILED, Outcome, Status, may_become
from services.notify.ports import UnknownAddressError, UnknownLetterError, UnknownMessageError
from services.notify.stop_store import StopStore
from shared.database import Connection
from shared.events import AnswerSection, Decision, DigestLine, Nature, Party, Words
from shared.ids import new_id
from shared.values import TermLetter
from shared.wire import read_value, to_wire

_MESSAGE = "id, kind, reference, recipient, language, title_nl, title_en, nature, link, day, at, letter_id, lines"
_KEPT = f"{_MESSAGE}, state, round, by_post, by_box, link_number"
_LETTER = (
    "l.id, reference, decision_id, decision, notice, recipient, language, status_link, wrong_tries, paused_until, "
    "code_number, code_until"
)

_ADD_MESSAGE = f"""
insert into notify.messages ({_KEPT}, paper)
values (%(id)s, %(kind)s, %(reference)s, %(recipient)s, %(language)s, %(title_nl)s, %(title_en)s, %(nature)s, %(link)s,
        %(day)s, %(at)s, %(letter_id)s, %(lines)s, %(state)s, %(round)s, %(by_post)s,
        %(by_box)s and exists (select from notify.boxes where reference = %(reference)s and sealed is not null),
        %(link_number)s, %(paper)s)
returning by_box, exists (
    select from notify.stops where address = lower(%(recipient)s) and because = 'bounced' and lifted_at is null
) as came_back
"""
_PLACE = """
insert into notify.case_places (reference, product, team) values (%(of)s, %(product)s, %(team)s)
on conflict (reference) do update set team = coalesce(nullif(excluded.team, ''), case_places.team)
"""
_ADD_FIRST_MESSAGE = f"with placed as ({_PLACE}) {_ADD_MESSAGE}"
_ADD_LETTER = """
insert into notify.letters
    (id, reference, decision_id, decision, notice, recipient, language, status_link, ordered_at)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
on conflict (decision_id) do nothing
"""
_ACCEPTED = """
select began_at from notify.attempts where message_id = %(id)s and round = %(round)s and outcome = 'accepted'
order by began_at limit 1
"""
_FAILED_MAILS = f"""
select {_KEPT} from notify.messages
where reference = %s and state = any(%s) and recipient <> '' and not by_post and link_number = 0 order by id
"""
_PRINTED = """
with done as (
    insert into notify.attempts (id, message_id, round, channel, provider, content, began_at, ended_at, outcome, answer)
    values (%(attempt)s, %(id)s, %(round)s, 'post', %(provider)s, %(content)s, %(now)s, now(), 'accepted', '')
)
update notify.messages set state = 'sent', round = %(round)s where id = %(id)s
"""

HELD_S: Final = 1.0
HELD_MOST: Final = 100
_held: Final[dict[UUID, tuple[float, Message, bool]]] = {}
"""Messages as this process composed them, for the job that goes on to send them: seconds and number it keeps them.

With each whether mail to its address came back for good.
"""

SETTLE: Final = """
update bus.delivery d set dead_at = null, done_at = now() from bus.event e
where e.id = d.event_id and d.dead_at is not null and e.name in ('MessageComposed', 'PrintOrdered')
  and e.payload ->> 'message_id' = %s
"""


class CasePlace(NamedTuple):
    """Whose a case is, so that staff see messages of their own cases; of an empty team the last one told counts."""

    of: str
    product: str
    team: str


class MessageStore:
    """The messages, within one transaction (the port `Messages`)."""

    def __init__(self, connection: Connection, *, place: CasePlace | None = None) -> None:
        """Read and write over this connection; with the first message `place` is kept too."""
        self._connection = connection
        self._place = place
        self._came_back: bool | None = None

    def add(self, message: Message, *, paper: Paper = NOTHING_MORE) -> Message:
        """Keep a new message, and what its letter would say more; give it as it goes.

        One that may go to the Berichtenbox does so if its reader chose that.
        """
        said = Jsonb({"text": paper.text, "shown": [to_wire(section) for section in paper.shown]})
        lines = Jsonb([vars(line) for line in message.lines])
        title = {"title_nl": message.title.nl, "title_en": message.title.en}
        statement, values = _ADD_MESSAGE, {**vars(message), **title, "lines": lines, "paper": said}
        if self._place:
            statement, values = _ADD_FIRST_MESSAGE, {**values, **self._place._asdict()}
            self._place = None
        row = self._connection.execute(statement, values).fetchone() or {}
        kept = replace(message, by_box=bool(row["by_box"]))
        _hold(kept, came_back=bool(row["came_back"]))
        return kept

    def keep_place(self) -> None:
        """Keep the place if no message took it along."""
        if self._place:
            self._connection.execute(_PLACE, self._place._asdict())
            self._place = None

    def get(self, message_id: UUID) -> Message:
        """Give a message. Raises UnknownMessageError."""
        query = f"select {_KEPT} from notify.messages where id = %s"
        row = self._connection.execute(query, [message_id]).fetchone()
        if row is None:
            raise UnknownMessageError(str(message_id))
        return _message_from(row)

    def take(self, message_id: UUID) -> Message:
        """Give a message to send: as this process composed it a moment ago, else as `get`."""
        composed_at, message, came_back = _held.pop(message_id, (0.0, None, False))
        fresh = message and time.monotonic() - composed_at < HELD_S
        self._came_back = came_back if fresh else None
        return message if message and fresh else self.get(message_id)

    def came_back(self, taken: Message) -> bool:
        """Tell whether mail to the address of a message that was taken came back for good."""
        if self._came_back is None:
            return StopStore(self._connection).bounces(taken.recipient)
        return self._came_back

    def paper(self, message_id: UUID) -> Paper:
        """Give what its letter says more than its mail."""
        row = self._connection.execute("select paper from notify.messages where id = %s", [message_id]).fetchone()
        kept: dict[str, Any] = row["paper"] if row else {"text": "", "shown": []}
        return Paper(text=kept["text"], shown=tuple(read_value(AnswerSection, each) for each in kept["shown"]))

    def failed_mails(self, reference: str) -> Sequence[Message]:
        """Give the messages of a case whose mail did not arrive, and that did not go by post since."""
        rows = self._connection.execute(_FAILED_MAILS, [reference, list(FAILED)])
        return [_message_from(row) for row in rows]

    def turn_to_post(self, message_id: UUID) -> None:
        """Let it go by post from now on; what stopped for it waits for no person any more."""
        self._turn(message_id, to="by_post = true")

    def leave_box(self, message_id: UUID) -> None:
        """Let it go by mail or post from now on; what stopped for it waits for no person any more."""
        self._turn(message_id, to="by_box = false")

    def of_letter(self, letter_id: UUID) -> Message | None:
        """Give the message that brings a letter, if it was composed."""
        query = f"select {_KEPT} from notify.messages where letter_id = %s and link_number = 0"
        row = self._connection.execute(query, [letter_id]).fetchone()
        return _message_from(row) if row else None

    def accepted_at(self, message: Message) -> datetime | None:
        """Tell when it was begun to hand this round over to the system that took it; None: none said so yet."""
        row = self._connection.execute(_ACCEPTED, {"id": message.id, "round": message.round}).fetchone()
        return row["began_at"] if row else None

    def last_outcome(self, message_id: UUID) -> Outcome | None:
        """Give what came of the last attempt; None: there is none, or nobody knows."""
        row = self._connection.execute(
            "select outcome from notify.attempts where message_id = %s order by began_at desc, id desc limit 1",
            [message_id],
        ).fetchone()
        return Outcome.of(row["outcome"]) if row else None

    def move(self, message_id: UUID, *, to: Status, since: Collection[Status] = frozenset(Status)) -> bool:
        """Let a message go on to a status from one of these, unless it is beyond it; tell whether it moved."""
        _held.pop(message_id, None)
        before = [status for status in since if may_become(status, to=to)]
        statement = "update notify.messages set state = %s where id = %s and state = any(%s)"
        return bool(self._connection.execute(statement, [to, message_id, before]).rowcount)

    def note_printed(self, message: Message, *, provider: str, content: str, now: datetime) -> None:
        """Keep that the message, taken up, lies ready for the post; `content` is the SHA-256 of its PDF."""
        values = {"provider": provider, "content": content, "now": now, "attempt": new_id()}
        self._connection.execute(_PRINTED, {"id": message.id, "round": message.round, **values})

    def _turn(self, message_id: UUID, *, to: LiteralString) -> None:
        _held.pop(message_id, None)
        self._connection.execute(f"update notify.messages set {to} where id = %s", [message_id])
        self._connection.execute(SETTLE, [str(message_id)])


class PostalStore:
    """The postal addresses, within one transaction (the port `AddressBook`)."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def add(self, reference: str, *, party: Party) -> None:
        """Keep the address of whoever applied; the newest counts."""
        self._connection.execute(
            "insert into notify.postal (reference, party) values (%s, %s) "
            "on conflict (reference) do update set party = excluded.party",
            [reference, Jsonb(to_wire(party))],
        )

    def find(self, reference: str) -> Party:
        """Give it. Raises UnknownAddressError."""
        row = self._connection.execute("select party from notify.postal where reference = %s", [reference]).fetchone()
        if row is None:
            raise UnknownAddressError(reference)
        return cast(Party, read_value(Party, row["party"]))


class LetterStore:
    """The letters and their pressings, within one transaction (the port `Letters`)."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def add(self, letter: Letter, *, link: LetterLink) -> bool:
        """Keep a new letter with its first link; False when its decision has one already."""
        content = Jsonb(to_wire(letter.content))
        columns = (None, content) if isinstance(letter.content, TermLetter) else (content, None)
        values = [letter.id, letter.reference, letter.decision_id, *columns, letter.recipient, letter.language]
        added = self._connection.execute(_ADD_LETTER, [*values, letter.status_link, link.made_at]).rowcount
        if added:
            self.add_link(letter.id, link=link)
        return bool(added)

    def add_link(self, letter_id: UUID, *, link: LetterLink) -> None:
        """Keep another link to a letter."""
        self._connection.execute(
            """
            insert into notify.letter_links (letter_id, token_hash, number, made_at, valid_until)
            values (%(letter_id)s, %(token_hash)s, %(number)s, %(made_at)s, %(valid_until)s)
            """,
            {"letter_id": letter_id, **vars(link)},
        )

    def last_link(self, letter_id: UUID) -> LetterLink:
        """Give the newest link to a letter. Raises UnknownLetterError."""
        row = self._connection.execute(
            "select token_hash, number, made_at, valid_until from notify.letter_links where letter_id = %s "
            "order by number desc limit 1",
            [letter_id],
        ).fetchone()
        if row is None:
            raise UnknownLetterError(str(letter_id))
        return LetterLink(**row)

    def get(self, letter_id: UUID) -> Letter:
        """Give a letter. Raises UnknownLetterError."""
        query = f"select {_LETTER} from notify.letters l where id = %s"
        return _letter_from(self._connection.execute(query, [letter_id]).fetchone())

    def lock_by_token(self, token_hash: bytes) -> Letter:
        """Give the letter behind a link, for this transaction alone. Raises UnknownLetterError."""
        query = f"""
        select {_LETTER} from notify.letter_links k join notify.letters l on l.id = k.letter_id
        where k.token_hash = %s for update of l
        """
        return _letter_from(self._connection.execute(query, [token_hash]).fetchone())

    def count(self, letter: Letter) -> None:
        """Keep the letter's counts of wrong tries and of codes."""
        self._connection.execute(
            "update notify.letters set wrong_tries = %s, paused_until = %s, code_number = %s, code_until = %s "
            "where id = %s",
            [letter.wrong_tries, letter.paused_until, letter.code_number, letter.code_until, letter.id],
        )

    def note_opened(self, token_hash: bytes, *, at: datetime) -> None:
        """Keep that the letter was opened with this link and the number of the case."""
        self._connection.execute(
            "insert into notify.openings (letter_id, at, link_number) "
            "select letter_id, %s, number from notify.letter_links where token_hash = %s on conflict do nothing",
            [at, token_hash],
        )

    def add_pressing(self, pressing: Pressing) -> None:
        """Keep one pressing more."""
        self._connection.execute(
            """
            insert into notify.pressings (letter_id, pressed_at, sent_on, objection_until, sha256, card_sha256)
            values (%(letter_id)s, %(pressed_at)s, %(sent_on)s, %(objection_until)s, %(sha256)s, %(card_sha256)s)
            """,
            vars(pressing),
        )

    def pressing(self, letter_id: UUID) -> Pressing:
        """Give the last pressing. Raises UnknownLetterError."""
        row = self._connection.execute(
            """
            select letter_id, pressed_at, sent_on, objection_until, sha256, card_sha256
            from notify.pressings where letter_id = %s order by pressed_at desc limit 1
            """,
            [letter_id],
        ).fetchone()
        if row is None:
            raise UnknownLetterError(str(letter_id))
        return Pressing(**row)


def _hold(message: Message, *, came_back: bool) -> None:
    _held[message.id] = (time.monotonic(), message, came_back)
    if len(_held) > HELD_MOST:
        _held.pop(next(iter(_held)), None)


def _message_from(row: dict[str, Any]) -> Message:
    title = Words(nl=row.pop("title_nl"), en=row.pop("title_en"))
    lines = tuple(DigestLine(**line) for line in row.pop("lines"))
    kind, state, nature = Kind(row.pop("kind")), Status(row.pop("state")), row.pop("nature")
    return Message(title=title, lines=lines, kind=kind, state=state, nature=Nature(nature) if nature else None, **row)


def _letter_from(row: dict[str, Any] | None) -> Letter:
    if row is None:
        raise UnknownLetterError
    decision, notice = row.pop("decision"), row.pop("notice")
    kept, cls = (notice, TermLetter) if notice else (decision, Decision)
    return Letter(content=read_value(cls, kept), **row)
