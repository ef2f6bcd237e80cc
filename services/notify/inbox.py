"""The door for facts that become messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from services.notify import actions
from services.notify.domain.tellings import Table
from services.notify.failing import give_up, send_by_post
from services.notify.mailing import Post, send_message
from services.notify.outbox import TRIES_OF_A_DAY, in_turn, open_outbox, permanent
from services.notify.ports import Links
from services.notify.store import CasePlace, MessageStore, PostalStore
from shared.bus import Inbox
from shared.database import Connection
from shared.events import CaseOpened, CasePlaced, LetterPressed, MessageComposed, ReachedByPost
from shared.routes import NOTIFY


def open_inbox(post: Callable[[], Post], *, links: Links, table: Table) -> Inbox:
    """Open the door of notify; `post` gives the way out, made in the process that sends, `table` what goes when."""
    inbox = Inbox(NOTIFY)

    def tell(connection: Connection, fact: object, *, now: datetime) -> None:
        messages = MessageStore(connection, place=_place_in(fact))
        outbox = open_outbox(connection, now=now, messages=messages)
        if isinstance(fact, actions.WithLetter):
            actions.order_letter(fact, now=now, outbox=outbox, links=links)
        actions.tell_of(fact, table=table, now=now, outbox=outbox)
        actions.call_about(fact, table=table, outbox=outbox)
        messages.keep_place()

    for fact in table.heard:
        inbox.hears(fact)(tell)

    @inbox.hears(CasePlaced)
    def know_place(connection: Connection, placed: CasePlaced, *, now: datetime) -> None:  # noqa: ARG001 the newest counts
        MessageStore(connection, place=_place_in(placed)).keep_place()

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
    @in_turn
    def send(connection: Connection, composed: MessageComposed, *, now: datetime) -> None:
        send_message(composed.message_id, now=now, outbox=open_outbox(connection, now=now), post=post())

    @inbox.gives_up(MessageComposed)
    def stop_mailing(connection: Connection, composed: MessageComposed, *, now: datetime) -> None:
        give_up(composed.message_id, table=table, now=now, outbox=open_outbox(connection, now=now))

    return inbox


def _place_in(fact: object) -> CasePlace | None:
    """Give whose a case is, in a fact that says so."""
    if isinstance(fact, CaseOpened | CasePlaced) and fact.product:
        return CasePlace(of=fact.reference, product=fact.product, team=fact.team)
    return None
