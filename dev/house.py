"""A whole town hall on one machine: started in order, kept running, stopped in order, nothing left behind."""

from __future__ import annotations

import contextlib
import shutil
import signal
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from dev.lock import take_lock
from dev.nursery import Nursery
from dev.part import PATIENCE, Part, end, kill_session, send, session_members
from dev.plan import DOORS, MIGRATIONS, PARTS, Blueprint, Place, Ports
from dev.stores import OWNER, Stores, await_ready, last_words, temporary_folder
from dev.warden import Warden

LEAST_FREE = 500_000_000
"""Bytes; below it PostgreSQL and the letters would soon stop in the middle of something."""

HEALTHY_AFTER = 60.0
"""Seconds a part must run before its earlier falls are forgotten."""

USERS, VALKEY, POSTGRES = 2, 1, 0
"""Ranks: what stops first has the highest."""

OPEN_DELIVERIES = """
    select count(*) from bus.delivery
    where done_at is null and dead_at is null and due_at < now() + interval '1 minute'
"""


class HouseError(Exception):
    """The house cannot be started; the message says what to do about it."""


@dataclass(kw_only=True)
class Tended:
    """A part with what the keeper remembers of it."""

    part: Part
    rank: int
    falls: int = 0
    started: float = 0.0
    again: float | None = None
    """The moment it is to be started again; none while it runs."""


