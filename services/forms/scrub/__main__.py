"""Make one file safe: `python -m services.forms.scrub TYPE…`, from standard input to standard output.

What it turned out to be stands on standard error; a refused file ends the program with the code of the reason.
"""

from __future__ import annotations

import contextlib
import resource
import sys
from typing import BinaryIO

from services.forms.scrub.images import redraw
from services.forms.scrub.office import check
from services.forms.scrub.pdfs import disarm
from services.forms.scrub.recognise import recognise
from services.forms.scrub.refusals import HarmfulError, Refusal, UnwantedError

MEMORY = 1_000_000_000
"""Bytes; the largest picture needs 400 million."""

SECONDS = 20
LARGEST = 200_000_000


def main(types: list[str]) -> None:
    """Make the file safe, if it is of one of these types."""
    _confine()
    try:
        sys.stderr.write(_scrub(sys.stdin.buffer, sys.stdout.buffer, types=types))
    except Refusal as refusal:
        sys.exit(refusal.code)
    except (MemoryError, RecursionError):
        sys.exit(HarmfulError.code)


def _scrub(source: BinaryIO, target: BinaryIO, *, types: list[str]) -> str:
    kind = recognise(source)
    if kind is None or kind not in types:
        raise UnwantedError
    source.seek(0)
    match kind:
        case "jpg" | "png":
            redraw(source, target, kind=kind)
        case "pdf":
            disarm(source, target)
        case _:
            check(source, target)
    target.flush()
    return kind


def _confine() -> None:
    """A file that unfolds without end takes this process down, and nothing else."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: LARGEST,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # macOS does not limit memory
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(sys.argv[1:])
