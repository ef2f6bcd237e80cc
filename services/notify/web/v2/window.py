"""What a client gets done here, each in one transaction and only with what is its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from flask import request

from services.notify import client_actions as actions
from services.notify.client_actions import Asked, Once
from services.notify.client_inbox import open_intake
from services.notify.client_store import ClientStore
from services.notify.domain.notifications import Channel, Notification, Template
from services.notify.ports import UnknownTemplateError, Vault
from services.notify.web.v2.errors import not_found, wrong
from services.notify.web.v2.keys import caller, chosen_sender
from services.notify.web.v2.sharing import SharedUpload, Sharing
from shared.clock import utc_now
from shared.database import Pool

LONGEST_KEY: Final = 255


class Window:
    """The window at which the client of this request stands."""

    def __init__(self, pool: Pool, *, vault: Vault, base: str) -> None:
        """Work over these connections and with this vault; links lead to this address."""
        self.sharing = Sharing(vault, base=base)
        self._pool = pool
        self._vault = vault

    def accept(self, asked: Asked, *, template_id: UUID, files: Iterable[SharedUpload] = ()) -> Notification:
        """Take in what the client wants to be sent, and only then keep the files that go with it.

        Raises:
            UnknownTemplateError, ApiError (400), and what `client_actions.make` and `accept` raise.
        """
        who, now = caller(), utc_now()
        with self._pool.connection() as connection:
            store = ClientStore(connection)
            made = actions.make(
                asked,
                client=who.client,
                key_type=who.key_type,
                template=store.template(template_id, client_id=who.client.id),
                find_sender=partial(chosen_sender, asked.sender_id, channel=asked.channel, store=store),
                now=now,
            )
            sent = actions.accept(made, once=_once(), intake=open_intake(connection, now=now))
            if sent is made:
                self.sharing.keep(files, sent=sent, connection=connection)
            return sent

    def accept_pdf(self, content: bytes, *, reference: str, postage: str) -> Notification:
        """Take in a letter that is a PDF already, and only then keep it. Raises what `client_actions` raises."""
        who, now = caller(), utc_now()
        made = actions.make_from_pdf(
            reference,
            client=who.client,
            key_type=who.key_type,
            postage=postage,
            sha256=hashlib.sha256(content).hexdigest(),  # the name that the vault gives it
            now=now,
        )
        with self._pool.connection() as connection:
            sent = actions.accept(made, once=_once(), intake=open_intake(connection, now=now))
            if sent is made:
                self._vault.put(content)
            return sent

    def template(self, template_id: UUID, *, version: int | None = None) -> Template:
        """Give a version of a template, None: the newest. Raises ApiError (404)."""
        try:
            with self._pool.reading() as connection:
                return ClientStore(connection).template(template_id, client_id=caller().client.id, version=version)
        except UnknownTemplateError:
            raise not_found() from None

    def templates(self, channel: Channel | None) -> Sequence[Template]:
        """Give the newest version of each template."""
        with self._pool.reading() as connection:
            return ClientStore(connection).templates(client_id=caller().client.id, channel=channel)

    def versions(self, template_id: UUID, *, client_id: UUID) -> Sequence[Template]:
        """Give all versions of a template of the client that asks. Raises ApiError (404)."""
        with self._pool.reading() as connection:
            found = ClientStore(connection).versions(template_id, client_id=caller().client.id)
        if client_id != caller().client.id or not found:
            raise not_found()
        return found


def _once() -> Once:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (1 <= len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise wrong(f"Idempotency-Key must be 1 to {LONGEST_KEY} printable characters")
    return Once(key=key, request_hash=actions.request_hash(request.get_data(cache=True)))
