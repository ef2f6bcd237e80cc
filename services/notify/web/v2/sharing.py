"""Gives the links that go in the place of files, and keeps the files once what they go with was taken in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.notify.domain.notifications import Notification
from services.notify.domain.uploads import Upload
from services.notify.file_store import SharedFiles
from services.notify.ports import Vault
from shared.crypto import new_token
from shared.database import Connection


@dataclass(frozen=True, kw_only=True)
class SharedUpload:
    """A file and the link that goes in its place, behind which nothing lies yet."""

    upload: Upload
    token: str
    link: str


class Sharing:
    """Where files lie until their links expire."""

    def __init__(self, vault: Vault, *, base: str) -> None:
        """Keep content in this vault; links lead to this address."""
        self._vault, self._base = vault, base

    def link(self, uploads: Mapping[str, Upload]) -> dict[str, SharedUpload]:
        """Give each file a link, by the same names."""
        tokens = {name: new_token() for name in uploads}
        return {
            name: SharedUpload(upload=upload, token=tokens[name], link=f"{self._base}/bestanden/{tokens[name]}")
            for name, upload in uploads.items()
        }

    def keep(self, files: Iterable[SharedUpload], *, sent: Notification, connection: Connection) -> None:
        """Keep the files that go with a notification, for whom it goes to, in its transaction."""
        store = SharedFiles(connection)
        for file in files:
            sha256 = self._vault.put(file.upload.content)
            store.add(file.upload, token=file.token, sent=sent, sha256=sha256)
