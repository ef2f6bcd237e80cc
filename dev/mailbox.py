"""A mailbox that takes in every mail and text message and lets you read it: none leaves this machine."""

from __future__ import annotations

import os
import re
import secrets
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any

import requests
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask, Response, abort, redirect, render_template, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as AnyResponse

from dev.box import ADDRESS, open_box
from dev.pages import ProductionError, make_pages, serve_pages
from shared.settings import read

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
LARGEST_MESSAGE = 50_000_000
"""Bytes."""

SANDBOX = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""What the HTML part of a message may do: be looked at, and open its links in a new tab."""


@dataclass(frozen=True, kw_only=True)
class MailboxSettings:
    """Where the mailbox listens and keeps what it took in."""

    bind: str
    smtp_bind: str
    mail_folder: Path
    notify_url: str = ""
    sms_return_key: str = ""
    environment: str = "development"


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message as people and tests read it."""

    id: str
    to: list[str]
    sender: str
    subject: str
    text: str
    html: str
    message_id: str
    received_at: str
    links: list[str]
    attachments: list[str]

    @property
    def in_box(self) -> bool:
        """Whether it came to the Berichtenbox."""
        return any(each.endswith(ADDRESS.format("")) for each in self.to)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.received_at)


class Mailbox:
    """The folder with one file per message, named by the moment it came."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder

    def keep(self, content: bytes, *, recipients: list[str], now: datetime) -> None:
        """Keep a message; it is on the disk when this returns. Recipients are those of the envelope."""
        name = f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
        unfinished = self._folder / f"{name}.partial"
        with unfinished.open("wb") as file:
            file.write("".join(f"X-Envelope-To: {recipient}\r\n" for recipient in recipients).encode() + content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self._folder / f"{name}.eml")

    def messages(self) -> Iterator[Message]:
        """All messages, the newest first."""
        for path in sorted(self._folder.glob("*.eml"), reverse=True):
            yield _read(path)

    def has(self, message_id: str) -> bool:
        """Tell whether one with this Message-ID was kept."""
        return any(message.message_id == message_id for message in self.messages())

    def find(self, number: str) -> Path:
        """The file of a message; 404 when there is none."""
        path = self._folder / f"{number}.eml"
        if not re.fullmatch(r"[0-9T]+-[0-9a-f]{8}", number) or not path.exists():
            abort(404)
        return path

    def empty(self) -> None:
        """Throw all messages away."""
        for path in self._folder.glob("*.eml"):
            path.unlink()


class Intake:
    """What the SMTP server does with a message: keep it."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope, /) -> str:  # noqa: N802 - aiosmtpd's name
        """Answer 250 only after the message is on the disk."""
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        self._mailbox.keep(content, recipients=list(envelope.rcpt_tos), now=datetime.now(UTC))
        return "250 kept"


@dataclass(frozen=True, kw_only=True)
class Phone:
    """Where notify hears what became of a text message; without an address it hears nothing."""

    notify_url: str = ""
    key: str = ""

    def report(self, number: str) -> None:
        """Say that a text message arrived, without letting its sender wait; whoever is away then hears nothing."""
        if self.notify_url:
            threading.Thread(target=self._tell, args=[number]).start()

    def _tell(self, number: str) -> None:
        headers, told = {"Authorization": f"Bearer {self.key}"}, {"id": number, "status": "delivered"}
        with suppress(requests.RequestException):
            requests.post(f"{self.notify_url}/sms/afloop", json=told, headers=headers, timeout=5)


def make_mailbox(mailbox: Mailbox, *, environment: str, phone: Phone = Phone()) -> Flask:
    """The pages and the API of the mailbox."""
    pages = make_pages("mailbox", environment=environment)
    pages.add_template_filter(_with_links, "with_links")
    _add_lists(pages, mailbox=mailbox)
    _add_message(pages, mailbox=mailbox)
    _add_texts(pages, mailbox=mailbox, phone=phone)
    pages.register_blueprint(open_box(mailbox))
    return pages


def main() -> None:
    """Take in mail and show it until ended."""
    settings = read(MailboxSettings)
    mailbox = Mailbox(settings.mail_folder)
    try:
        phone = Phone(notify_url=settings.notify_url, key=settings.sms_return_key)
        pages = make_mailbox(mailbox, environment=settings.environment, phone=phone)
    except ProductionError as error:
        sys.exit(str(error))
    host, _, port = settings.smtp_bind.partition(":")
    Controller(Intake(mailbox), hostname=host, port=int(port), data_size_limit=LARGEST_MESSAGE).start()
    serve_pages(pages, bind=settings.bind)


