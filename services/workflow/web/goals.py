"""Goals of products: who answers for being in time, how the year goes, and which goal will be missed."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow import goal_store as store
from services.workflow.domain.fault import Fault
from services.workflow.people import find_colleagues
from services.workflow.throughput_figures import choices
from services.workflow.web.office import me, now, reading, today
from services.workflow.web.throughput_page import titles_in
from shared.access import Permission, allows
from shared.database import Connection
from shared.events import Words

pages = Blueprint("goals", __name__)

_PRODUCT: Final = Words(nl="Kies een soort zaak.", en="Choose a kind of case.")
_OWNER: Final = Words(nl="Kies wie hier verantwoordelijk voor is.", en="Choose who answers for this.")
_PERCENT: Final = Words(
    nl="Vul een heel getal in van 1 tot en met 100, of laat dit leeg.",
    en="Fill in a whole number from 1 to 100, or leave this empty.",
)


@pages.get("/doelen")
@allows(Permission.SEE_FIGURES)
def show() -> ResponseReturnValue:
    """Show the goals with how the year goes, the ones that will be missed first."""
    with reading() as connection:
        return _page(connection, faults=[])


@pages.post("/doelen")
@allows(Permission.KEEP_INDICATORS)
def keep() -> ResponseReturnValue:
    """Keep a goal; an empty one takes it away."""
    form = request.form
    with reading() as connection:
        owners = {each.subject for each in find_colleagues(connection, permission=Permission.SEE_FIGURES)}
        product, owner, typed = (form.get(name, "").strip() for name in ("product", "owner", "percent"))
        percent = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 3 else 0
        faults = [] if product in choices(connection)["product"] else [Fault("product", _PRODUCT)]
        faults += [] if not typed or 1 <= percent <= 100 else [Fault("percent", _PERCENT)]
        faults += [] if owner in owners else [Fault("owner", _OWNER)]
        if faults:
            return _page(connection, faults=faults), 422
        store.set_goal(connection, product=product, percent=percent or None, owner=owner, by=me(), now=now())
    flash("goal_kept")
    return redirect(url_for("goals.show"), 303)


def _page(connection: Connection, *, faults: list[Fault]) -> str:
    goals, products = store.goals(connection), choices(connection)["product"]
    courses = store.courses(connection, year=today().year)
    rows = [(goal, courses.get(product)) for product, goal in goals.items()]
    rows.sort(key=lambda row: not (row[1] and row[1].misses(row[0])))
    return render_template(
        "goals.html",
        rows=rows,
        titles=titles_in(connection, products=[*products, *goals]),
        products=products,
        owners=find_colleagues(connection, permission=Permission.SEE_FIGURES),
        year=today().year,
        form=request.form,
        faults=faults,
    )
