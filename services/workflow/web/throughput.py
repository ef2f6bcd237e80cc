"""Throughput times: how long it takes, where the time goes, and what stands open; the same figures in every form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from services.workflow.throughput_figures import PER, Wanted, choices, figures_of, first_month, months_before
from services.workflow.web.handing_out import hand_out
from services.workflow.web.office import me, now, office, reading, today
from services.workflow.web.throughput_page import Dashboard, press, target_of, titles_in
from shared.access import Permission, allows, scope_of
from shared.database import Connection

pages = Blueprint("throughput", __name__)

_MONTHS: Final = {"3m": 3, "6m": 6, "12m": 12}
_USUAL: Final = "6m"


@pages.get("/doorlooptijden")
@allows(Permission.SEE_FIGURES)
def show() -> ResponseReturnValue:
    """Show the figures of the cases that were asked for."""
    with reading() as connection:
        return render_template("throughput.html", board=board_here(connection))


@pages.get("/doorlooptijden.<form>")
@allows(Permission.SEE_FIGURES)
def take(form: str) -> ResponseReturnValue:
    """Give the same figures as CSV, workbook, data or PDF."""
    with reading() as connection:
        board = board_here(connection)
    if form == "pdf":
        return Response(press(board, at=now()), content_type="application/pdf")
    if form == "json":
        return jsonify(board.as_data())
    head, rows = board.as_rows()
    return hand_out("doorlooptijden", form=form, head=head, rows=rows)


def board_here(connection: Connection) -> Dashboard:
    """Read what the address of this request asks; what it asks in vain is left out."""
    known, first = choices(connection), first_month(connection) or today()
    years = [str(year) for year in range(today().year, first.year - 1, -1)]
    period = request.args.get("periode", _USUAL)
    period = period if period in _MONTHS or period in years else _USUAL
    per = request.args.get("per", "")
    since, until = _period(period)
    wanted = Wanted(
        since=since,
        until=until,
        product=_one_of(known["product"], name="soort"),
        team=_one_of(known["team"], name="team"),
        channel=_one_of(known["channel"], name="kanaal"),
        per=per if per in PER else PER[0],
    )
    euros = Decimal(office().cents_a_day) / 100
    return Dashboard(
        figures=figures_of(
            connection,
            wanted=wanted,
            today=today(),
            euros_a_day=euros,
            scope=scope_of(me(), permission=Permission.SEE_CASES),
        ),
        target=target_of(connection, product=wanted.product, year=until.year),
        choices=known,
        period=period,
        periods=[*_MONTHS, *years],
        titles=titles_in(connection, products=known["product"]),
        teams={team.id: team.name for team in office().municipality.teams},
        today=today(),
    )


def _one_of(known: Sequence[str], *, name: str) -> str:
    asked = request.args.get(name, "")
    return asked if asked in known else ""


def _period(code: str) -> tuple[date, date]:
    """Give the first and last day: so many months with this one, or a year."""
    if code in _MONTHS:
        return months_before(today(), months=_MONTHS[code] - 1), today()
    year = int(code)
    return date(year, 1, 1), min(date(year, 12, 31), today())
