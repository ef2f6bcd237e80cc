"""What this service must be told before it can start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shared import catalogue

CATALOGUE = Path(catalogue.__file__).parent


@dataclass(frozen=True, kw_only=True)
class Migration:
    """Where the database is."""

    database_url: str


@dataclass(frozen=True, kw_only=True)
class Work(Migration):
    """What a worker needs. `workflow_url` is where the links in a morning mail lead.

    `sealing_keys` open the sensitive answers that the forms service sealed, the newest first (`shared.keyring`).
    """

    valkey_url: str
    workflow_url: str
    sealing_keys: str
    catalogue: Path = CATALOGUE


@dataclass(frozen=True, kw_only=True)
class Settings(Work):
    """What the web door needs: `session_hours` until one signs in again, `proxies` that stand trusted before us.

    `notify_url` and `forms_url` are where staff find the other rooms; without one no page leads there.
    `files` is the folder with the files of residents, which this service only reads. `cents_a_day` is what a day of
    waiting of one case costs the municipality, for the page on throughput times. Within `transfer_years` after it was
    closed the archive has a case that is kept for ever.
    """

    secret_key: str
    files: str
    files_key: str
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str
    oidc_discovery_url: str = ""
    notify_url: str = ""
    forms_url: str = ""
    web_threads: int = 4
    session_hours: int = 10
    proxies: int = 0
    rate_limits: bool = True
    cents_a_day: int = 400
    transfer_years: int = 20
