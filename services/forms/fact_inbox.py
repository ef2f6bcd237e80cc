"""Hears what is told of cases: where they stand, what was sent about them, and what is made known to the public."""

from __future__ import annotations

from datetime import datetime

from services.forms.domain.cases import CASE_FACTS, CaseFact
from services.forms.fact_store import keep_fact, keep_notice
from services.forms.notice_store import keep_public_notice, keep_taken_down
from shared.bus import Inbox
from shared.database import Connection
from shared.events import NoticeSent
from shared.participation import NoticePublished, NoticeTakenDown


def hear_facts(inbox: Inbox) -> None:
    """Enter the handlers."""
    for fact in CASE_FACTS:
        inbox.hears(fact)(_hear_case)
    inbox.hears(NoticeSent)(_hear_notice)

    @inbox.hears(NoticePublished)
    def hear_public(connection: Connection, told: NoticePublished, /, *, now: datetime) -> None:  # noqa: ARG001 it has dates
        keep_public_notice(connection, told=told)

    @inbox.hears(NoticeTakenDown)
    def hear_end(connection: Connection, told: NoticeTakenDown, /, *, now: datetime) -> None:  # noqa: ARG001 it says when
        keep_taken_down(connection, told=told)


def _hear_case(connection: Connection, happened: CaseFact, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    """Keep the fact; the page of the case follows from all of them together."""
    keep_fact(connection, fact=happened)


def _hear_notice(connection: Connection, happened: NoticeSent, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    """Keep that a message went out: a decision can be read from then on."""
    keep_notice(connection, notice=happened)
