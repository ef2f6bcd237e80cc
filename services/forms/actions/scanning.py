"""Judges the files that came while the malware scanner was away, and those that an administrator has judged anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from services.forms.domain.files import Scan
from services.forms.ports.files import Files, Scanned, Scanner, Vault
from shared.events import FileScanned
from shared.log import logger

Tell = Callable[[object], object]
Verdict = Literal["clean", "infected", "unjudged"]

PATIENCE = timedelta(days=3)
"""So long a file waits for a scanner that does not answer at all."""


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
    verdict: Verdict = "infected" if scanned.scan is Scan.INFECTED else "clean"
    _keep(file_id, scanned=scanned, verdict=verdict, files=files, tell=tell)


def give_up(file_id: UUID, *, watch: Watch, files: Files, tell: Tell, now: datetime) -> None:
    """Say of a file that was tried often enough that nobody can judge it: it stays shut, and people are told.

    While the scanner does not answer at all, the file waits for the next day instead, for three days.
    """
    file = files.find(file_id)
    if file is None or file.scan is not Scan.WAITING:
        return
    if now - file.at < PATIENCE and not watch.scanner.answers():
        return
    logger.warning("file_unjudged", file_id=str(file_id))
    _keep(file_id, scanned=Scanned(scan=Scan.UNJUDGED), verdict="unjudged", files=files, tell=tell)


def _keep(file_id: UUID, *, scanned: Scanned, verdict: Verdict, files: Files, tell: Tell) -> None:
    if reference := files.judge(file_id, scanned=scanned):
        tell(FileScanned(reference=reference, file_id=file_id, scan=verdict))
