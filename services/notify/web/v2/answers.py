"""Writes what this API answers, in its shapes: every key is always there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from services.notify.domain.arrivals import expected_arrival
from services.notify.domain.notifications import Channel, Notification, Status, Template, moment
from services.notify.domain.templating import holes_of

_LINES: Final = 6
ON_ITS_WAY: Final = (Status.PENDING_VIRUS_CHECK, Status.ACCEPTED, Status.RECEIVED)


def accepted(notification: Notification, *, base: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """What a client hears of a notification that was taken in."""
    return {
        "id": str(notification.id),
        "reference": notification.reference,
        "content": content,
        "uri": f"{base}/v2/notifications/{notification.id}",
        "template": _template_ref(notification, base=base),
        "scheduled_for": moment(notification.scheduled_for),
    }


def shown(notification: Notification, *, base: str) -> dict[str, Any]:
    """A notification and how far it got."""
    letter = notification.channel is Channel.LETTER
    address = notification.address
    lines = {f"line_{number}": _at(address[:-1], number - 1) for number in range(1, _LINES + 1)}
    said: dict[str, Any] = {
        "id": str(notification.id),
        "reference": notification.reference,
        "email_address": notification.recipient if notification.channel is Channel.EMAIL else None,
        "phone_number": notification.recipient if notification.channel is Channel.SMS else None,
        **lines,
        "postcode": address[-1] if address else None,
        "postage": notification.postage,
        "type": notification.channel,
        "status": notification.status,
        "template": _template_ref(notification, base=base),
        "body": notification.body,
        "subject": notification.subject,
        "created_at": moment(notification.created_at),
        "created_by_name": None,
        "sent_at": moment(notification.sent_at),
        "completed_at": moment(notification.completed_at),
        "scheduled_for": moment(notification.scheduled_for),
        "one_click_unsubscribe_url": notification.unsubscribe_url,
        "cost_details": {},
        "cost_in_pounds": 0.0,
        "is_cost_data_ready": True,
    }
    return {**said, "estimated_delivery": moment(_expected(notification))} if letter else said


def template(found: Template) -> dict[str, Any]:
    """A version of a template, with the holes that need a value."""
    return {
        "id": str(found.id),
        "name": found.name,
        "type": found.channel,
        "created_at": moment(found.created_at),
        "updated_at": moment(found.updated_at),
        "created_by": found.created_by,
        "version": found.version,
        "body": found.body,
        "subject": found.subject,
        "letter_contact_block": None,
        "postage": found.postage,
        "personalisation": {hole.name: {"required": True} for hole in holes_of(found.subject or "", found.body)},
    }


def _template_ref(notification: Notification, *, base: str) -> dict[str, Any]:
    template_id, version = notification.made_of
    return {"id": str(template_id), "version": version, "uri": f"{base}/v2/template/{template_id}/version/{version}"}


def _expected(letter: Notification) -> datetime | None:
    """Only what is on its way arrives."""
    if letter.status not in ON_ITS_WAY:
        return None
    return expected_arrival(letter.sent_at or letter.created_at, postage=letter.postage)


def _at(lines: Sequence[str], place: int) -> str | None:
    return lines[place] if place < len(lines) else None
