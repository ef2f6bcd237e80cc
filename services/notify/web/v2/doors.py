"""All doors of the API together: who knocks is known first, and every error has its form."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, request

from services.notify.ports import Vault
from services.notify.web.v2.bulk import open_bulk
from services.notify.web.v2.errors import answer_errors, open_nothing
from services.notify.web.v2.keys import Doorman
from services.notify.web.v2.reading import open_reading
from services.notify.web.v2.sending import open_sending
from services.notify.web.v2.templates import open_templates, open_versions
from services.notify.web.v2.window import Window
from shared.database import Pool
from shared.keyring import Keyring

LARGEST_BODY: Final = 8_000_000
"""Bytes: a PDF of 5 MB in base 64, and what stands around it."""


def open_v2(*, pool: Pool, vault: Vault, ring: Keyring, base: str, mail_from: str) -> list[Blueprint]:
    """Open the API at `/v2`; `base` is the address of this service. Give the doors, which are not in the app yet."""
    doorman = Doorman(pool, ring=ring)
    v2 = Blueprint("v2", __name__, url_prefix="/v2")
    versions = Blueprint("v2_versions", __name__)
    for doors in (v2, versions):
        answer_errors(doors)
        doors.before_request(_take_large_bodies)
        doors.before_request(doorman.let_in)
    window = Window(pool, vault=vault, base=base)
    open_sending(v2, window=window, base=base, mail_from=mail_from)
    open_bulk(v2, pool=pool, base=base)
    open_reading(v2, pool=pool, vault=vault, base=base)
    open_templates(v2, window=window)
    open_versions(versions, window=window)

    open_nothing(v2)
    return [v2, versions]


def _take_large_bodies() -> None:
    request.max_content_length = LARGEST_BODY
