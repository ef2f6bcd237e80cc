"""What programs come with at the API: the form they mean, and the key that makes handing it in happen once."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import abort, request

from services.forms.web.counter import means
from shared.catalogue.definitions import Product
from shared.crypto import token_hash
from shared.events import Words
from shared.problems import ProblemError

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_KEY_NEEDED = Words(
    nl="Stuur een Idempotency-Key mee: 1 tot 200 gewone tekens, voor elke aanvraag een nieuwe.",
    en="Send an Idempotency-Key: 1 to 200 printable characters, a new one for each submission.",
)


def key_hash(key: str) -> bytes:
    """What is kept of an Idempotency-Key."""
    return token_hash(f"key:{key}")


def product_of(form_id: str) -> Product:
    """The form of this id; without one it does not exist."""
    return means().products.current.get(form_id) or abort(404)


def given_key() -> str:
    """The Idempotency-Key of this request. Raises ProblemError."""
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise ProblemError(400, title=_KEY_NEEDED)
    return key


def fingerprint(form_id: str, *, body: Any) -> bytes:
    """What tells one body from another."""
    return token_hash(json.dumps([form_id, body], sort_keys=True))
