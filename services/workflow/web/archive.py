"""The archive: what may go by month and why, lists that another person approves, and what was destroyed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow import archive_queries
from services.workflow.actions.records import approve_list, draw_up_list, refuse_list
from services.workflow.audit import Act, record
from services.workflow.domain.destruction import NothingDueError
from services.workflow.records_store import RecordsStore
from services.workflow.web.office import me, now, reading, today
from services.workflow.web.reading import read_text
from shared.access import Permission, allows
from shared.bus import Courier
from shared.problems import problem_of

pages = Blueprint("archive", __name__)


@pages.get("/archief")
@allows(Permission.MANAGE_RECORDS)
def show() -> ResponseReturnValue:
    """Show what may go by month, the cases of one month if asked, and the lists."""
    month = _month(request.args.get("maand", ""))
    with reading() as connection:
        return render_template(
            "archive.html",
            months=archive_queries.months_due(connection, today=today()),
            month=month,
            cases=archive_queries.cases_due(connection, month=month, today=today()) if month else (),
            lists=archive_queries.lists(connection),
            held=archive_queries.held(connection, today=today()),
            counts=archive_queries.counts(connection),
        )


@pages.post("/archief/lijsten")
@allows(Permission.MANAGE_RECORDS)
def draw_up() -> ResponseReturnValue:
    """Put a month up for approval."""
    month = _month(request.form.get("month", ""))
    if month is None:
        raise problem_of(400)
    try:
        with reading() as connection:
            list_id = draw_up_list(month, person=me(), now=now(), archive=RecordsStore(connection))
            details = {"list": str(list_id), "month": month.isoformat()}
            record(connection, act=_act("draw_up", details=details))
    except NothingDueError:
        flash("nothing_due")
        return redirect(url_for("archive.show"), 303)
    flash("drawn_up")
    return redirect(url_for("archive.show_list", list_id=list_id), 303)


@pages.get("/archief/lijsten/<uuid:list_id>")
@allows(Permission.MANAGE_RECORDS)
def show_list(list_id: UUID) -> ResponseReturnValue:
    return _list_page(list_id)


@pages.post("/archief/lijsten/<uuid:list_id>/akkoord")
@allows(Permission.MANAGE_RECORDS)
def approve(list_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        tell = Courier(connection, now=now()).tell
        references = approve_list(list_id, person=me(), now=now(), archive=RecordsStore(connection), tell=tell)
        for reference in references:
            record(connection, act=_act("approve", reference=reference, details={"list": str(list_id)}))
    flash("destroying")
    return redirect(url_for("archive.show_list", list_id=list_id), 303)


@pages.post("/archief/lijsten/<uuid:list_id>/afwijzen")
@allows(Permission.MANAGE_RECORDS)
def refuse(list_id: UUID) -> ResponseReturnValue:
    """Say no to a list, with the reason."""
    because = read_text(request.form, name="because")
    if not because.strip():
        return _list_page(list_id, missing=True), 422
    with reading() as connection:
        refuse_list(list_id, because=because, person=me(), now=now(), archive=RecordsStore(connection))
        record(connection, act=_act("refuse", details={"list": str(list_id)}))
    flash("list_refused")
    return redirect(url_for("archive.show"), 303)


@pages.get("/archief/vernietigd")
@allows(Permission.MANAGE_RECORDS)
def destroyed() -> ResponseReturnValue:
    with reading() as connection:
        return render_template("archive-gone.html", gone=archive_queries.gone(connection))


def _list_page(list_id: UUID, *, missing: bool = False) -> str:
    with reading() as connection:
        listed = archive_queries.list_of(connection, list_id=list_id)
        if listed is None:
            raise problem_of(404)
        return render_template(
            "archive-list.html",
            listed=listed,
            cases=archive_queries.cases_on(connection, list_id=list_id, today=today()),
            gone=archive_queries.gone(connection, list_id=list_id),
            own=listed["drawn_up_by"] == me().subject,
            missing=missing,
        )


def _act(name: str, *, reference: str | None = None, details: dict[str, str]) -> Act:
    return Act(at=now(), who=me().subject, act=f"archive.{name}", reference=reference, details=details)


def _month(text: str) -> date | None:
    """Read 2027-12 as the first day of that month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
