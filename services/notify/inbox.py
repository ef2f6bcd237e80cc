"""The door for facts that become messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.notify import actions
from services.notify.domain.tellings import Table
from services.notify.failing import give_up, send_by_post
from services.notify.mailing import Post, send_message
from services.notify.outbox import TRIES_OF_A_DAY, open_outbox, permanent
from services.notify.ports import (
    Links,
)
from services.notify.store import CasePlaces, PostalStore
from shared.bus import Inbox
from shared.database import Connection
from shared.events import CaseOpened, CasePlaced, LetterPressed, MessageComposed, ReachedByPost
from shared.routes import NOTIFY


def open_inbox(post: Callable[[], Post], *, links: Links, table: Table) -> Inbox:
    """Open the door of notify; `post` gives the way out, made in the process that sends, `table` what goes when."""
    inbox = Inbox(NOTIFY)

    def tell(connection: Connection, fact: object, *, now: datetime) -> None:
        outbox = open_outbox(connection, now=now)
        if isinstance(fact, CaseOpened):
            _of_place(connection, fact, now=now)
        if isinstance(fact, actions.WithLetter):
            actions.order_letter(fact, now=now, outbox=outbox, links=links)
        actions.tell_of(fact, table=table, now=now, outbox=outbox)

    for fact in table.heard:
        inbox.hears(fact)(tell)
    inbox.hears(CasePlaced)(_of_place)

    @inbox.hears(ReachedByPost)
    def know_address(connection: Connection, reached: ReachedByPost, *, now: datetime) -> None:
        PostalStore(connection).add(reached.reference, party=reached.party)
        send_by_post(reached.reference, table=table, outbox=open_outbox(connection, now=now))

    @inbox.hears(LetterPressed)
    @permanent
    def announce(connection: Connection, pressed: LetterPressed, *, now: datetime) -> None:
        actions.announce_letter(pressed.letter_id, table=table, now=now, outbox=open_outbox(connection, now=now))

    @inbox.hears(MessageComposed, failures=TRIES_OF_A_DAY)
    @permanent
    def send(connection: Connection, composed: MessageComposed, *, now: datetime) -> None:
        send_message(composed.message_id, now=now, outbox=open_outbox(connection, now=now), post=post())

    @inbox.gives_up(MessageComposed)
    def stop_mailing(connection: Connection, composed: MessageComposed, *, now: datetime) -> None:
        give_up(composed.message_id, table=table, now=now, outbox=open_outbox(connection, now=now))

    return inbox


def _of_place(connection: Connection, case: CaseOpened | CasePlaced, /, *, now: datetime) -> None:  # noqa: ARG001 the newest counts
    CasePlaces(connection).add(case.reference, product=case.product, team=case.team)
