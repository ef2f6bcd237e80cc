"""Several mail servers that stand in for each other: the first that is well takes the mail, else the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from services.notify.domain.breaker import Health
from services.notify.ports import Begin, DownError, End, Mail, Sender, UnreachableError
from services.notify.sending import attempt, said_in
from shared.clock import utc_now


class Providers:
    """Mail servers in the order of preference, with what this process measured of their health."""

    def __init__(self, senders: Sequence[Sender], *, clock: Callable[[], datetime] = utc_now) -> None:
        """Stand in for each other; `clock` gives the moment that rests are reckoned with."""
        self._senders = senders
        self._clock = clock
        self._health = {sender.name: Health() for sender in senders}

    def hand_over(self, mail: Mail, *, begin: Begin, end: End) -> None:
        """Hand a mail to the first that takes it; each try is an attempt of its own.

        Raises:
            RefusedError: one says that it will never go.
            UnreachableError: none takes it now, or all rest.
        """
        trouble: UnreachableError = DownError("every mail server rests after too many failures")
        for sender in self._senders:
            if self._health[sender.name].rests(self._clock()):
                continue
            up = True
            try:
                attempt(partial(sender.send, mail), provider=sender.name, content=said_in(mail), begin=begin, end=end)
            except UnreachableError as error:
                up, trouble = not isinstance(error, DownError), error
            else:
                return
            finally:
                self._health[sender.name] = self._health[sender.name].after(up=up, now=self._clock())
        raise trouble

    def answers(self) -> bool:
        """Tell whether one of them listens. Raises OSError when none does."""
        for sender in self._senders[:-1]:
            with suppress(OSError):
                return sender.answers()
        return self._senders[-1].answers()
