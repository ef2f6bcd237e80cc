"""What runs in a house: the parts in the order they start, their ports and the settings each one reads."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import NamedTuple

from dev.part import HOME, Part, Start, accepts_on_ports, answers_health, tells_started
from dev.stores import OWNER, SERVICES, Stores, secret

LOCAL = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Ports:
    """The port of each part that listens."""

    forms: int
    workflow: int
    notify: int
    mailbox: int
    smtp: int
    signin: int
    registers: int
    scanner: int
    payments: int

    @classmethod
    def from_base(cls, base: int) -> Ports:
        """8000 gives 8010, 8020, 8030, 8040 (mail arrives on 8041), 8050 … 8080."""
        return cls(
            forms=base + 10,
            workflow=base + 20,
            notify=base + 30,
            mailbox=base + 40,
            smtp=base + 41,
            signin=base + 50,
            registers=base + 60,
            scanner=base + 70,
            payments=base + 80,
        )

    @classmethod
    @contextlib.contextmanager
    def held(cls) -> Iterator[Ports]:
        """Free ports that stay ours: who binds to them can listen, but no other program is given one by chance."""
        with contextlib.ExitStack() as holding:
            yield cls(**{each.name: holding.enter_context(_held_port()).getsockname()[1] for each in fields(cls)})

    def address(self, part: str) -> str:
        """The public address of a part."""
        return f"http://{LOCAL}:{getattr(self, part)}"

    def taken(self, parts: Collection[str]) -> list[int]:
        """Those of the ports of these parts on which another program listens."""
        listening = {*parts, "smtp"} if "mailbox" in parts else set(parts)
        numbers = [getattr(self, each.name) for each in fields(self) if each.name in listening]
        return [number for number in numbers if not _can_listen(number)]


class Blueprint(NamedTuple):
    """One part before it has a place: its name and the arguments that Python starts it with."""

    name: str
    arguments: tuple[str, ...]


DOORS = ("signin", "registers", "payments", "mailbox", "scanner", *SERVICES)
"""The parts that listen; the others say in their log that they started."""

PARTS = (
    Blueprint("signin", ("-m", "dev.signin")),
    Blueprint("registers", ("-m", "dev.registers")),
    Blueprint("payments", ("-m", "dev.payments")),
    Blueprint("mailbox", ("-m", "dev.mailbox")),
    Blueprint("scanner", ("-m", "dev.scanner")),
    *(Blueprint(name, ("-m", f"services.{name}", "serve")) for name in SERVICES),
    Blueprint("forms-work", ("-m", "services.forms", "work")),
    Blueprint("workflow-work", ("-m", "services.workflow", "work")),
    Blueprint("notify-work", ("-m", "services.notify", "work", "press", "callbacks", "bulk")),
    Blueprint("bus", ("-m", "shared.bus", "both")),
)

MIGRATIONS = (
    (Blueprint("bus-migrate", ("-m", "shared.bus", "migrate")),),
    tuple(Blueprint(f"{name}-migrate", ("-m", f"services.{name}", "migrate")) for name in SERVICES),
)
"""Steps that follow one another; within a step each migrates a schema of its own, so they run together."""


@dataclass(frozen=True)
class Place:
    """Where a house stands: its stores, ports and folder; builds the parts and their settings from that."""

    stores: Stores
    ports: Ports
    var: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    """Settings above the usual ones, for every part alike."""
    fork: Start | None = None

    def build(self, blueprint: Blueprint) -> Part:
        """The part, ready to start here."""
        return Part(
            name=blueprint.name,
            argv=[sys.executable, *blueprint.arguments],
            log=self.stores.log(blueprint.name),
            environment={
                **environment(blueprint.name, stores=self.stores, ports=self.ports, var=self.var),
                **self.settings,
            },
            ready=self._readiness(blueprint),
            fork=self.fork if blueprint.arguments[0] == "-m" else None,
        )

    def _readiness(self, blueprint: Blueprint) -> Callable[[], bool]:
        name = blueprint.name
        if name in SERVICES or name in ("signin", "registers", "payments"):
            return answers_health(self.ports.address(name))
        if name == "mailbox":
            return accepts_on_ports(self.ports.mailbox, self.ports.smtp)
        if name == "scanner":
            return accepts_on_ports(self.ports.scanner)
        return tells_started(self.stores.log(name)) if blueprint in PARTS else lambda: True


def environment(part: str, *, stores: Stores, ports: Ports, var: Path) -> dict[str, str]:
    """The settings a part reads; a worker (`forms-work`) reads those of its service, a migration too."""
    service = part.partition("-")[0]
    common = {
        "ENVIRONMENT": "development",
        "PYTHONUNBUFFERED": "1",
        **{f"{name.upper()}_URL": ports.address(name) for name in SERVICES},
    }
    if service == "mailbox":
        return {
            **common,
            "BIND": f"{LOCAL}:{ports.mailbox}",
            "SMTP_BIND": f"{LOCAL}:{ports.smtp}",
            "MAIL_FOLDER": str(var / "mail"),
            "SMS_RETURN_KEY": secret(var / "secrets" / "sms-return.key"),
        }
    if service == "registers":
        return {**common, "BIND": f"{LOCAL}:{ports.registers}"}
    if service == "payments":
        folder = {"PAYMENTS_URL": ports.address("payments"), "FOLDER": str(var / "payments")}
        return {**common, **folder, "BIND": f"{LOCAL}:{ports.payments}"}
    if service == "scanner":
        return {**common, "BIND": f"{LOCAL}:{ports.scanner}"}
    if service == "signin":
        return {**common, "BIND": f"{LOCAL}:{ports.signin}", "SECRETS": str(var / "secrets")}
    stored = {**common, "DATABASE_URL": stores.dsn(_role_of(part)), "VALKEY_URL": stores.valkey_url}
    if service in SERVICES:
        return {**stored, **_service_settings(service, ports=ports, var=var)}
    return {**stored, "CLOCK_DATABASE_URL": stores.dsn("clock")}


def client_secret(service: str, *, folder: Path) -> str:
    """What a service proves itself with to the sign-in provider."""
    return secret(folder / f"{service}.client-secret")


def _service_settings(service: str, *, ports: Ports, var: Path) -> dict[str, str]:
    secrets = var / "secrets"
    secret(secrets / f"{service}.secret-key")
    secret(secrets / "notify.vault-key")
    secret(secrets / "files.key")
    secret(secrets / "sealing.keys")
    secret(secrets / "box.keys")
    secret(secrets / "payment.key")
    client_secret(service, folder=secrets)
    return {
        "BIND": f"{LOCAL}:{getattr(ports, service)}",
        "WEB_WORKERS": "1" if service == "notify" else "2",  # a letter is read now and then
        "WEB_THREADS": "4",
        "SECRET_KEY_FILE": str(secrets / f"{service}.secret-key"),
        "SMTP_URL": f"smtp://{LOCAL}:{ports.smtp}",
        "MAIL_FROM": "Gemeente Voorbeeld <balie@voorbeeld.example>",
        "SMS_URL": f"http://{LOCAL}:{ports.mailbox}/texts",
        "SMS_RETURN_KEY": secret(secrets / "sms-return.key"),
        "BOX_URL": f"http://{LOCAL}:{ports.mailbox}/box/api/v1/berichten",
        "BOX_SENDER": "00000001003214345000",
        "BOX_KEYS_FILE": str(secrets / "box.keys"),
        "OIDC_ISSUER": ports.address("signin"),
        "OIDC_CLIENT_ID": service,
        "OIDC_CLIENT_SECRET_FILE": str(secrets / f"{service}.client-secret"),
        "BRP_URL": f"{ports.address('registers')}/brp",
        "KVK_URL": f"{ports.address('registers')}/kvk",
        "PAYMENT_URL": ports.address("payments"),
        "PAYMENT_KEY_FILE": str(secrets / "payment.key"),
        "VAULT": str(var / "vault"),
        "PRINT_FOLDER": str(var / "print"),
        "VAULT_KEY_FILE": str(secrets / "notify.vault-key"),
        "CATALOGUE": os.environ.get("CATALOGUE", str(HOME / "shared" / "catalogue")),
        "FILES": str(var / "files"),
        "FILES_KEY_FILE": str(secrets / "files.key"),
        "SEALING_KEYS_FILE": str(secrets / "sealing.keys"),
        "CLAMD_URL": f"tcp://{LOCAL}:{ports.scanner}",
        "RATE_LIMITS": "on",
        "CALLBACKS_INSIDE": "on",  # whoever tries it out listens on this machine
    }


def _role_of(part: str) -> str:
    """The role that a part is to the database."""
    return {"bus-migrate": OWNER, "bus": "relay"}.get(part, part.partition("-")[0])


def _held_port() -> socket.socket:
    """A port, bound and not listening: with SO_REUSEADDR, which servers set, Linux lets one listen beside it."""
    held = socket.socket()
    if sys.platform == "linux":
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind((LOCAL, 0))
    return held


def _can_listen(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((LOCAL, port))
        except OSError:
            return False
    return True
