"""Hands mails to an SMTP server; the same message always carries the same Message-ID."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import parseaddr
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from services.notify.ports import DownError, Mail, RefusedError, UnreachableError
from services.notify.returning import ReturnAddress

TIMEOUT_S: Final = 10
LONGEST_REASON: Final = 300
MAILS_A_LINE: Final = 100
IDLE_S: Final = 5.0
"""So many mails go over one line in bulk, and so long it may lie idle: servers close lines that are used for more."""
_CLOSING: Final = 421
_TOO_LARGE: Final = 552
_REPORTS: Final = ("NOTIFY=SUCCESS,FAILURE,DELAY",)
_NOT_LET_IN: Final = (
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPSenderRefused,
)
"""What a server says of us rather than of the mail, also if it says never: another takes it, or somebody mends it."""
_PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class _OneLine(UniqueUnstructuredHeader, BaseHeader):  # type: ignore[misc] # typeshed knows `max_count` in two ways
    """A header of addresses of pages: broken over lines by the library they become text that no mail program opens."""

    def fold(self, *, policy: Policy) -> str:
        """Give the header as it stands in a mail."""
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS: Final = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _OneLine)
_WRITING: Final = SMTP.clone(header_factory=_HEADERS)


class BadMailServerError(ValueError):
    """SMTP_URL must look like smtp://host:port, smtp+starttls://name:password@host or smtps://name:password@host."""


class Signer(Protocol):
    """Vouches for a mail."""

    def sign(self, letter: EmailMessage, *, domain: str) -> None:
        """Add a signature in the name of this domain, over all that stands there."""