class House:
    """All parts of Balie below one folder; a context manager, also used by tests, the storm and the bench.

    Args:
        var: everything the house keeps: data, secrets, logs; a folder that is thrown away afterwards when not given.
        ports: free ones, held until it stops, when not given.
        parts: what to run besides the stores.
        without: names of parts to leave out, e.g. `{"forms-work"}`.
        settings: settings above the usual ones, for every part.
        say: told one line about each fall, restart and wait.
    """

    def __init__(
        self,
        *,
        var: Path | None = None,
        ports: Ports | None = None,
        parts: Sequence[Blueprint] = PARTS,
        without: Collection[str] = (),
        settings: Mapping[str, str] | None = None,
        say: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self._afterwards = contextlib.ExitStack()
        self.var = var.resolve() if var else self._afterwards.enter_context(temporary_folder())
        self.ports = ports or self._afterwards.enter_context(Ports.held())
        self._blueprints = [blueprint for blueprint in parts if blueprint.name not in without]
        self._migrations = MIGRATIONS if parts is PARTS else ()
        self._settings = settings or {}
        self._say = say
        self._tended: dict[str, Tended] = {}
        self.nursery = Nursery()
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.stop()

    def url(self, part: str) -> str:
        """The public address of forms, workflow, notify, mailbox or signin."""
        return self.ports.address(part)

    @property
    def mailbox_url(self) -> str:
        return self.url("mailbox")

    def dsn(self, role: str = OWNER) -> str:
        """The database as one of the roles sees it."""
        return self._stores.dsn(role)

    @property
    def valkey_url(self) -> str:
        return self._stores.valkey_url

    @property
    def names(self) -> list[str]:
        """Every part that is kept running, the stores first."""
        return list(self._tended)

    def pids(self, part: str) -> list[int]:
        """Every living process of a part: itself and what it started."""
        return session_members(self._tended[part].part.pid)

    def kill(self, part: str, *, children: bool = False, wipe: bool = False) -> None:
        """`kill -9` a part, or only what it started (`children`); `wipe` also empties Valkey's folder."""
        victim = self._tended[part].part
        if children:
            for pid in self.pids(part):
                if pid != victim.pid:
                    send(signal.SIGKILL, pid=pid)
            return
        send(signal.SIGKILL, pid=victim.pid)
        victim.reap()
        if wipe:
            self._stores.wipe_valkey()

    def wait_quiet(self, *, seconds: float = 60.0) -> None:
        """Wait until every fact that was told has been heard.

        Raises:
            TimeoutError: deliveries are still open after `seconds`.
        """
        deadline = time.monotonic() + seconds
        while still_open := self._open_deliveries():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{still_open} deliveries are still open after {seconds:.0f} s")
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop everything in order: users first, stores last; what does not end within 20 s is killed."""
        self._stopping.set()
        if self._keeper.is_alive():
            self._keeper.join()
        for rank in (USERS, VALKEY, POSTGRES):
            parts = [tended.part for tended in self._tended.values() if tended.rank == rank and tended.part.pid]
            end([part.ending for part in parts], patience=PATIENCE)
            for part in parts:
                part.reap()
                self._warden.strike(part.ending)
        self._tended.clear()
        self._afterwards.close()

    def _start(self) -> None:
        lock = self._afterwards.enter_context(take_lock(self.var, say=self._say))
        self._check_room()
        self.nursery.open()
        self._warden = Warden(holding=lock.fileno())
        self._afterwards.callback(self._warden.dismiss)
        self._afterwards.callback(self.nursery.close)
        self._stores = Stores(self.var)
        for part, rank in zip(self._stores.parts(), (POSTGRES, VALKEY), strict=True):
            self._tend(part, rank=rank)
            await_ready(part)
        self._stores.admit_roles()
        place = Place(self._stores, self.ports, self.var, self._settings, self.nursery.fork)
        for step in self._migrations:
            self._migrate([place.build(blueprint) for blueprint in step])
        doors = [blueprint for blueprint in self._blueprints if blueprint.name in DOORS]
        for group in (doors, [blueprint for blueprint in self._blueprints if blueprint not in doors]):
            for blueprint in group:  # the doors first and undisturbed: people wait for those
                self._tend(place.build(blueprint), rank=USERS)
            for blueprint in group:
                await_ready(self._tended[blueprint.name].part)
        self._keeper.start()

    def _check_room(self) -> None:
        free = shutil.disk_usage(self.var).free
        if free < LEAST_FREE:
            raise HouseError(
                f"Only {free // 1_000_000} MB is free on the disk of {self.var}: free up at least "
                f"{LEAST_FREE // 1_000_000} MB first."
            )
        if taken := self.ports.taken([blueprint.name for blueprint in self._blueprints]):
            numbers = " and ".join(map(str, taken))
            are = "ports are" if taken[1:] else "port is"
            raise HouseError(f"This {are} in use: {numbers}. Stop what uses it, or run `PORTS=9000 make up`.")

    def _migrate(self, parts: list[Part]) -> None:
        for part in parts:
            self._warden.note(part.start(), rank=USERS)
        for part in parts:
            part.reap()
            self._warden.strike(part.ending)
            if part.process and part.process.returncode:
                raise HouseError(f"{part.name} failed: {last_words(part.log)} (see {part.log})")

    def _tend(self, part: Part, *, rank: int) -> None:
        tended = self._tended[part.name] = Tended(part=part, rank=rank)
        self._launch(tended)

    def _launch(self, tended: Tended) -> None:
        tended.started, tended.again = time.monotonic(), None
        self._warden.note(tended.part.start(), rank=tended.rank)

    def _keep(self) -> None:
        while not self._stopping.wait(0.1):
            self._warden.renew()
            for tended in self._tended.values():
                if not tended.part.running:
                    self._mend(tended)

    def _mend(self, tended: Tended) -> None:
        """Clear away what is left of a part that fell, and start it again after 0.2 s, doubled each time up to 30 s."""
        now = time.monotonic()
        if tended.again is not None:
            if now >= tended.again:
                self._launch(tended)
            return
        part = tended.part
        kill_session(part.pid)
        self._warden.strike(part.ending)
        tended.falls = 0 if now - tended.started > HEALTHY_AFTER else tended.falls
        pause = min(30.0, 0.2 * 2**tended.falls)
        tended.falls += 1
        tended.again = now + pause
        self._say(f"{part.name} {part.cause_of_end()}; starts again in {pause:.1f} s")

    def _open_deliveries(self) -> int:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.dsn()) as connection:
            row = connection.execute(OPEN_DELIVERIES).fetchone()
            return int(row[0]) if row else 0
        return -1  # the database is away for a moment: not quiet
