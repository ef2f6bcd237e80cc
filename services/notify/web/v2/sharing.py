"""Keeps the files that a client sends, and gives the links that go in their place."""

from __future__ import annotations

from collections.abc import Mapping

from services.notify.domain.uploads import Upload
from services.notify.file_store import SharedFiles
from services.notify.ports import Vault
from services.notify.web.v2.keys import caller
from shared.clock import utc_now
from shared.database import Pool


class Sharing:
    """Where files lie until their links expire."""

    def __init__(self, pool: Pool, *, vault: Vault, base: str) -> None:
        """Keep content in this vault; links lead to this address."""
        self._pool, self._vault, self._base = pool, vault, base

    def share(self, uploads: Mapping[str, Upload], *, recipient: str) -> dict[str, str]:
        """Keep files for whom they are mailed to; give their links by the same names."""
        links: dict[str, str] = {}
        for name, upload in uploads.items():
            sha256 = self._vault.put(upload.content)
            with self._pool.connection() as connection:
                token = SharedFiles(connection).add(
                    upload, client_id=caller().client.id, recipient=recipient, sha256=sha256, now=utc_now()
                )
            links[name] = f"{self._base}/bestanden/{token}"
        return links
