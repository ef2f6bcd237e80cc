"""Making questionnaires for the residents' panel: write, check, send to a list, and see what was answered."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from flask import Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.forms.actions.panelling import MOST, Addresses, Mailing, read_addresses, send_panel
from services.forms.domain.panel import EXAMPLE, Read, read_questionnaire, results
from services.forms.panel_store import Panel, count_answers, find_panel, keep_text, list_panels
from services.forms.web.admin.room import administered, me
from services.forms.web.counter import counter, now, reading, said, today
from shared.catalogue.definitions import Product
from shared.events import Words
from shared.problems import problem_of

LONGEST: Final = 20_000
"""Characters of a questionnaire."""
_LIST: Final = 400_000
"""Characters of a list."""
_OPEN: Final = timedelta(days=14)
_AT_MOST: Final = timedelta(days=90)
_NO_DAY: Final = Words(nl="Kies een dag na vandaag, binnen 90 dagen.", en="Choose a day after today, within 90 days.")
_NOBODY: Final = Words(nl="Zet op elke regel één e-mailadres.", en="Put one e-mail address on each line.")
_TOO_LONG: Final = Words(
    nl="Deze lijst is te lang. Zet er alleen adressen in, zonder namen.",
    en="This list is too long. Put only addresses in it, without names.",
)
_TOO_MANY: Final = Words(nl="Een lijst heeft hoogstens 5.000 adressen.", en="A list holds at most 5,000 addresses.")


def open_panels(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/beheer/panel", "admin_panels", show_all)
    app.add_url_rule("/beheer/panel", "admin_panel_new", begin, methods=["POST"])
    app.add_url_rule("/beheer/panel/<panel_id>", "admin_panel", show)
    app.add_url_rule("/beheer/panel/<panel_id>", "admin_panel_keep", keep, methods=["POST"])
    app.add_url_rule("/beheer/panel/<panel_id>/versturen", "admin_panel_send", send, methods=["POST"])


@administered
def show_all() -> ResponseReturnValue:
    """List them with how far each is."""
    with reading() as connection:
        panels = list_panels(connection)
    titles = {one.id: _title(one, product=_read(one).product) for one in panels}
    return render_template("admin/panels.html", panels=panels, titles=titles, today=today())


@administered
def begin() -> ResponseReturnValue:
    """Begin a new one with an example to change."""
    panel_id = f"panel-{secrets.token_hex(4)}"
    with counter().pool.connection() as connection:
        keep_text(connection, panel_id=panel_id, text=EXAMPLE, by=me().name, now=now())
    return redirect(url_for("admin_panel", panel_id=panel_id), code=303)


@administered
def show(panel_id: str) -> ResponseReturnValue:
    """The text with what is wrong in it, the list, or what was answered."""
    panel = _find(panel_id)
    return _page(panel, read=_read(panel))


@administered
def keep(panel_id: str) -> ResponseReturnValue:
    """Keep the text, also with faults in it; once sent it stays as it is."""
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\x00", "\ufffd")[:LONGEST]
    panel = _find(panel_id)
    with counter().pool.connection() as connection:
        kept = keep_text(connection, panel_id=panel.id, text=text, by=me().name, now=now())
    flash("kept" if kept else "panel_sent_before", "ok" if kept else "info")
    return redirect(url_for("admin_panel", panel_id=panel_id), code=303)


@administered
def send(panel_id: str) -> ResponseReturnValue:
    """Send it to everybody on the list who wants to be asked."""
    panel = _find(panel_id)
    read = _read(panel)
    text, closes_on = request.form.get("addresses", ""), _day()
    addresses = read_addresses(text[:_LIST])
    errors = [("addresses", said(_TOO_LONG))] if len(text) > _LIST else _wrong(addresses, closes_on=closes_on)
    if read.product is None or read.faults or errors or closes_on is None:
        return _page(panel, read=read, errors=errors), 422
    mailing, sent = Mailing(addresses=addresses.good, closes_on=closes_on, by=me().name), False
    if request.form.get("seen") == panel.changed_at.isoformat():
        with counter().pool.connection() as connection:
            sent = send_panel(connection, panel, product=read.product, mailing=mailing, now=now())
    if not sent and _find(panel_id).sent_at is None:
        flash("changed_meanwhile", "info")
    else:
        flash("panel_sent" if sent else "panel_sent_before", "ok" if sent else "info")
    return redirect(url_for("admin_panel", panel_id=panel_id), code=303)


def _find(panel_id: str) -> Panel:
    with reading() as connection:
        panel = find_panel(connection, panel_id=panel_id)
    if panel is None:
        raise problem_of(404)
    return panel


def _read(panel: Panel) -> Read:
    return read_questionnaire(panel.text, panel_id=panel.id)


def _title(panel: Panel, *, product: Product | None) -> str:
    return said(product.title) if product else panel.id


def _page(panel: Panel, *, read: Read, errors: Sequence[tuple[str, str]] = ()) -> str:
    with reading() as connection:
        answered = count_answers(connection, panel_id=panel.id)
    return render_template(
        "admin/panel.html",
        panel=panel,
        title=_title(panel, product=read.product),
        faults=read.faults,
        found=results(panel.counts, product=read.product) if panel.counts is not None and read.product else [],
        answered=answered,
        errors=errors,
        addresses=request.form.get("addresses", ""),
        day={part: request.form.get(f"closes.{part}", default) for part, default in _default_day().items()},
        today=today(),
    )


def _default_day() -> dict[str, str]:
    closes = today() + _OPEN
    return {"day": str(closes.day), "month": str(closes.month), "year": str(closes.year)}


def _day() -> date | None:
    parts = [request.form.get(f"closes.{part}", "").strip() for part in ("year", "month", "day")]
    try:
        day = date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        return None
    return day if today() < day <= today() + _AT_MOST else None


def _wrong(addresses: Addresses, *, closes_on: date | None) -> list[tuple[str, str]]:
    found = []
    if addresses.wrong or not addresses.good:
        found.append(("addresses", said(_NOBODY)))
    elif len(addresses.good) > MOST:
        found.append(("addresses", said(_TOO_MANY)))
    return found if closes_on else [*found, ("closes.day", said(_NO_DAY))]
