"""A client of the API of notify that sends text messages one after another, for the bench."""

from __future__ import annotations

import json
import sys
import time
from uuid import UUID

import jwt

from tests.bench.wire import Wire

TEMPLATE = UUID("0b1c6f2e-54a3-4d0e-9a2b-6d7c1f00b001")


def token_of(key: str) -> str:
    """Sign a token; it is good for half a minute, longer than a round."""
    return jwt.encode({"iss": key[-73:-37], "iat": int(time.time())}, key[-36:], algorithm="HS256")


def send_texts(wire: Wire, *, until: float) -> list[tuple[str, float, float]]:
    """Send until the time is over; give of each when its answer came, and the seconds it took."""
    done = []
    body = {"phone_number": "+31612345678", "template_id": str(TEMPLATE), "personalisation": {"name": "Noor"}}
    content = json.dumps(body).encode()
    while time.time() < until:
        began = time.time()
        answer = wire.post("/v2/notifications/sms", body=content)
        if answer.status != 201:
            sys.exit(f"the API answered {answer.status}")
        done.append(("", time.time(), time.time() - began))
    return done
