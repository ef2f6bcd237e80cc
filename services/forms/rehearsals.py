"""Holds trials in Valkey between two pages of one: sealed, for an hour, and nowhere else."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import redis

from services.forms.domain.drafts import Draft
from services.forms.domain.identity import Identity
from services.forms.rehearsal import TOKEN, Rehearsal
from services.forms.seals import ring_of
from shared.catalogue.reader import reopen_product
from shared.crypto import token_hash
from shared.keyring import BrokenSealError

KEPT_S: Final = 3600
_PURPOSE: Final = "rehearsal"


class RehearsalShelf:
    """Trials by the token in their address."""

    def __init__(self, valkey_url: str, *, key: str) -> None:
        """Keep them here, sealed under this key."""
        self._valkey = redis.from_url(valkey_url, socket_timeout=2, socket_connect_timeout=2)
        self._ring = ring_of(key)

    def new_token(self) -> str:
        """A fresh address."""
        return TOKEN + secrets.token_urlsafe(24)

    def keep(self, rehearsal: Rehearsal) -> None:
        """Keep a trial for another hour."""
        draft = None if rehearsal.draft is None else asdict(rehearsal.draft)
        who = None if rehearsal.who is None else asdict(rehearsal.who)
        state = {
            "product": rehearsal.product.id,
            "files": dict(rehearsal.product.files),
            "now": rehearsal.now.isoformat(),
            "who": who,
            "draft": draft,
        }
        text = self._ring.seal(json.dumps(state, default=_plain), about=_PURPOSE)
        self._valkey.set(_name(rehearsal.token), text, ex=KEPT_S)

    def find(self, token: str) -> Rehearsal | None:
        """The trial at this address, unless its hour is over."""
        text: Any = self._valkey.get(_name(token))
        if text is None:
            return None
        try:
            state = json.loads(self._ring.open(text.decode(), about=_PURPOSE))
        except BrokenSealError:
            return None
        return Rehearsal(
            token=token,
            product=reopen_product(state["files"], product_id=state["product"]),
            now=datetime.fromisoformat(state["now"]),
            who=_filled(Identity, state["who"], {"mark": bytes.fromhex}),
            draft=_filled(Draft, state["draft"], _DRAFT),
        )

    def close(self) -> None:
        """Close the connections."""
        self._valkey.close()


_DRAFT: Final[Mapping[str, Callable[[str], Any]]] = {
    "id": UUID,
    "keep_until": date.fromisoformat,
    "owner": bytes.fromhex,
}


def _filled(
    cls: Callable[..., Any], state: Mapping[str, Any] | None, readers: Mapping[str, Callable[[str], Any]]
) -> Any:
    if state is None:
        return None
    return cls(**{name: readers[name](value) if name in readers and value else value for name, value in state.items()})


def _plain(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else value.isoformat() if isinstance(value, date) else str(value)


def _name(token: str) -> str:
    return f"forms:rehearsal:{token_hash(token).hex()}"
