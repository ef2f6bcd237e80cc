"""Hears what is told of cases: where they stand, what was sent, who advises, and what a talk leads to."""

from __future__ import annotations

from datetime import datetime

from services.forms.adviser_store import forget_adviser, keep_adviser
from services.forms.domain.cases import CASE_FACTS, CaseFact
from services.forms.fact_store import keep_fact, keep_notice
from services.forms.invite_store import keep_invite
from services.forms.ports import Links
from services.forms.ports.cosigns import Invite
from shared.bus import Courier, Inbox
from shared.crypto import token_hash
from shared.database import Connection
from shared.events import AdviceAsked, AdviceGiven, NoticeSent
from shared.participation import ApplicationInvited, ApplicationReady


def hear_facts(inbox: Inbox, *, links: Links) -> None:
    """Enter the handlers."""
    for fact in CASE_FACTS:
        inbox.hears(fact)(_hear_case)
    inbox.hears(NoticeSent)(_hear_notice)

    @inbox.hears(AdviceAsked)
    def hear_adviser(connection: Connection, told: AdviceAsked, /, *, now: datetime) -> None:  # noqa: ARG001 it has dates
        keep_adviser(connection, asked=told)

    @inbox.hears(AdviceGiven)
    def hear_advice(connection: Connection, told: AdviceGiven, /, *, now: datetime) -> None:  # noqa: ARG001 it has no date
        forget_adviser(connection, given=told)

    @inbox.hears(ApplicationInvited)
    def hear_invited(connection: Connection, told: ApplicationInvited, /, *, now: datetime) -> None:
        """Keep a form ready and have its link mailed; told again it changes nothing."""
        token = links.invite_token(told.invite_id)
        invite = Invite(id=told.invite_id, reference=told.reference, product=told.product)
        if keep_invite(connection, invite=invite, token_hash=token_hash(token), at=told.at):
            ready = ApplicationReady(
                reference=told.reference,
                at=told.at,
                title=told.title,
                contact=told.contact,
                link=links.invite(token),
            )
            Courier(connection, now=now).tell(ready)


def _hear_case(connection: Connection, happened: CaseFact, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    """Keep the fact; the page of the case follows from all of them together."""
    keep_fact(connection, fact=happened)


def _hear_notice(connection: Connection, happened: NoticeSent, /, *, now: datetime) -> None:  # noqa: ARG001 kept as told
    """Keep that a message went out: a decision can be read from then on."""
    keep_notice(connection, notice=happened)
