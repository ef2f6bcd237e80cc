"""The doors through which a client sends."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from services.notify.client_actions import Asked, check_reach
from services.notify.domain.notifications import Channel
from services.notify.domain.templating import Values, key_of
from services.notify.web.v2 import answers, bodies
from services.notify.web.v2.keys import caller
from services.notify.web.v2.window import Window
from shared.access import Permission, allows
from shared.api import answer


def open_sending(doors: Blueprint, *, window: Window, base: str, mail_from: str) -> None:
    """Open the doors; `base` is the address of this service, `mail_from` whom its mails come from."""
    from_email = parseaddr(mail_from)[1]

    @doors.post("/notifications/email")
    @allows(Permission.PUBLIC)
    def send_email() -> ResponseReturnValue:
        body = bodies.load(bodies.EmailBody(), body=bodies.read_json())
        given = body.get("personalisation") or {}
        to = bodies.email_address(body["email_address"])
        files = window.sharing.link(bodies.uploads(given))
        values = bodies.values({**given, **{name: file.link for name, file in files.items()}})
        asked = _asked(body, channel=Channel.EMAIL, recipient=to, values=values)
        sent = window.accept(asked, template_id=body["template_id"], files=files.values())
        content = {
            "from_email": from_email,
            "body": sent.body,
            "subject": sent.subject,
            "one_click_unsubscribe_url": sent.unsubscribe_url,
        }
        said = answers.accepted(sent, base=base, content=content)
        cleaned = _cleaned(body.get("sanitise_content_for") or [], values=values)
        return answer({**said, "sanitised_content": cleaned}, status=201)

    @doors.post("/notifications/sms")
    @allows(Permission.PUBLIC)
    def send_sms() -> ResponseReturnValue:
        body = bodies.load(bodies.SmsBody(), body=bodies.read_json())
        values = bodies.values(body.get("personalisation") or {})
        to = bodies.phone_number(body["phone_number"])
        sent = window.accept(
            _asked(body, channel=Channel.SMS, recipient=to, values=values), template_id=body["template_id"]
        )
        content = {"body": sent.body, "from_number": sent.sender or caller().client.sms_sender}
        return answer(answers.accepted(sent, base=base, content=content), status=201)

    open_letters(doors, window=window, base=base)


def open_letters(doors: Blueprint, *, window: Window, base: str) -> None:
    """Open the door for letters: those to make, and those that are a PDF already."""

    @doors.post("/notifications/letter")
    @allows(Permission.PUBLIC)
    def send_letter() -> ResponseReturnValue:
        given = bodies.read_json()
        if "content" in given:
            return _send_pdf(bodies.load(bodies.PdfBody(), body=given), window=window)
        body = bodies.load(bodies.LetterBody(), body=given)
        asked = _asked(body, channel=Channel.LETTER, recipient="", values=bodies.values(body["personalisation"]))
        sent = window.accept(asked, template_id=body["template_id"])
        content = {"body": sent.body, "subject": sent.subject}
        return answer(answers.accepted(sent, base=base, content=content), status=201)


def _asked(body: Mapping[str, Any], *, channel: Channel, recipient: str, values: Values) -> Asked:
    return Asked(
        channel=channel,
        recipient=recipient,
        values=values,
        reference=body.get("reference"),
        unsubscribe_url=body.get("one_click_unsubscribe_url"),
        scheduled_for=bodies.moment(body.get("scheduled_for")),
        sender_id=bodies.sender_id(body, channel=channel),
    )


def _send_pdf(body: Mapping[str, Any], *, window: Window) -> ResponseReturnValue:
    check_reach("", client=caller().client, key_type=caller().key_type, channel=Channel.LETTER)
    content = bodies.pdf(body["content"])
    sent = window.accept_pdf(content, reference=body["reference"], postage=body["postage"])
    return answer({"id": str(sent.id), "reference": sent.reference, "postage": sent.postage}, status=201)


def _cleaned(names: list[str], *, values: Values) -> dict[str, Any]:
    """Every value is only text here; who asks hears what that made of these."""
    wanted = {key_of(name) for name in names}
    return {
        name: {"unsanitised": value, "sanitised": value} for name, value in values.items() if key_of(name) in wanted
    }
