"""Asks ClamAV whether a file carries malware, by the INSTREAM command of clamd."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import urlsplit

CONNECT_S = 2.0
ANSWER_S = 20.0
_PIECE = 65_536
_LONGEST_ANSWER = 4096
_FOUND = re.compile(r"stream: (.+) FOUND")


class ScannerAwayError(Exception):
    """The malware scanner does not answer; what it should judge waits."""


class Clamd:
    """A clamd at `tcp://host:port` or `unix:///path`."""

    def __init__(self, url: str) -> None:
        """Ask the clamd at this address; nothing is opened yet."""
        self._url = urlsplit(url)

    def find(self, content: BinaryIO) -> str | None:
        """Let clamd read the file from where it stands; give the name of the malware in it, None: it is clean.

        Raises:
            ScannerAwayError: it does not answer, or cannot judge this file.
        """
        try:
            answer = self._ask(b"zINSTREAM\0", body=_framed(content))
        except OSError as error:
            raise ScannerAwayError(type(error).__name__) from None
        if found := _FOUND.fullmatch(answer):
            return found[1][:200]
        if answer != "stream: OK":
            raise ScannerAwayError("it cannot judge this file")
        return None

    def answers(self) -> bool:
        """Tell whether it is there."""
        try:
            return self._ask(b"zPING\0", body=()) == "PONG"
        except OSError:
            return False

    def _ask(self, command: bytes, *, body: Iterator[bytes] | tuple[()]) -> str:
        with contextlib.closing(self._connect()) as line:
            line.settimeout(ANSWER_S)
            line.sendall(command)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it has read enough, and says why
                for piece in body:
                    line.sendall(piece)
            return _read_answer(line)

    def _connect(self) -> socket.socket:
        if self._url.scheme == "unix":
            with contextlib.ExitStack() as until_connected:
                line = until_connected.enter_context(socket.socket(socket.AF_UNIX))
                line.settimeout(CONNECT_S)
                line.connect(self._url.path)
                until_connected.pop_all()
                return line
        return socket.create_connection((self._url.hostname or "", self._url.port or 3310), timeout=CONNECT_S)


def _framed(content: BinaryIO) -> Iterator[bytes]:
    while piece := content.read(_PIECE):
        yield struct.pack(">I", len(piece)) + piece
    yield struct.pack(">I", 0)


def _read_answer(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
