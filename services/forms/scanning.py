"""The malware scanner of residents' files: a clamd, or one that says of every file that nobody looked."""

from __future__ import annotations

from typing import BinaryIO

from services.forms.domain.files import Scan
from services.forms.ports.files import Scanned, Scanner
from shared.clamd import Clamd


def scanner_at(url: str) -> Scanner:
    """The scanner at this address; without one, files are noted as not scanned."""
    return ClamdScanner(url) if url else NoScanner()


class ClamdScanner(Clamd):
    """What clamd finds, as files of forms keep it (the port `Scanner`)."""

    def scan(self, content: BinaryIO) -> Scanned:
        """Judge a file from where it stands. Raises ScannerAwayError."""
        finding = self.find(content)
        return Scanned(scan=Scan.CLEAN if finding is None else Scan.INFECTED, finding=finding or "")


class NoScanner:
    """Stands in where no scanner is set (the port `Scanner`)."""

    def scan(self, content: BinaryIO) -> Scanned:  # noqa: ARG002 the parameter of the port
        """Say that nobody looked."""
        return Scanned(scan=Scan.UNSCANNED)

    def answers(self) -> bool:
        """It always has this one answer."""
        return True
