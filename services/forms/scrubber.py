"""Has files made safe by a program of its own, with little memory, little time, and nothing of ours to read."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any, BinaryIO

from services.forms.ports.files import RefusedFileError, Scrubbed
from services.forms.scrub.refusals import REASONS
from shared.catalogue.definitions import FileType
from shared.log import logger

LONGEST_S = 60.0
"""A large picture costs 2 seconds of an idle processor; the program itself stops after 20."""

AT_ONCE = 2
_HOUSE = Path(__file__).resolve().parents[2]
_LAST_WORDS = 60


class ProcessScrubber:
    """Starts the program for each file (the port `Scrubber`); `folder` is where files lie meanwhile, nameless."""

    def __init__(self, folder: Path) -> None:
        """Work in this folder, which is made when the first file comes."""
        self._folder = folder
        self._room = BoundedSemaphore(AT_ONCE)

    def scrub(self, source: BinaryIO, *, types: tuple[FileType, ...]) -> Scrubbed:
        """Give the file made safe, to be closed afterwards.

        Raises:
            RefusedFileError: with the reason: one of `scrub.refusals`, or failed, which is our own fault.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 closed by whoever gets it
        try:
            with self._room:
                kind = _run(source, target, types=types)
        except BaseException:
            target.close()
            raise
        target.seek(0)
        return Scrubbed(content=target, kind=kind)


def _run(source: BinaryIO, target: IO[bytes], *, types: tuple[FileType, ...]) -> FileType:
    source.seek(0)
    os.lseek(source.fileno(), 0, os.SEEK_SET)  # where the program begins to read, whatever is buffered here
    command = [sys.executable, "-m", "services.forms.scrub", *types]
    streams: dict[str, Any] = {"stdin": source, "stdout": target, "stderr": subprocess.PIPE}
    try:
        ended = subprocess.run(command, **streams, timeout=LONGEST_S, cwd=_HOUSE, env={}, check=False)  # noqa: S603 our own
    except subprocess.TimeoutExpired:
        raise RefusedFileError("harmful") from None
    if ended.returncode in REASONS:
        raise RefusedFileError(REASONS[ended.returncode])
    told = ended.stderr.decode("utf-8", "replace")
    if ended.returncode == 0 and told in types:
        return FileType(told)
    error = told.rstrip().rpartition("\n")[2].partition(":")[0][:_LAST_WORDS]
    logger.error("file_not_scrubbed", code=ended.returncode, error=error)
    killed = ended.returncode < 0  # by the limits on its time and memory, or by a fault in a library
    raise RefusedFileError("harmful" if killed else "failed")
