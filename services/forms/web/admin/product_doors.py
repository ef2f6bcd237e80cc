"""Opens the doors of one product."""

from __future__ import annotations

from flask import Flask

from services.forms.web.admin.comparing import open_comparing
from services.forms.web.admin.picturing import open_picture
from services.forms.web.admin.publishing import open_publishing
from services.forms.web.admin.rehearsing import open_rehearsing
from services.forms.web.admin.tabs import show_tabs
from services.forms.web.admin.texts import open_texts
from services.forms.web.admin.trying import open_trying


def open_product(app: Flask) -> None:
    """Add the pages behind the tabs of a product."""
    for open_some in (
        open_texts,
        open_publishing,
        open_rehearsing,
        open_trying,
        open_picture,
        open_comparing,
        show_tabs,
    ):
        open_some(app)
