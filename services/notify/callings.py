"""What a client is called back about, gathered from what was kept."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from services.notify.callbacks import Call, call_of, call_of_returned, call_of_text
from services.notify.client_queries import made_from
from services.notify.client_store import NotificationStore
from services.notify.domain.clients import Hears
from services.notify.domain.notifications import moment
from services.notify.domain.states import Status
from services.notify.phone_store import find_text
from shared.database import Connection
from shared.post import CallOrdered


@dataclass(frozen=True, kw_only=True)
class Calling:
    """Which client is told what, and at the address for which kind."""

    client_id: UUID
    kind: Hears
    call: Call


def calling_of_end(connection: Connection, *, notification_id: UUID) -> Calling:
    """Tell what became of a notification; a letter that came back has a call of its own."""
    notification = NotificationStore(connection).get(notification_id)
    if notification.status is Status.RETURNED_LETTER:
        made = made_from(connection, notification_id=notification_id)
        call = call_of_returned(notification, made=made)
        return Calling(client_id=notification.client_id, kind=Hears.RETURNED, call=call)
    return Calling(client_id=notification.client_id, kind=Hears.DELIVERY, call=call_of(notification))


def calling_of_case(ordered: CallOrdered, *, cases: str) -> Calling:
    """Tell of a fact about a case: nothing of whom it is about, and a link for staff below the address of cases."""
    body = {
        "event": ordered.fact,
        "reference": ordered.reference,
        "at": moment(ordered.at),
        "link": f"{cases}/{ordered.reference}",
    }
    number = uuid5(ordered.client_id, f"{ordered.fact} {ordered.reference} {ordered.at.isoformat()}")
    return Calling(client_id=ordered.client_id, kind=Hears.CASE, call=Call(id=str(number), body=body))


def calling_of_text(connection: Connection, *, text_id: UUID) -> Calling:
    """Tell of a text that somebody sent."""
    client_id, text = find_text(connection, text_id=text_id)
    return Calling(client_id=client_id, kind=Hears.TEXT, call=call_of_text(text))
