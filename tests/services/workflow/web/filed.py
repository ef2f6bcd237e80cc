"""Files that came with an application, in the vault that the form service fills."""

from __future__ import annotations

import io
from uuid import UUID

from shared.events import FileScan, SentFile
from shared.vault import Vault, new_name


def sent(
    vault: Vault, number: UUID, *, name: str, kind: str, scan: FileScan = "clean", question: str = "purpose"
) -> SentFile:
    """Put a file into the vault, and say of it what an application says."""
    content, place = f"content of {name}".encode(), new_name()
    vault.put(io.BytesIO(content), name=place)
    return SentFile(
        id=number,
        question=question,
        name=name,
        type=kind,
        bytes=len(content),
        sha256="0" * 64,
        place=place,
        scan=scan,
    )