def _add_lists(pages: Flask, *, mailbox: Mailbox) -> None:
    @pages.get("/")
    def inbox() -> str:
        return _listed(box=False)

    @pages.get("/box")
    def box() -> str:
        return _listed(box=True)

    def _listed(*, box: bool) -> str:
        wanted = request.args.get("q", "").strip().lower()
        lying = (message for message in mailbox.messages() if message.in_box is box)
        found = [message for message in lying if wanted in _searchable(message)]
        return render_template("mailbox.html", messages=found[:200], total=len(found), wanted=wanted, box=box)

    @pages.post("/empty")
    def empty() -> AnyResponse:
        mailbox.empty()
        return redirect("/", 303)

    @pages.get("/api/messages")
    def listed() -> dict[str, Any]:
        to, since = request.args.get("to", "").lower(), request.args.get("since", "")
        found = (message for message in mailbox.messages() if message.received_at >= since)
        return {"messages": [asdict(each) for each in found if not to or to in map(str.lower, each.to)]}

    @pages.delete("/api/messages")
    def emptied() -> tuple[str, int]:
        mailbox.empty()
        return "", 204


def _add_texts(pages: Flask, *, mailbox: Mailbox, phone: Phone) -> None:
    @pages.post("/texts")
    def take_text() -> tuple[str, int]:
        """Take in a text message as a provider does; one that came before is not kept again."""
        told = request.get_json()
        number = f"<{told['id']}@sms>"
        if not mailbox.has(number):
            text = EmailMessage()
            text["From"], text["Subject"], text["Message-ID"] = str(told["from"]), "Sms", number
            text.set_content(str(told["text"]))
            mailbox.keep(text.as_bytes(), recipients=[str(told["to"])], now=datetime.now(UTC))
        phone.report(str(told["id"]))
        return "", 202


def _add_message(pages: Flask, *, mailbox: Mailbox) -> None:
    @pages.get("/message/<number>")
    def message(number: str) -> str:
        path = mailbox.find(number)
        raw = path.read_bytes().decode(errors="replace")
        return render_template("message.html", message=_read(path), raw=raw)

    @pages.get("/message/<number>/html")
    def html_part(number: str) -> Response:
        shown = Response('<!DOCTYPE html><base target="_blank">' + _read(mailbox.find(number)).html)
        shown.headers["Content-Security-Policy"] = SANDBOX
        return shown

    @pages.get("/message/<number>/attachment/<int:place>")
    def attachment(number: str, place: int) -> Response:
        parts = list(_parse(mailbox.find(number)).iter_attachments())
        if place >= len(parts):
            abort(404)
        shown = Response(parts[place].get_payload(decode=True), mimetype=parts[place].get_content_type())
        shown.headers.set("Content-Disposition", "attachment", filename=parts[place].get_filename() or "bijlage")
        return shown


@lru_cache(maxsize=5000)
def _read(path: Path) -> Message:
    """Read a kept message; a file never changes, so it is read once."""
    parsed = _parse(path)
    text = _body(parsed, kind="plain")
    html = _body(parsed, kind="html")
    moment = datetime.strptime(path.stem.partition("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    return Message(
        id=path.stem,
        to=[str(recipient) for recipient in parsed.get_all("X-Envelope-To", [])],
        sender=str(parsed.get("From", "")),
        subject=str(parsed.get("Subject", "")),
        text=text,
        html=html,
        message_id=str(parsed.get("Message-ID", "")).strip(),
        received_at=moment.isoformat(),
        links=list(dict.fromkeys(LINK.findall(text or html))),
        attachments=[part.get_filename() or "bijlage" for part in parsed.iter_attachments()],
    )


def _parse(path: Path) -> EmailMessage:
    parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)  # noqa: S101 - what this policy makes
    return parsed


def _body(parsed: EmailMessage, *, kind: str) -> str:
    part = parsed.get_body((kind,))
    return str(part.get_content()) if part else ""


def _searchable(message: Message) -> str:
    return " ".join([*message.to, message.subject]).lower()


def _with_links(text: str) -> Markup:
    """The text with its links clickable; what is shown stays the same letter by letter."""
    shown, end = Markup(), 0
    for found in LINK.finditer(text):
        shown += escape(text[end : found.start()])
        shown += Markup('<a href="{0}">{0}</a>').format(found.group())
        end = found.end()
    return shown + escape(text[end:])


if __name__ == "__main__":
    main()
