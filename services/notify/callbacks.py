"""Calls clients of the API back when it is known what became of a notification, signed, and never inside our walls.

Signatures are those of Standard Webhooks (1.0.0): HMAC-SHA256 over id, timestamp and body. The address is resolved once
and the connection goes to what was found, so that a name cannot point elsewhere after it was looked at.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import urllib3

from services.notify.client_queries import MadeFrom, ReceivedText
from services.notify.domain.clients import WEBHOOK_PREFIX
from services.notify.domain.notifications import Notification, moment
from services.notify.ports import RefusedError, UnreachableError

TIMEOUT_S: Final = 3.0
_GIVEN_OUT: Final = ipaddress.ip_network("2000::/3")
"""Where all public IPv6 addresses are (RFC 4291, 2.4); what Python calls global also has some that lead inside."""
_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, kw_only=True)
class Callback:
    """Where a client hears; `secret` signs, `bearer` is the token that the client asks of us."""

    url: str
    secret: str
    bearer: str | None = None

    @property
    def host(self) -> str:
        """Tell which system it is, with its port if that is another than usual; nothing of the path or who asks."""
        return urlsplit(self.url).netloc.rpartition("@")[2]


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a client is told; `id` is the same each time that this is told."""

    id: str
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """Give what is sent."""
        return json.dumps(self.body, separators=(",", ":"))


class InsideError(Exception):
    """The address lies inside our own walls, or is none; nothing is sent there."""


class HttpCaller:
    """Posts a callback over HTTP."""

    def __init__(self, *, inside: bool) -> None:
        """`inside` allows private addresses too: only for trying out on one machine."""
        self._inside = inside

    def call(self, callback: Callback, *, call: Call, now: datetime) -> str:
        """Tell a client something; give its answer.

        Raises:
            RefusedError: the address may not be called, or cannot be read.
            UnreachableError: no answer, or another than 2xx; also 4xx is tried again, as the client may mend it.
        """
        body = call.text.encode()
        stamp = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Balie-Notify",
            "webhook-id": call.id,
            "webhook-timestamp": stamp,
            "webhook-signature": sign_call(callback.secret, call_id=call.id, stamp=stamp, body=body),
            **({"Authorization": f"Bearer {callback.bearer}"} if callback.bearer else {}),
        }
        try:
            status = self._post(callback.url, body=body, headers=headers)
        except InsideError as error:
            raise RefusedError(str(error)) from None
        except ValueError:  # what it says of itself may name the token
            raise RefusedError("the address or the token of the client cannot be used") from None
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise UnreachableError(type(error).__name__) from None
        if not 200 <= status < 300:
            raise UnreachableError(f"the client answered {status}")
        return f"the client answered {status}"

    def _post(self, url: str, *, body: bytes, headers: dict[str, str]) -> int:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        address = address_of(host, port=port, inside=self._inside)
        settings: dict[str, Any] = {"timeout": TIMEOUT_S, "retries": False}
        pool: urllib3.HTTPConnectionPool
        if parts.scheme == "https":
            pool = urllib3.HTTPSConnectionPool(address, port, server_hostname=host, assert_hostname=host, **settings)
        else:
            pool = urllib3.HTTPConnectionPool(address, port, **settings)
        with pool:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            named = {**headers, "Host": parts.netloc.rpartition("@")[2]}
            answer = pool.urlopen(
                "POST", path, body=body, headers=named, redirect=False, preload_content=False, assert_same_host=False
            )
            answer.close()  # what else it says counts for nothing, and may come slowly
            return int(answer.status)


def address_of(host: str, *, port: int, inside: bool) -> str:
    """Resolve a host once and give the address to connect to.

    Raises:
        InsideError: one of its addresses is private, local or otherwise not public, or it has none.
    """
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (socket.gaierror, UnicodeError):
        raise UnreachableError("the name of the address is not known") from None
    if not inside and not all(map(_is_public, found)):
        raise InsideError("the address is not a public one")
    return min(found, key=lambda each: (":" in each, each))  # not every machine has IPv6


def _is_public(address: str) -> bool:
    """Tell whether an address leads outside for sure; some IPv6 addresses carry a private IPv4 address inside."""
    known = ipaddress.ip_address(address.partition("%")[0])
    leads_in = isinstance(known, ipaddress.IPv6Address) and (
        known not in _GIVEN_OUT or known.sixtofour is not None or known.teredo is not None
    )
    return known.is_global and not known.is_multicast and not leads_in


def sign_call(secret: str, *, call_id: str, stamp: str, body: bytes) -> str:
    """Sign a call as Standard Webhooks has it: `v1,` and the base64 of HMAC-SHA256."""
    key = base64.b64decode(secret.removeprefix(WEBHOOK_PREFIX))
    signed = b".".join((call_id.encode(), stamp.encode(), body))
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def call_of(notification: Notification) -> Call:
    """Tell what became of a notification, with the body of a delivery receipt as GOV.UK Notify has it."""
    return Call(id=f"{notification.id}-{notification.status.value}", body=_receipt_of(notification))


def call_of_text(text: ReceivedText) -> Call:
    """Tell of a text that somebody sent, with the body as GOV.UK Notify has it."""
    body = {
        "id": str(text.id),
        "source_number": text.user_number,
        "destination_number": text.notify_number,
        "message": text.content,
        "date_received": moment(text.created_at),
    }
    return Call(id=f"{text.id}-text", body=body)


def call_of_returned(notification: Notification, *, made: MadeFrom) -> Call:
    """Tell of a letter that came back, with the body as GOV.UK Notify has it."""
    template_id, version = notification.made_of
    body = {
        "notification_id": str(notification.id),
        "reference": notification.reference,
        "date_sent": moment(notification.sent_at),
        "sent_by": None,
        "template_name": made.template,
        "template_id": str(template_id),
        "template_version": version,
        "spreadsheet_file_name": made.bulk,
        "spreadsheet_row_number": made.row,
        "upload_letter_file_name": None,
    }
    return Call(id=f"{notification.id}-returned", body=body)


def _receipt_of(notification: Notification) -> dict[str, Any]:
    template_id, version = notification.made_of
    return {
        "id": str(notification.id),
        "reference": notification.reference,
        "to": notification.recipient,
        "status": notification.status.value,
        "created_at": moment(notification.created_at),
        "completed_at": moment(notification.completed_at),
        "sent_at": moment(notification.sent_at),
        "notification_type": notification.channel.value,
        "template_id": str(template_id),
        "template_version": version,
    }
