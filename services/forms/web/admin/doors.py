"""Opens every door of the functional administrator."""

from __future__ import annotations

from flask import Flask

from services.forms.web.admin.entrance import open_staff_entrance
from services.forms.web.admin.figures import open_figures
from services.forms.web.admin.importing import open_importing
from services.forms.web.admin.panel import open_panels
from services.forms.web.admin.product_doors import open_product
from services.forms.web.admin.products import open_products
from services.forms.web.admin.quarantine import open_quarantine
from services.forms.web.admin.refusals import answer_admin_refusals
from services.forms.web.admin.speaking import open_speaking
from services.forms.web.admin.uploading import open_uploading


def open_admin(app: Flask) -> None:
    """Add all pages under /beheer."""
    for open_some in (
        open_staff_entrance,
        open_products,
        open_product,
        open_uploading,
        open_importing,
        open_figures,
        open_panels,
        open_quarantine,
        open_speaking,
        answer_admin_refusals,
    ):
        open_some(app)
