"""What stands behind the link of an adviser outside: the case, and a field for a file."""

from __future__ import annotations

from flask import current_app, render_template, request

from services.forms.adviser_store import Adviser, find_adviser
from services.forms.domain.faults import Fault
from services.forms.domain.later import ADVISED
from services.forms.web.counter import or_gone, reading, today
from services.forms.web.fields import summary_of
from services.forms.web.finding import field_for


def adviser_of(token: str) -> Adviser:
    """Whose link this is; a guess and a link that is over get the very same 404."""
    with reading() as connection:
        return or_gone(find_adviser(connection, token=token, today=today()), page="adviser-gone")


def adviser_page(token: str, *, adviser: Adviser, wrong: Fault | None = None) -> str:
    """Ask for a file, with what is wrong with the one that came, or what became of it."""
    site = str(current_app.config["SITES"]["workflow"]).rstrip("/")
    return render_template(
        "forms/adviser.html",
        token=token,
        adviser=adviser,
        later=field_for(ADVISED),
        errors=summary_of([wrong] if wrong else []),
        done=request.args.get("gedaan", ""),
        way_back=f"{site}/advies/{token}" if site else "",
    )
