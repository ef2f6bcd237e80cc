"""Indicators as in the programme budget: realised by year, targets, how it goes; entered with two persons."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow import indicator_store as store
from services.workflow.domain.fault import Fault
from services.workflow.domain.indicators import ClosedYearError, FewEyesError, Indicator
from services.workflow.web.handing_out import hand_out
from services.workflow.web.indicator_page import press, table_of
from services.workflow.web.office import me, now, reading, today
from services.workflow.web.reading import read_text
from shared.access import Permission, allows
from shared.database import Connection
from shared.events import Words

pages = Blueprint("indicators", __name__)

_NUMBER: Final = Words(nl="Vul een getal in, bijvoorbeeld 7,4.", en="Fill in a number, such as 7.4.")
_YEAR: Final = Words(nl="Vul een jaar in, bijvoorbeeld 2026.", en="Fill in a year, such as 2026.")
_WHY: Final = Words(nl="Schrijf op waar dit cijfer vandaan komt.", en="Write down where this figure comes from.")
_NAME: Final = Words(nl="Vul dit in.", en="Fill this in.")
_UNITS: Final = ("percent", "days", "mark", "number", "euros")


@pages.get("/indicatoren")
@allows(Permission.SEE_FIGURES)
def show() -> ResponseReturnValue:
    """Show the table, what waits for a second person, and the forms."""
    with reading() as connection:
        return _page(connection)


@pages.post("/indicatoren/cijfers")
@allows(Permission.KEEP_INDICATORS)
def enter() -> ResponseReturnValue:
    """Enter a figure or a target; it counts once a colleague agrees."""
    with reading() as connection:
        figure, faults = _figure(connection)
        if figure is None:
            return _page(connection, faults=faults), 422
        try:
            store.enter(connection, figure, by=me(), now=now())
        except ClosedYearError:
            flash("year_closed")
            return redirect(url_for("indicators.show"), 303)
    flash("figure_entered")
    return redirect(url_for("indicators.show"), 303)


@pages.post("/indicatoren/cijfers/<uuid:figure_id>")
@allows(Permission.KEEP_INDICATORS)
def judge(figure_id: UUID) -> ResponseReturnValue:
    """Agree with a colleague's figure, or not."""
    with reading() as connection:
        try:
            agreed = request.form.get("agreed") == "yes"
            done = store.judge(connection, figure_id=figure_id, agreed=agreed, by=me(), now=now())
            flash("figure_judged" if done else "figure_gone")
        except FewEyesError:
            flash("own_figure")
        except ClosedYearError:
            flash("year_closed")
    return redirect(url_for("indicators.show"), 303)


@pages.post("/indicatoren")
@allows(Permission.KEEP_INDICATORS)
def add() -> ResponseReturnValue:
    """Add an indicator that people enter."""
    texts = {name: read_text(request.form, name=name).strip()[:200] for name in ("programme", "name", "source")}
    unit, better = request.form.get("unit", ""), request.form.get("better", "")
    faults = [Fault(name, _NAME) for name, text in texts.items() if not text]
    faults += [Fault("unit", _NAME)] if unit not in _UNITS else []
    faults += [Fault("better", _NAME)] if better not in ("higher", "lower") else []
    with reading() as connection:
        if faults:
            return _page(connection, faults=faults), 422
        words = {name: Words(nl=text, en=text) for name, text in texts.items()}
        made = Indicator(
            id="", programme=words["programme"], name=words["name"], unit=unit, better=better, source=words["source"]
        )
        store.add_indicator(connection, made, by=me(), now=now())
    flash("indicator_added")
    return redirect(url_for("indicators.show"), 303)


@pages.post("/indicatoren/jaren/<int:year>")
@allows(Permission.KEEP_INDICATORS)
def close(year: int) -> ResponseReturnValue:
    """Propose that a year that is over is adopted, or adopt what a colleague proposed."""
    with reading() as connection:
        if year >= today().year:
            flash("year_runs")
        elif not any(row["year"] == year for row in store.years(connection)):
            store.propose_year(connection, year=year, by=me(), now=now())
            flash("year_proposed")
        else:
            try:
                store.adopt_year(connection, year=year, by=me(), now=now())
                flash("year_adopted")
            except FewEyesError:
                flash("own_year")
    return redirect(url_for("indicators.show"), 303)


@pages.get("/indicatoren.<form>")
@allows(Permission.SEE_FIGURES)
def take(form: str) -> ResponseReturnValue:
    """Give the same table as CSV, workbook, data or PDF."""
    with reading() as connection:
        table = table_of(connection, today=today())
    if form == "json":
        return jsonify(table.as_data())
    if form == "pdf":
        return Response(press(table, at=now()), content_type="application/pdf")
    head, rows = table.as_rows()
    return hand_out("indicatoren", form=form, head=head, rows=rows)


def _page(connection: Connection, *, faults: list[Fault] | None = None) -> str:
    return render_template(
        "indicators.html",
        table=table_of(connection, today=today()),
        waiting=store.waiting(connection),
        years={row["year"]: row for row in store.years(connection)},
        form=request.form,
        faults=faults or [],
        me=me().subject,
        units=_UNITS,
    )


def _figure(connection: Connection) -> tuple[store.Figure | None, list[Fault]]:
    form = request.form
    known = {each.id: each for each in store.indicators(connection)}
    indicator, what = form.get("indicator", ""), form.get("what", "")
    because = read_text(form, name="because").strip()[:500]
    value, year = _number(form.get("value", "")), form.get("year", "").strip()
    faults = [] if indicator in known else [Fault("indicator", _NAME)]
    entered = indicator in known and known[indicator].entered
    faults += [] if what == "target" or (what == "realised" and entered) else [Fault("what", _NAME)]
    faults += [] if year.isdecimal() and 2000 <= int(year) <= 2100 else [Fault("year", _YEAR)]
    faults += [] if value is not None else [Fault("value", _NUMBER)]
    faults += [] if because else [Fault("because", _WHY)]
    if faults or value is None:
        return None, faults
    return store.Figure(indicator=indicator, year=int(year), what=what, value=value, because=because), []


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**12 else None
