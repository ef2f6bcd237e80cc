"""A client of HTTP that costs next to nothing, so that the machine's cores are left to what is measured."""

from __future__ import annotations

import socket
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit

MOST = 1 << 16
END = b"\r\n\r\n"


class Answer(NamedTuple):
    """What came back; `place` is the path of Location, `cookie` the first Set-Cookie, both empty when absent."""

    status: int
    place: str
    cookie: str
    body: bytes


class Wire:
    """One connection, kept open as a browser keeps it; reconnects when the server closed it between two requests."""

    def __init__(self, address: str, *, token: str = "") -> None:
        """Speak with this address, e.g. http://127.0.0.1:8010, as whoever has this token."""
        self._shown = f"Authorization: Bearer {token}\r\n" if token else ""
        self._host, _, port = urlsplit(address).netloc.partition(":")
        self._port = int(port)
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._hang_up()

    def get(self, path: str, *, cookie: str = "") -> Answer:
        """Ask for a page."""
        return self._ask(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n{self._shown}{_cookie(cookie)}\r\n".encode())

    def post(self, path: str, *, body: bytes, cookie: str = "") -> Answer:
        """Send a form as a page of the same site does."""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nSec-Fetch-Site: same-origin\r\n"
            f"{self._shown}{_cookie(cookie)}Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return self._ask(head.encode() + body)

    def _ask(self, request: bytes) -> Answer:
        if self._socket:
            try:
                self._socket.sendall(request)
                return self._read(self._socket)
            except ConnectionError:
                self._hang_up()
        self._socket = socket.create_connection((self._host, self._port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        return self._read(self._socket)

    def _read(self, server: socket.socket) -> Answer:
        got = b""
        while END not in got:
            part = server.recv(MOST)
            if not part:
                raise ConnectionResetError
            got += part
        head, _, body = got.partition(END)
        lines = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): text.strip() for name, _, text in (line.partition(":") for line in lines[1:])}
        while len(body) < int(fields.get("content-length", 0)):
            body += server.recv(MOST)
        if fields.get("connection") == "close":
            self._hang_up()
        cookie = fields.get("set-cookie", "").partition(";")[0]
        return Answer(int(lines[0].split()[1]), fields.get("location", ""), cookie, body)

    def _hang_up(self) -> None:
        if self._socket:
            self._socket.close()
        self._socket = None


def _cookie(cookie: str) -> str:
    return f"Cookie: {cookie}\r\n" if cookie else ""
