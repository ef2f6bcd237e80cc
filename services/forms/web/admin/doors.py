"""Opens every door of the functional administrator."""

from __future__ import annotations

from flask import Flask

from services.forms.web.admin.entrance import open_entrance
from services.forms.web.admin.products import open_products


def open_admin(app: Flask) -> None:
    """Add all pages under /beheer."""
    for open_some in (open_entrance, open_products):
        open_some(app)
