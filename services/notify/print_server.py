"""The print room as a folder of an SFTP server, of which we know the key; asyncssh is loaded only where it is set."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from services.notify.tray import Folder, Lying, PrintRoom
from shared.settings import BadSettingError

if TYPE_CHECKING:
    from asyncssh import SFTPClient, SSHClientConnection

T = TypeVar("T")

CONNECT_S: Final = 10
"""Until the server must have let us in."""
WHOLE_S: Final = 60
"""Until it must have done what was asked."""
_PORT: Final = 22


def print_room_at(place: str | None, *, key: str | None, host_key: str | None) -> PrintRoom:
    """Open the print room in a folder, or at `sftp://user@host:port/folder`; None: there is none.

    `key` is our private key, and `host_key` the public one by which the server is known; both as OpenSSH writes them.

    Raises:
        BadSettingError: without the keys, or with keys that cannot be read.
    """
    if place is None:
        return PrintRoom(None)
    if not place.startswith("sftp:"):
        return PrintRoom(Folder(Path(place)))
    return PrintRoom(PrintServer(place, key=key, host_key=host_key))


class PrintServer:
    """A folder of an SFTP server (the port `Place`)."""

    def __init__(self, url: str, *, key: str | None, host_key: str | None) -> None:
        """Visit this address with our key. Raises BadSettingError."""
        import asyncssh  # noqa: PLC0415 half a second and 27 MB: only where letters go to a server

        if not key or not host_key:
            raise BadSettingError("PRINT_KEY and PRINT_HOST_KEY are needed to send letters to an SFTP server")
        parts = urlsplit(url)
        self._folder = parts.path.rstrip("/") or "."
        self._failed = asyncssh.Error
        try:
            ours, theirs = asyncssh.import_private_key(key), asyncssh.import_public_key(host_key)
        except asyncssh.KeyImportError as error:
            raise BadSettingError("PRINT_KEY or PRINT_HOST_KEY is not a key as OpenSSH writes it") from error
        self._connect: Callable[[], Any] = lambda: asyncssh.connect(
            parts.hostname or "",
            parts.port or _PORT,
            username=unquote(parts.username or ""),
            client_keys=[ours],
            known_hosts=([theirs], [], []),
            agent_path=None,
            config=None,
            connect_timeout=CONNECT_S,
            login_timeout=CONNECT_S,
        )

    @contextmanager
    def visit(self) -> Iterator[Lying]:
        """Be let in until the end of the block, so that no connection grows stale. Raises OSError."""
        try:
            with asyncio.Runner() as runner:
                until_done = AsyncExitStack()
                try:
                    there = runner.run(self._come(until_done))
                    yield _Visit(runner, there=there, folder=self._folder, failed=self._failed)
                finally:
                    runner.run(until_done.aclose())
        except self._failed as error:
            raise ConnectionError(type(error).__name__) from error

    async def _come(self, until_done: AsyncExitStack) -> SFTPClient:
        line: SSHClientConnection = await until_done.enter_async_context(self._connect())
        return await until_done.enter_async_context(line.start_sftp_client())


class _Visit:
    """What lies on the server, while we are let in (the port `Lying`)."""

    def __init__(self, runner: asyncio.Runner, *, there: SFTPClient, folder: str, failed: type[Exception]) -> None:
        self._runner, self._there, self._folder, self._failed = runner, there, folder, failed

    def read(self, name: str) -> bytes | None:
        """Give what lies there by this name."""
        return self._do(self._read(f"{self._folder}/{name}"))

    def write(self, name: str, content: bytes, /) -> None:
        """Write it under another name first."""
        self._do(self._write(name, content))

    def add(self, name: str, line: bytes, /, *, head: bytes) -> None:
        """Add a line in one piece; who finds no table lays one with its head, unless another was first."""
        self._do(self._add(name, line, head=head))

    def _do(self, what: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(asyncio.wait_for(what, WHOLE_S))

    async def _read(self, path: str) -> bytes | None:
        if not await self._there.exists(path):
            return None
        async with self._there.open(path, "rb") as opened:
            return cast(bytes, await opened.read())

    async def _write(self, name: str, content: bytes) -> None:
        fresh = await self._lay(name, content)
        await self._there.posix_rename(fresh, f"{self._folder}/{name}")

    async def _add(self, name: str, line: bytes, *, head: bytes) -> None:
        table = f"{self._folder}/{name}"
        if not await self._there.exists(table):
            await self._begin(table, fresh=await self._lay(f"{name}.{uuid4().hex}", head))
        async with self._there.open(table, "ab") as opened:
            await opened.write(line)

    async def _begin(self, table: str, *, fresh: str) -> None:
        """Give the table its name; SFTP refuses that when another was first."""
        try:
            await self._there.rename(fresh, table)
        except self._failed:
            await self._there.remove(fresh)
            if not await self._there.exists(table):
                raise

    async def _lay(self, name: str, content: bytes) -> str:
        fresh = f"{self._folder}/.{name}.new"
        async with self._there.open(fresh, "wb") as opened:
            await opened.write(content)
        return fresh