class _Line(smtplib.SMTP):
    """A line to a server that remembers what it said last: smtplib throws away what it says of a mail.

    `handed`: the server was asked to take the mail itself, so it may have it.
    """

    answer = ""
    handed = False

    def __del__(self) -> None:
        """Close a line that nobody holds any more."""
        self.close()

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Say something to the server; know when that is to take the mail."""
        self.handed = self.handed or cmd == "data"
        super().putcmd(cmd, args)

    def getreply(self) -> tuple[int, bytes]:
        """Hear the server; keep what it said."""
        code, said = super().getreply()
        self.answer = _words(code, said=said)
        return code, said


class _SecureLine(_Line, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """A line that stays open after a mail: over which so many went, the last one at a moment."""

    line: _Line
    mails: int
    at: float

    @property
    def serves(self) -> bool:
        return self.mails < MAILS_A_LINE and time.monotonic() - self.at < IDLE_S


class SmtpSender:
    """A channel over SMTP (the port `Sender`)."""

    def __init__(
        self,
        url: str,
        *,
        sender: str,
        patience: float = TIMEOUT_S,
        returns: ReturnAddress | None = None,
        signer: Signer | None = None,
        lasting: bool = False,
    ) -> None:
        """Send by this server in the name of `sender`, such as "Gemeente Voorbeeld <balie@voorbeeld.example>".

        `patience` is how many seconds each answer of the server may take. What did not arrive comes back to `returns`;
        then the systems on the way are asked to report too what did (RFC 3461). Each mail is signed by `signer`. One
        that is `lasting` keeps its line for the next mail, which comes soon in a bulk; not for several threads.

        Raises:
            BadMailServerError: the address of the server cannot be read.
        """
        self._server = urlsplit(url)
        if self._server.scheme not in _PORTS or not self._server.hostname:
            raise BadMailServerError
        self._host, self._port = self._server.hostname, self._server.port or _PORTS[self._server.scheme]
        self._patience = patience
        self._returns = returns
        self._signer = signer
        self._lasting = lasting
        self._kept: _Kept | None = None
        name, address = parseaddr(sender)
        self._sender = Address(display_name=name, addr_spec=address)

    @property
    def name(self) -> str:
        """Tell which server it is."""
        return f"{self._host}:{self._port}"

    def send(self, mail: Mail, /) -> str:
        """Hand the mail over; give the answer of the server.

        Raises:
            RefusedError: the server or the address itself says never (5xx).
            UnreachableError: not now (4xx); DownError: no server, no answer in time, or it does not know us.
        """
        try:
            return self._hand_over(self._envelope(mail), mail=mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _failure(code, said=said) from None
        except _NOT_LET_IN as error:
            # a mail that is too large is told at the sender's line too (RFC 1870); others are not, and may go here
            kind = UnreachableError if error.smtp_code == _TOO_LARGE else DownError
            raise kind(type(error).__name__, said=_words(error.smtp_code, said=error.smtp_error)) from None
        except smtplib.SMTPResponseException as error:
            raise _failure(error.smtp_code, said=error.smtp_error) from None
        except (ValueError, smtplib.SMTPNotSupportedError) as error:
            raise RefusedError(type(error).__name__) from None
        except (smtplib.SMTPException, OSError) as error:
            raise DownError(type(error).__name__) from None

    def answers(self) -> bool:
        """Tell whether something listens where the mail server should be."""
        with socket.create_connection((self._host, self._port), timeout=1):
            return True

    def _hand_over(self, letter: EmailMessage, *, mail: Mail) -> str:
        kept, self._kept = self._kept, None
        if kept and not kept.serves:
            _hang_up(kept.line)
        elif kept:
            try:
                return self._say(kept.line, letter=letter, mail=mail, before=kept.mails)
            except (smtplib.SMTPException, OSError) as error:
                if kept.line.handed or not _went_away(error):
                    raise
        return self._say(self._open(), letter=letter, mail=mail, before=0)

    def _say(self, line: _Line, *, letter: EmailMessage, mail: Mail, before: int) -> str:
        """Hand a mail over this line, over which so many went before; then keep it for the next one, or close it."""
        line.handed = False
        try:
            sender = self._returns.of(mail.id, round_=mail.round) if self._returns else self._sender.addr_spec
            reports: Sequence[str] = _REPORTS if self._returns and line.has_extn("dsn") else ()
            line.send_message(letter, from_addr=sender, to_addrs=[mail.recipient], rcpt_options=reports)
        except BaseException:
            line.close()
            raise
        answer = line.answer
        if self._lasting:
            self._kept = _Kept(line=line, mails=before + 1, at=time.monotonic())
        else:
            _hang_up(line)
        return answer

    def _open(self) -> _Line:
        line = self._connect()
        try:
            self._enter(line)
            line.ehlo_or_helo_if_needed()
        except BaseException:
            line.close()
            raise
        return line

    def _connect(self) -> _Line:
        # without a name of our own smtplib asks DNS for one, which may take seconds
        ours = self._sender.domain
        if self._server.scheme == "smtps":
            secure = ssl.create_default_context()
            return _SecureLine(self._host, self._port, local_hostname=ours, timeout=self._patience, context=secure)
        return _Line(self._host, self._port, local_hostname=ours, timeout=self._patience)

    def _enter(self, server: smtplib.SMTP) -> None:
        if self._server.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if self._server.username:
            server.login(unquote(self._server.username), unquote(self._server.password or ""))

    def _envelope(self, mail: Mail) -> EmailMessage:
        """Write the headers; the policy refuses a line break in any of them."""
        letter = EmailMessage(policy=_WRITING)
        letter["From"] = self._sender
        letter["To"] = _address(mail.recipient)
        letter["Subject"] = mail.subject
        letter["Date"] = mail.date
        letter["Message-ID"] = f"<{mail.id}@{self._sender.domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        if mail.reply_to:
            letter["Reply-To"] = _address(mail.reply_to)
        if mail.unsubscribe_url:
            letter["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
            letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        letter.set_content(mail.text)
        letter.add_alternative(mail.html, subtype="html")
        letter["Content-Language"] = mail.language
        if self._signer:
            self._signer.sign(letter, domain=self._sender.domain)
        return letter


def _hang_up(line: _Line) -> None:
    """Say goodbye; the mails are taken, so whatever goes wrong with that is no reason to send one again."""
    with contextlib.suppress(smtplib.SMTPException, OSError):
        line.quit()
    line.close()


def _went_away(error: Exception) -> bool:
    """Tell whether the server had closed a line that stayed open, so that it heard nothing of the mail."""
    unsaid = isinstance(error, smtplib.SMTPServerDisconnected) or not isinstance(error, smtplib.SMTPException)
    return unsaid or getattr(error, "smtp_code", None) == _CLOSING


def _address(recipient: str) -> Address:
    try:
        return Address(addr_spec=recipient)
    except (MessageError, ValueError, IndexError):  # the parser falls over some texts that are no address at all
        raise RefusedError("this is not an e-mail address") from None


def _failure(code: int, *, said: bytes | str) -> RefusedError | UnreachableError:
    kind = RefusedError if code >= 500 else UnreachableError
    return kind(f"the mail server answered {code}", said=_words(code, said=said))


def _words(code: int, *, said: bytes | str) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {words}"[:LONGEST_REASON]
