"""What this service must be told before it can start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.forms.payment_inbox import UNPAID_DAYS
from shared import catalogue

CATALOGUE = Path(catalogue.__file__).parent


@dataclass(frozen=True, kw_only=True)
class Migration:
    """Where the database is, and the products whose versions are kept in it."""

    database_url: str
    catalogue: Path = CATALOGUE


@dataclass(frozen=True, kw_only=True)
class Work:
    """What the worker needs: the stores, and where residents' files lie; without `clamd_url` nobody scans them.

    `forms_url` is where residents find us, `secret_key` makes the links that are theirs. Without a payment
    provider (`payment_url`) every fee is paid by invoice. `unpaid_days` is how long a form waits to be paid that counts
    only then.
    """

    database_url: str
    valkey_url: str
    files: str
    files_key: str
    secret_key: str
    forms_url: str
    clamd_url: str = ""
    payment_url: str = ""
    payment_key: str = ""
    unpaid_days: int = UNPAID_DAYS


@dataclass(frozen=True, kw_only=True)
class Settings(Work):
    """What the web door needs. `proxies` trusted ones stand before us.

    `sealing_keys` seal sensitive answers for the workflow service, the newest first (`shared.keyring`).

    Without a provider (`oidc_issuer`) only products that ask nobody to sign in can be asked for. Staff sign in at the
    same one, unless they have a provider of their own; `session_hours` until they sign in again.
    `workflow_url` and `notify_url` are where staff find the other rooms; without one no page leads there.
    Without a Berichtenbox (`box_url`) nobody is asked to choose it; `box_keys` seal whose it is, for notify.
    `payment_hook` is where the payment provider finds us when that is elsewhere. `downloads_url` is another name of
    this same door, under which nothing but files is handed out: browsers send no cookie of ours there.
    """

    sealing_keys: str
    box_url: str = ""
    box_keys: str = ""
    workflow_url: str = ""
    notify_url: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = "forms"
    oidc_client_secret: str = ""
    oidc_discovery_url: str = ""
    staff_oidc_issuer: str = ""
    staff_oidc_client_id: str = ""
    staff_oidc_client_secret: str = ""
    staff_oidc_discovery_url: str = ""
    session_hours: int = 10
    brp_url: str = ""
    brp_key: str = ""
    kvk_url: str = ""
    kvk_key: str = ""
    payment_hook: str = ""
    downloads_url: str = ""
    catalogue: Path = CATALOGUE
    web_threads: int = 4
    proxies: int = 0
    rate_limits: bool = True
