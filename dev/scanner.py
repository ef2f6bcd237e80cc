"""A malware scanner that speaks clamd's protocol and knows one thing: the EICAR test file, wherever it stands."""

from __future__ import annotations

import socketserver
import struct
import sys
from dataclasses import dataclass

from dev.pages import ProductionError
from shared.settings import read

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""In two halves: as one text it would make scanners set this file aside."""

LARGEST = 100_000_000
"""Bytes; as clamd's own StreamMaxLength."""


@dataclass(frozen=True, kw_only=True)
class ScannerSettings:
    """Where the scanner listens."""

    bind: str
    environment: str = "development"


class Conversation(socketserver.StreamRequestHandler):
    """One command and its answer."""

    def handle(self) -> None:
        """Answer zPING or zINSTREAM, as clamd does."""
        command = self._command()
        if command == b"zPING":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM":
            self.wfile.write(self._judge() + b"\0")
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def _command(self) -> bytes:
        read = b""
        while not read.endswith(b"\0") and len(read) < 64 and (one := self.rfile.read(1)):
            read += one
        return read.rstrip(b"\0")

    def _judge(self) -> bytes:
        content = bytearray()
        while size := struct.unpack(">I", self.rfile.read(4).ljust(4, b"\0"))[0]:
            content += self.rfile.read(size)
            if len(content) > LARGEST:
                return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"


class Scanner(socketserver.ThreadingTCPServer):
    """Listens for conversations."""

    allow_reuse_address = True
    daemon_threads = True


def main() -> None:
    """Scan until ended."""
    settings = read(ScannerSettings)
    if settings.environment == "production":
        sys.exit(f"scanner {ProductionError.__doc__}")
    host, _, port = settings.bind.partition(":")
    with Scanner((host, int(port)), Conversation) as scanner:
        scanner.serve_forever()


if __name__ == "__main__":
    main()
