"""Mails over a real SMTP line: whole, the same at every attempt, and with no way in for headers."""

from __future__ import annotations

import hashlib
import re
import socket
import threading
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from services.notify import mailbox
from services.notify.mailbox import BadMailServerError, SmtpSender
from services.notify.ports import Mail, RefusedError, UnreachableError
from services.notify.signing import BadSigningKeyError, DkimSigner
from tests.services.notify.sink import Sink, free_port

pytestmark = pytest.mark.machine

FROM = "Gemeente Voorbeeld <balie@voorbeeld.example>"
MAIL = Mail(
    id=UUID("019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f"),
    date=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    recipient="noor@example.org",
    language="nl",
    subject="Wij hebben één vraag",
    text="Goedendag,\n\nWij vragen ‘iets’. €\n",
    html="<!DOCTYPE html><p>Goedendag €</p>",
)


def test_a_mail_arrives_whole_in_two_forms(sink: Sink) -> None:
    SmtpSender(sink.url, sender=FROM).send(MAIL)
    (taken,) = sink.taken
    assert taken["Subject"] == "Wij hebben één vraag"
    assert taken["From"] == FROM
    assert taken["To"] == "noor@example.org"
    assert taken["Message-ID"] == "<019f6f3c-5b1a-7c3d-8e4f-0a1b2c3d4e5f@voorbeeld.example>"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["Content-Language"] == "nl"
    assert taken["Date"] == "Tue, 24 Nov 2026 09:30:00 +0000"
    assert taken.get_content_type() == "multipart/alternative"
    plain, html = taken.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == MAIL.text
    assert html.get_content().strip() == MAIL.html
    assert sink.envelopes == [("balie@voorbeeld.example", ["noor@example.org"])]


def test_every_attempt_carries_the_same_id(sink: Sink) -> None:
    sender = SmtpSender(sink.url, sender=FROM)
    sender.send(MAIL)
    sender.send(MAIL)
    assert len({taken["Message-ID"] for taken in sink.taken}) == 1


@pytest.mark.parametrize(
    "recipient",
    [
        "noor@example.org\nBcc: all@example.org",
        "noor@example.org\r\n\r\nHi",
        "noor@example.org, all@example.org",
        "<noor@example.org> all@example.org",
        "noor",
        "@",
        "",
        " ",
        "\x00@example.org",
    ],
)
def test_an_address_that_is_none_is_refused_before_anything_leaves(sink: Sink, recipient: str) -> None:
    with pytest.raises(RefusedError):
        SmtpSender(sink.url, sender=FROM).send(replace(MAIL, recipient=recipient))
    assert sink.taken == []


@pytest.mark.parametrize("subject", ["x\nBcc: all@example.org", "x\r\nContent-Type: text/html\r\n\r\n<b>"])
def test_a_subject_cannot_bring_a_header(sink: Sink, subject: str) -> None:
    with pytest.raises(RefusedError):
        SmtpSender(sink.url, sender=FROM).send(replace(MAIL, subject=subject))
    assert sink.taken == []


def test_an_unknown_recipient_is_refused_and_the_reason_names_nobody(sink: Sink) -> None:
    sink.to_recipient = "550 <noor@example.org> unknown"
    with pytest.raises(RefusedError) as refused:
        SmtpSender(sink.url, sender=FROM).send(MAIL)
    assert str(refused.value) == "the mail server answered 550"
    assert "noor@example.org" in refused.value.said


@pytest.mark.parametrize(("answer", "error"), [("451 later", UnreachableError), ("554 never", RefusedError)])
def test_a_code_of_the_server_says_whether_to_try_again(sink: Sink, answer: str, error: type[Exception]) -> None:
    sink.to_mail = answer
    with pytest.raises(error):
        SmtpSender(sink.url, sender=FROM).send(MAIL)


def test_a_busy_recipient_is_tried_again(sink: Sink) -> None:
    sink.to_recipient = "450 busy"
    with pytest.raises(UnreachableError):
        SmtpSender(sink.url, sender=FROM).send(MAIL)


def test_a_mail_that_is_too_large_for_a_server_says_nothing_of_how_that_does(sink: Sink) -> None:
    sink.largest = 100
    with pytest.raises(UnreachableError, match="Refused") as told:
        SmtpSender(sink.url, sender=FROM).send(MAIL)
    assert (type(told.value), told.value.said[:3]) == (UnreachableError, "552")


def test_a_line_that_drops_before_the_answer_leaves_it_unknown(sink: Sink) -> None:
    sink.drop_after_mail = True
    with pytest.raises(UnreachableError):
        SmtpSender(sink.url, sender=FROM).send(MAIL)


def test_a_server_that_is_away_is_tried_again_later() -> None:
    sender = SmtpSender(f"smtp://127.0.0.1:{free_port()}", sender=FROM)
    with pytest.raises(UnreachableError):
        sender.send(MAIL)
    with pytest.raises(OSError, match="refused"):
        sender.answers()


def test_a_server_that_answers_nothing_is_left_alone_after_ten_seconds() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        sender = SmtpSender(f"smtp://127.0.0.1:{silent.getsockname()[1]}", sender=FROM, patience=0.2)
        with pytest.raises(UnreachableError):
            sender.send(MAIL)
    assert mailbox.TIMEOUT_S == 10


def test_a_mail_that_was_taken_is_not_sent_again_for_a_rude_goodbye() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        said: list[str] = []
        talk = threading.Thread(target=_take_one_and_hang_up, args=(server, said))
        talk.start()
        SmtpSender(f"smtp://127.0.0.1:{server.getsockname()[1]}", sender=FROM).send(MAIL)
        talk.join()
    assert said[-1] == "250 taken"


