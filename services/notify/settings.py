"""What this service must be told before it can start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shared import catalogue


@dataclass(frozen=True, kw_only=True)
class Migration:
    """Where the database is."""

    database_url: str


@dataclass(frozen=True, kw_only=True)
class ClientSettings(Migration):
    """Where the database is, and the key under which the secrets of clients are sealed."""

    secret_key: str


@dataclass(frozen=True, kw_only=True)
class Settings(ClientSettings):
    """Addresses of stores and services, the mail server, where the letters lie, their key, and that of the links.

    `sms_url` is the provider of text messages, `sms_key` what it knows us by; `sms_url_2` takes over while it is away.
    `mail_per_minute`, `sms_per_minute` and `box_per_minute` are how many one provider takes from all processes
    together; 0: any number.
    The provider of text messages passes on what people text and what became of ours with `sms_return_key`; without one
    there are no such doors.
    `box_url` is where the Berichtenbox takes messages, `box_key` what it knows us by, `box_sender` our number (OIN),
    and `box_keys` open whose box it is; without them what somebody wants there goes by mail or post.
    `link_days` is how long the link to a letter opens; who comes later has another one sent.
    `seal_file` has the key that letters are sealed with (PKCS#12), `seal_roots` the certificates that seals rest on.
    `callbacks_inside` lets clients be called back at private addresses: only for trying out on one machine.
    `api_per_minute` are requests of one key of the API, `api_per_day` the notifications of one client.
    What clients sent and got is wiped after `client_days`; counts stay.
    `smtp_url_2` is a second mail server, for when the first is away.
    In `quiet_sms` no text message leaves that a client gave no time of its own; no law sets these hours, so they are
    the night of noise rules (Besluit kwaliteit leefomgeving: 23.00-07.00). Mail has none unless `quiet_mail` is set, as
    it wakes nobody; it never holds up what the law demands.
    `dkim_key` signs our mails; its public half stands in DNS under `dkim_selector`.
    What other mail systems report comes back to `return_address`; our mail server passes it on with `return_key`.
    Letters that go by post are laid in `print_folder`; an SFTP server is known by `print_host_key`, and lets us in with
    `print_key`. Without one ours wait among the failed messages, and those of clients are a technical failure.
    The PDFs that clients make go past the scanner at `clamd_url`; "": nobody looks.
    """

    valkey_url: str
    notify_url: str
    forms_url: str
    workflow_url: str
    smtp_url: str
    mail_from: str
    vault: str
    vault_key: str
    smtp_url_2: str | None = None
    dkim_key: str | None = None
    dkim_selector: str = "balie"
    return_address: str | None = None
    return_key: str | None = None
    sms_url: str | None = None
    sms_key: str | None = None
    sms_url_2: str | None = None
    sms_key_2: str | None = None
    quiet_sms: str = "23:00-07:00"
    quiet_mail: str = ""
    mail_per_minute: int = 0
    sms_per_minute: int = 0
    sms_return_key: str | None = None
    box_url: str | None = None
    box_key: str | None = None
    box_sender: str = ""
    box_keys: str = ""
    box_per_minute: int = 0
    print_folder: str | None = None
    print_key: str | None = None
    print_host_key: str | None = None
    link_days: int = 90
    clamd_url: str = ""
    seal_file: Path | None = None
    seal_password: str = ""
    seal_roots: Path | None = None
    catalogue: Path = Path(catalogue.__file__).parent
    web_threads: int = 4
    proxies: int = 0
    rate_limits: bool = True
    callbacks_inside: bool = False
    api_per_minute: int = 3000
    api_per_day: int = 250_000
    client_days: int = 90


@dataclass(frozen=True, kw_only=True)
class WebSettings(Settings):
    """What the web door needs besides: where staff sign in, and for how many hours.

    Without a provider (`oidc_issuer`) nobody gets in at the pages of staff.
    """

    oidc_issuer: str = ""
    oidc_client_id: str = "notify"
    oidc_client_secret: str = ""
    oidc_discovery_url: str = ""
    session_hours: int = 10
