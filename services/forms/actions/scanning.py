"""Judges the files that came while the malware scanner was away, and those that an administrator has judged anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from uuid import UUID

from services.forms.domain.files import Scan
from services.forms.ports.files import Files, Scanner, Vault
from shared.events import FileScanned
from shared.log import logger

Tell = Callable[[object], object]


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What judging takes: where the contents lie, and who judges."""

    vault: Vault
    scanner: Scanner


def judge_file(file_id: UUID, *, watch: Watch, files: Files, tell: Tell) -> None:
    """Have a waiting file judged; the case handler's side hears of it when the form was handed in meanwhile.

    Raises:
        ScannerAwayError: the scanner still does not answer; try again.
    """
    file = files.find(file_id)
    if file is None or file.scan is not Scan.WAITING:
        return
    with closing(watch.vault.get(file.place)) as content:
        scanned = watch.scanner.scan(content)
    if scanned.scan is Scan.INFECTED:
        logger.warning("file_infected", file_id=str(file_id))
    reference = files.judge(file_id, scanned=scanned)
    if reference:
        infected = scanned.scan is Scan.INFECTED
        tell(FileScanned(reference=reference, file_id=file_id, scan="infected" if infected else "clean"))