def test_in_bulk_mails_go_over_one_line_and_over_another_once_the_server_closed_it(sink: Sink) -> None:
    sender, before = SmtpSender(sink.url, sender=FROM, lasting=True), sink.lines
    for _ in range(3):
        sender.send(MAIL)
    assert (len(sink.taken), sink.lines - before) == (3, 1)
    sink.hang_up()
    sender.send(MAIL)
    assert (len(sink.taken), sink.lines - before) == (4, 2)
    sink.to_recipient = "550 unknown"
    with pytest.raises(RefusedError):
        sender.send(MAIL)
    sink.to_recipient = "250 OK"
    sink.script = iter(["250 OK", "drop"])
    sender.send(MAIL)
    with pytest.raises(UnreachableError):  # it may have this one: nothing but a later attempt sends it again
        sender.send(MAIL)
    assert [answer for _, answer in sink.said].count("drop") == 1
    assert sink.lines - before == 3


def test_a_line_that_was_used_enough_or_lay_idle_is_closed(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most, lines in (("MAILS_A_LINE", 2, 2), ("IDLE_S", 0.0, 3)):
        with monkeypatch.context() as patched:
            patched.setattr(mailbox, name, most)
            before, sender = sink.lines, SmtpSender(sink.url, sender=FROM, lasting=True)
            for _ in range(3):
                sender.send(MAIL)
            assert sink.lines - before == lines
    sink.hang_up()


def test_a_server_that_answers_is_well(sink: Sink) -> None:
    assert SmtpSender(sink.url, sender=FROM).answers()


@pytest.mark.parametrize("url", ["", "http://mail.example", "smtp://", "mail.example:25"])
def test_an_address_that_is_no_mail_server_stops_the_start(url: str) -> None:
    with pytest.raises(BadMailServerError):
        SmtpSender(url, sender=FROM)


def _take_one_and_hang_up(server: socket.socket, said: list[str]) -> None:
    server.settimeout(20)
    line, _ = server.accept()
    with line, line.makefile("rwb") as talk:

        def say(words: str) -> None:
            said.append(words)
            talk.write(words.encode() + b"\r\n")
            talk.flush()

        say("220 hello")
        for _ in range(3):  # EHLO, MAIL, RCPT
            talk.readline()
            say("250 go on")
        talk.readline()
        say("354 go ahead")
        while talk.readline() != b".\r\n":
            pass
        say("250 taken")


def test_a_mail_is_signed_in_the_name_of_our_domain_over_its_text_and_every_header(sink: Sink) -> None:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    sender = SmtpSender(sink.url, sender=FROM, signer=DkimSigner(pem, selector="balie"))
    sender.send(
        replace(MAIL, text=MAIL.text + ".\n\n  twee  spaties \n\n\n", unsubscribe_url="https://voorbeeld.example/af")
    )
    (raw,) = sink.raw
    tags = signature_of(raw)
    assert (tags["d"], tags["s"], tags["a"]) == ("voorbeeld.example", "balie", "rsa-sha256")
    named = [each.strip() for each in tags["h"].split(":")]
    assert {"subject", "to", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post"} <= set(named)
    assert named.count("from") == 2
    assert is_signed(raw, key=key.public_key())
    for one, other in ((b"Goedendag", b"Goedenacht"), (b"Subject: ", b"Subject: x"), (b"\r\nTo: ", b"\r\nTo: x")):
        assert one in raw
        assert not is_signed(raw.replace(one, other, 1), key=key.public_key())


def test_a_key_that_is_none_or_too_short_stops_the_start() -> None:
    short = generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 it is refused
    for pem in ("", "x", short.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()):
        with pytest.raises(BadSigningKeyError):
            DkimSigner(pem, selector="balie")


def signature_of(raw: bytes) -> dict[str, str]:
    """The tags of the signature (RFC 6376, 3.5)."""
    value = str(message_from_bytes(raw)["DKIM-Signature"])
    return {name.strip(): text.strip() for name, _, text in (tag.partition("=") for tag in value.split(";"))}


def is_signed(raw: bytes, *, key: RSAPublicKey) -> bool:
    """Check a signature by the letter of RFC 6376 (3.4.2, 3.4.4, 3.7), without the library that makes it."""
    head, _, body = raw.partition(b"\r\n\r\n")
    tags, fields = signature_of(raw), re.split(rb"\r\n(?![ \t])", head)
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    plain = b"\r\n".join(lines).rstrip(b"\r\n") + b"\r\n"
    left = {name: [each for each in fields if _name(each) == name] for name in map(_name, fields)}
    signed = [left[name].pop() for name in re.split(r"\s*:\s*", tags["h"]) if left.get(name)]
    own = next(each for each in fields if _name(each) == "dkim-signature")
    relaxed = [*map(_relaxed, signed), re.sub(rb"\bb=[^;]*", b"b=", _relaxed(own))]
    try:
        key.verify(b64decode(tags["b"]), b"\r\n".join(relaxed), PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return b64decode(tags["bh"]) == hashlib.sha256(plain).digest()


def _name(field: bytes) -> str:
    return field.partition(b":")[0].strip().lower().decode()


def _relaxed(field: bytes) -> bytes:
    value = re.sub(rb"[ \t]+", b" ", field.partition(b":")[2].replace(b"\r\n", b"")).strip()
    return f"{_name(field)}:".encode() + value
