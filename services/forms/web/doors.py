"""Opens every door of this service."""

from __future__ import annotations

from flask import Flask

from services.forms.web.afterwards import open_afterwards
from services.forms.web.api import open_api
from services.forms.web.home import open_home
from services.forms.web.mine import open_mine
from services.forms.web.pausing import open_pausing
from services.forms.web.receipt import open_receipt
from services.forms.web.sending import open_sending
from services.forms.web.sign_in import open_sign_in
from services.forms.web.status import open_status
from services.forms.web.steps import open_steps


def open_doors(app: Flask) -> None:
    """Add all pages and the API."""
    for open_some in (
        open_home,
        open_sign_in,
        open_mine,
        open_steps,
        open_pausing,
        open_sending,
        open_receipt,
        open_status,
        open_afterwards,
        open_api,
    ):
        open_some(app)
