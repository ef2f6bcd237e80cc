"""A mail server for tests: keeps what it takes, and says no, hangs or drops the line when told to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Sink:
    """What came in, and what was `said` to each mail (by Message-ID).

    `to_recipient` and `to_mail` are the answers of the server; `script` goes before, mail by mail, where "drop" takes
    the mail and hangs up without an answer. In the script of `recipients` "hang" says nothing for a second. `lines`
    are how often somebody called, `hang_up` closes those that are open. `largest` is what it takes, in bytes.
    """

    url: str = ""
    taken: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str | None, list[str]]] = field(default_factory=list)
    to_recipient: str = "250 OK"
    to_mail: str = "250 OK"
    drop_after_mail: bool = False
    script: Iterator[str] = field(default_factory=lambda: iter(()))
    recipients: Iterator[str] = field(default_factory=lambda: iter(()))
    said: list[tuple[str, str]] = field(default_factory=list)
    lines: int = 0
    largest: int = 10_000_000
    hang_up: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802 the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = next(self.recipients, self.to_recipient)
        if answer == "hang":
            await asyncio.sleep(1)
            return "451 too late"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.raw.append(content)
        self.taken.append(message_from_bytes(content, policy=policy.default))
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        answer = next(self.script, "drop" if self.drop_after_mail else self.to_mail)
        self.said.append((str(self.taken[-1]["Message-ID"]), answer))
        if answer == "drop":
            assert server.transport
            server.transport.abort()
        return answer


class _Tidy(Controller):
    """Hangs up on everyone before it stops: a line left open shows up as a warning in some later test."""

    def __init__(self, sink: Sink) -> None:
        super().__init__(sink, hostname="127.0.0.1", port=free_port())
        self._lines: list[SMTP] = []

    def factory(self) -> SMTP:
        line: SMTP = super().factory()
        line.data_size_limit = self.handler.largest
        self._lines.append(line)
        self.handler.lines += 1
        return line

    def stop(self, no_assert: bool = False) -> None:
        self.hang_up()
        super().stop(no_assert)

    def hang_up(self) -> None:
        asyncio.run_coroutine_threadsafe(self._hang_up(), self.loop).result(timeout=10)

    async def _hang_up(self) -> None:
        await asyncio.sleep(0.01)  # who called just now is let in first
        while open_lines := [line.transport for line in self._lines if line.transport]:
            for transport in open_lines:
                transport.abort()
            await asyncio.sleep(0.01)


@contextmanager
def open_sink() -> Iterator[Sink]:
    """A sink on a free port."""
    sink = Sink()
    controller = _Tidy(sink)
    controller.start()
    sink.url, sink.hang_up = f"smtp://127.0.0.1:{controller.port}", controller.hang_up
    try:
        yield sink
    finally:
        controller.stop()


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
