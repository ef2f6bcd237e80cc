"""What the pages of staff have at hand: who is asking, what they may see, and the log of what they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from services.notify.audit import LOG
from services.notify.domain.tellings import Table
from services.notify.ports import Links, Proofs, Vault, Writer
from shared.access import Permission, Person, Scope, scope_of
from shared.audit import LOOK, Act
from shared.clock import utc_now
from shared.database import Connection, Pool
from shared.staff import staff_in_session
from shared.web import Check


@dataclass(frozen=True, kw_only=True)
class Outside:
    """A system outside that takes messages, and how to ask whether it listens."""

    kind: Literal["email", "sms", "box"]
    name: str
    answers: Check


@dataclass(frozen=True, kw_only=True)
class Room:
    """What lives as long as the process; `site` and `workflow_url` are where browsers find us and the cases.

    `writer_over` a connection and `links` write a message again, `vault` has the letters, `proofs` makes evidence.
    `vault_works` and the `systems` outside are what sending needs, `table` says what goes by post.
    """

    pool: Pool
    writer_over: Callable[[Connection], Writer]
    links: Links
    vault: Vault
    proofs: Proofs
    vault_works: Check
    systems: Sequence[Outside]
    table: Table
    site: str
    workflow_url: str
    session_seconds: int


def find_me() -> Person | None:
    """Give who is asking; None when nobody signed in."""
    return staff_in_session(utc_now())


def me() -> Person:
    """Give who is asking, at a door that lets nobody else in."""
    person = find_me()
    if person is None:
        raise LookupError("this door must declare a permission")
    return person


def scope_here(permission: Permission = Permission.SEE_MESSAGES) -> Scope:
    """Give the cases with whose messages the reader may do this."""
    return scope_of(me(), permission=permission)


def record_look(connection: Connection, *, at: str, reference: str | None, **details: object) -> None:
    """Add to the audit log, as the last thing of this transaction, who looks at what; nothing of what stands there."""
    record_act(connection, act=LOOK + at, reference=reference, **details)


def record_act(connection: Connection, *, act: str, reference: str | None, **details: object) -> None:
    """Add to the audit log, as the last thing of this transaction, who does what."""
    LOG.record(connection, act=Act(at=utc_now(), who=me().subject, act=act, reference=reference, details=details))
