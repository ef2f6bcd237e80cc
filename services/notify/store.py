"""Messages, letters and attempts, kept in PostgreSQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from psycopg.types.json import Jsonb

from services.notify.domain.codes import Made
from services.notify.domain.letters import Letter, Pressing
from services.notify.domain.messages import Kind, Message, State, may_move
from services.notify.ports import UnknownAddressError, UnknownLetterError, UnknownMessageError
from shared.crypto import token_hash
from shared.database import Connection
from shared.events import Decision, DigestLine, Nature, Party, Words
from shared.ids import new_id
from shared.values import TermLetter
from shared.wire import read_value, to_wire

_MESSAGE = (
    "id, kind, reference, recipient, language, title_nl, title_en, nature, link, day, at, letter_id, lines, state"
)
_LETTER = "id, reference, decision_id, decision, notice, recipient, language, status_link, wrong_tries, paused_until"

_ADD_MESSAGE = f"""
insert into notify.messages ({_MESSAGE})
values (%(id)s, %(kind)s, %(reference)s, %(recipient)s, %(language)s, %(title_nl)s, %(title_en)s, %(nature)s, %(link)s,
        %(day)s, %(at)s, %(letter_id)s, %(lines)s, %(state)s)
"""
_ADD_LETTER = """
insert into notify.letters
    (id, reference, decision_id, decision, notice, recipient, language, status_link, token_hash, ordered_at)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
on conflict (decision_id) do nothing
"""
_ACCEPT = """
with ended as (update notify.attempts set ended_at = now(), outcome = %(outcome)s where id = %(attempt)s)
update notify.messages set state = 'sent' where id = %(message)s
"""
_BEGIN = """
with begun as (insert into notify.attempts (id, message_id, began_at) values (%(attempt)s, %(message)s, %(now)s))
update notify.messages set state = 'sending' where id = %(message)s
"""
_MAY_FAIL = [state for state in State if may_move(state, to=State.FAILED)]
ACCEPTED = "accepted"


class MessageStore:
    """The messages, within one transaction (the port `Messages`)."""

    def __init__(self, connection: Connection) -> None:
        """Read and write over this connection."""
        self._connection = connection

    def add(self, message: Message) -> None:
        """Keep a new message."""
        title = {"title_nl": message.title.nl, "title_en": message.title.en}
        self._connection.execute(
            _ADD_MESSAGE, {**vars(message), **title, "lines": Jsonb([vars(line) for line in message.lines])}
        )

    def get(self, message_id: UUID) -> Message:
        """Give a message. Raises UnknownMessageError."""
        query = f"select {_MESSAGE} from notify.messages where id = %s"
        row = self._connection.execute(query, [message_id]).fetchone()
        if row is None:
            raise UnknownMessageError(str(message_id))
        return _message_from(row)

    def of_letter(self, letter_id: UUID) -> Message | None:
        """Give the message that brings a letter, if it was composed."""
        query = f"select {_MESSAGE} from notify.messages where letter_id = %s"
        row = self._connection.execute(query, [letter_id]).fetchone()
        return _message_from(row) if row else None

    def mark_sent(self, message: Message, *, attempt: UUID) -> None:
        """Keep that this attempt was accepted."""
        values = {"attempt": attempt, "message": message.id, "outcome": ACCEPTED}
        self._connection.execute(_ACCEPT, values)

    def mark_printed(self, message_id: UUID) -> None:
        """Keep that the message lies ready for the post."""
        self._connection.execute("update notify.messages set state = 'sent' where id = %s", [message_id])

    def mark_failed(self, message_id: UUID) -> None:
        """Keep that the message waits for a person, if it was not sent."""
        self._connection.execute(
            "update notify.messages set state = 'failed' where id = %s and state = any(%s)", [message_id, _MAY_FAIL]
        )


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

    def add(self, letter: Letter, *, token_hash: bytes, at: datetime) -> bool:
        """Keep a new letter; False when its decision has one already."""
        content = Jsonb(to_wire(letter.content))
        columns = (None, content) if isinstance(letter.content, TermLetter) else (content, None)
        values = [letter.id, letter.reference, letter.decision_id, *columns, letter.recipient, letter.language]
        return bool(self._connection.execute(_ADD_LETTER, [*values, letter.status_link, token_hash, at]).rowcount)

    def get(self, letter_id: UUID) -> Letter:
        """Give a letter. Raises UnknownLetterError."""
        query = f"select {_LETTER} from notify.letters where id = %s"
        return _letter_from(self._connection.execute(query, [letter_id]).fetchone())

    def lock_by_token(self, token_hash: bytes) -> Letter:
        """Give the letter behind a link, for this transaction alone. Raises UnknownLetterError."""
        query = f"select {_LETTER} from notify.letters where token_hash = %s for update"
        return _letter_from(self._connection.execute(query, [token_hash]).fetchone())

    def count(self, letter: Letter) -> None:
        """Keep the letter's count of wrong tries."""
        self._connection.execute(
            "update notify.letters set wrong_tries = %s, paused_until = %s where id = %s",
            [letter.wrong_tries, letter.paused_until, letter.id],
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


class MadeRegister:
    """What the press made, within one transaction (the port `Register`); of a code only a hash is kept."""

    def __init__(self, connection: Connection) -> None:
        """Write over this connection."""
        self._connection = connection

    def add(self, made: Made) -> None:
        """Keep that this was made here."""
        self._connection.execute(
            "insert into notify.made (sha256, code_hash, made_at, reference) values (%s, %s, %s, %s)",
            [made.sha256, token_hash(made.code), made.made_at, made.reference],
        )


class AttemptJournal:
    """The attempts, over a connection of its own that commits each line (the port `Journal`)."""

    def __init__(self, connection: Connection) -> None:
        """Write over this connection, which must be in autocommit."""
        self._connection = connection

    def begin(self, message: Message, *, now: datetime) -> UUID:
        """Mark the message as being sent, before it is; give the attempt."""
        attempt = new_id()
        self._connection.execute(_BEGIN, {"attempt": attempt, "message": message.id, "now": now})
        return attempt

    def fail(self, attempt: UUID, *, outcome: str) -> None:
        """Note why the attempt failed; the message stays as it is."""
        self._connection.execute(
            "update notify.attempts set ended_at = now(), outcome = %s where id = %s", [outcome, attempt]
        )


def _message_from(row: dict[str, Any]) -> Message:
    title = Words(nl=row.pop("title_nl"), en=row.pop("title_en"))
    lines = tuple(DigestLine(**line) for line in row.pop("lines"))
    kind, state, nature = Kind(row.pop("kind")), State(row.pop("state")), row.pop("nature")
    return Message(title=title, lines=lines, kind=kind, state=state, nature=Nature(nature) if nature else None, **row)


def _letter_from(row: dict[str, Any] | None) -> Letter:
    if row is None:
        raise UnknownLetterError
    decision, notice = row.pop("decision"), row.pop("notice")
    kept, cls = (notice, TermLetter) if notice else (decision, Decision)
    return Letter(content=read_value(cls, kept), **row)
