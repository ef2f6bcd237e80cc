"""The log files of all parts as one stream: a line an event, the part's name in front."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

OWN_TIME = re.compile(
    r"^\[?\d{4}-\d\d-\d\d[T ][\d:.,]+ ?(?:Z|UTC|[+-]\d{4})?\]? *"  # PostgreSQL, gunicorn
    r"|^\d+:[A-Z] \d\d \w{3} \d{4} [\d:.]+ [.*#-] "  # Valkey
)
"""The moment that a server puts before its own line; the journal has one already."""

SILENT = frozenset({"event", "timestamp", "level", "logger", "part"})
COLOURS = {"warning": "33", "error": "31", "critical": "31"}


class Journal:
    """Follows the log files in a folder from this moment on."""

    def __init__(self, folder: Path, *, coloured: bool) -> None:
        self._folder = folder
        self._coloured = coloured
        self._read = {path: path.stat().st_size for path in folder.glob("*.log")}

    def news(self) -> Iterator[str]:
        """The lines written since the last time it was asked, ready to print."""
        for path in sorted(self._folder.glob("*.log")):
            for line in self._new_lines(path):
                yield self._readable(line, part=path.stem)

    def tell(self, words: str) -> str:
        """A line of the runner itself, in the same form."""
        return self._readable(words, part="balie")

    def _new_lines(self, path: Path) -> list[str]:
        start = self._read.get(path, 0)
        with path.open("rb") as log:
            if path.stat().st_size < start:  # put aside and begun anew
                start = 0
            log.seek(start)
            whole, newline, _unfinished = log.read().rpartition(b"\n")
        self._read[path] = start + len(whole) + len(newline)
        return [line for line in whole.decode(errors="replace").splitlines() if line.strip()]

    def _readable(self, line: str, *, part: str) -> str:
        words, level = _in_words(line)
        text = f"{time.strftime('%H:%M:%S')} {part:<16} {words}"
        colour = COLOURS.get(level)
        return f"\033[{colour}m{text}\033[0m" if self._coloured and colour else text


def _in_words(line: str) -> tuple[str, str]:
    """A line of our own log as `event  key=value`, any other without its own time; and its level."""
    try:
        entry = json.loads(line)
    except ValueError:
        entry = None
    if not isinstance(entry, dict):
        return OWN_TIME.sub("", line), "error" if re.search(r"\b(ERROR|FATAL|PANIC)\b", line) else "info"
    level = str(entry.get("level", "info"))
    facts = " ".join(f"{key}={value}" for key, value in entry.items() if key not in SILENT)
    mark = "" if level in ("info", "debug") else f"{level}: "
    return f"{mark}{entry.get('event', '')}  {facts}".rstrip(), level
