"""What a client gets done here with tables, each in one transaction and only with what is its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from services.notify import bulk_actions
from services.notify.bulk_actions import Whose
from services.notify.bulk_keeping import Kept, Upload, keep_table
from services.notify.bulk_store import BulkStore
from services.notify.client_inbox import open_intake
from services.notify.client_store import ClientStore
from services.notify.domain.bulk import Bulk
from services.notify.web.v2.errors import not_found, wrong
from services.notify.web.v2.keys import caller, chosen_sender
from shared.clock import utc_now
from shared.database import Connection, Pool

MOST_FAULTS: Final = 100


class BulkWindow:
    """The window at which the client of this request stands with a table."""

    def __init__(self, pool: Pool) -> None:
        """Work over these connections."""
        self._pool = pool

    def check(self, content: bytes, *, body: Mapping[str, Any]) -> tuple[Bulk, Kept]:
        """Check a table and keep it; give it, with what it holds and what its first rows will say.

        Raises:
            UnknownTemplateError, ApiError (400): with each of its faults, a hundred at most.
        """
        with self._pool.reading() as connection:
            whose = _whose(body, store=ClientStore(connection))
        upload = Upload(content=content, name=body["name"], whose=whose)
        kept = keep_table(upload, pool=self._pool, now=utc_now())
        if kept.bulk is None:
            raise wrong(*map(str, kept.checked.faults[:MOST_FAULTS]))
        return kept.bulk, kept

    def start(self, bulk_id: UUID, *, spend: Callable[[int], None]) -> tuple[Bulk, dict[str, int]]:
        """Let a bulk be sent; asked again it goes on as it goes.

        `spend` counts its rows, once; when it raises, the bulk is not sent. Raises ApiError (404), and what it raises.
        """
        now = utc_now()
        with self._pool.connection() as connection:
            bulk, bulks = self._find(bulk_id, connection=connection), BulkStore(connection)
            if bulk_actions.start(bulk, bulks=bulks, intake=open_intake(connection, now=now), now=now):
                spend(bulk.rows)
        return self.look(bulk_id)

    def look(self, bulk_id: UUID) -> tuple[Bulk, dict[str, int]]:
        """Give a bulk with its rows by status. Raises ApiError (404)."""
        with self._pool.reading() as connection:
            return self._find(bulk_id, connection=connection), dict(BulkStore(connection).progress(bulk_id))

    def report(self, bulk_id: UUID) -> list[dict[str, Any]]:
        """Give each row with what became of it. Raises ApiError (404)."""
        with self._pool.reading() as connection:
            self._find(bulk_id, connection=connection)
            return list(BulkStore(connection).report(bulk_id))

    def _find(self, bulk_id: UUID, *, connection: Connection) -> Bulk:
        who = caller()
        found = BulkStore(connection).find(bulk_id, client_id=who.client.id, key_type=who.key_type)
        if found is None:
            raise not_found()
        return found


def _whose(body: Mapping[str, Any], *, store: ClientStore) -> Whose:
    who = caller()
    template = store.template(body["template_id"], client_id=who.client.id)
    sender = chosen_sender(body.get("sender_id"), channel=template.channel, store=store)
    return Whose(client=who.client, key_type=who.key_type, template=template, sender=sender)
