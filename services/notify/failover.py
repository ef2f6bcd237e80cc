"""Several systems outside that stand in for each other: the first that is well takes the message, else the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Generic, TypeVar

from services.notify.ports import Begin, BusyError, DownError, End, Sender, UnreachableError, UnsureError, Ward
from services.notify.sending import attempt
from shared.clock import utc_now

T = TypeVar("T")


class Providers(Generic[T]):
    """Systems outside in the order of preference; how they do is measured by all processes together."""

    def __init__(
        self,
        senders: Sequence[Sender[T]],
        *,
        said: Callable[[T], str],
        ward: Ward,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Stand in for each other; `said` gives what a message says, `clock` the moment of now."""
        self._senders = senders
        self._said = said
        self._ward = ward
        self._clock = clock

    def hand_over(self, message: T, /, *, begin: Begin, end: End, only: str | None = None) -> None:
        """Hand a message to the first that takes it; each try is an attempt of its own.

        Of what a system may have none but that one (`only`) hears again, as another would send it twice.

        Raises:
            RefusedError: one says that it will never go.
            UnreachableError: none takes it now, or all rest.
            BusyError: its turn comes. UnsureError: one may have it, and no other was tried.
        """
        trouble: UnreachableError = DownError("every system rests after too many failures")
        for sender in [each for each in self._senders if each.name == only] or self._senders:
            if not self._ward.may_try(sender.name, now=self._clock()):
                continue
            try:
                self._ward.take_turn(sender.name, now=self._clock())
                self._try(sender, message=message, begin=begin, end=end)
            except UnsureError:
                raise
            except UnreachableError as error:
                trouble = trouble if isinstance(trouble, BusyError) else error
            else:
                return
        raise trouble

    def _try(self, sender: Sender[T], *, message: T, begin: Begin, end: End) -> None:
        up = True
        try:
            send = partial(sender.send, message)
            attempt(send, provider=sender.name, content=self._said(message), begin=begin, end=end)
        except (DownError, UnsureError):
            up = False
            raise
        finally:
            self._ward.note(sender.name, up=up, now=self._clock())


def one_answers(senders: Sequence[Sender[T]]) -> bool:
    """Tell whether one of them listens. Raises OSError when none does."""
    for sender in senders[:-1]:
        with suppress(OSError):
            return sender.answers()
    return senders[-1].answers()
