"""Hands what a message says to a system outside, and notes the attempt before it is made and after."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from services.notify.domain.states import Outcome
from services.notify.domain.troubles import CAME_BACK
from services.notify.ports import Begin, BoxMessage, End, Mail, RefusedError, SendingError, UnsureError


def attempt(send: Callable[[], str], *, provider: str, content: str, begin: Begin, end: End) -> None:
    """Make one attempt; `content` is what the message says, of which only a hash is kept.

    Raises:
        RefusedError, UnreachableError: as `send`, after it was noted; of an UnsureError no end is, as after a crash.
    """
    number = begin(provider=provider, content=hashlib.sha256(content.encode()).hexdigest())
    try:
        answer = send()
    except UnsureError:
        raise
    except SendingError as error:
        outcome = Outcome.REFUSED if isinstance(error, RefusedError) else Outcome.UNREACHABLE
        end(number, outcome=outcome, answer=error.said)
        raise
    end(number, outcome=Outcome.ACCEPTED, answer=answer)


class DeadEnd:
    """The way to an address from which mail came back for good: there is none (the port `WayOut`)."""

    def hand_over(self, mail: Mail, /, *, begin: Begin, end: End, only: str | None = None) -> None:  # noqa: ARG002
        """Keep it as an attempt of ours, so that the evidence tells why it never left. Raises RefusedError, always."""
        attempt(_refuse, provider="", content=said_in(mail), begin=begin, end=end)


def said_in(mail: Mail | BoxMessage) -> str:
    """Give what a mail says to its reader: whoever has the mail can make its hash again."""
    return f"{mail.subject}\n\n{mail.text}"


def _refuse() -> str:
    raise RefusedError(CAME_BACK)
