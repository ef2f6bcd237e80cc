"""Which team gets which cases: the table that counts, new versions tried out first, and cases that lie nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions.routing import place_by_hand
from services.workflow.audit import Act, record
from services.workflow.domain.fault import Fault
from services.workflow.domain.routing import Line, faults_of
from services.workflow.routing_store import (
    find_version,
    lines_of,
    list_versions,
    lost_cases,
    save_version,
    serve_version,
    table_in_force,
)
from services.workflow.web.office import acting, me, now, reading, shown_by
from services.workflow.web.routing_page import choices_in, read_table, team_names, trial_of, with_line_act
from shared.access import Permission, allows
from shared.database import Connection
from shared.problems import problem_of

pages = Blueprint("routing", __name__)


@pages.get("/verdeling")
@allows(Permission.ROUTE_CASES)
def show() -> ResponseReturnValue:
    """Show the table that counts, every version, and how many cases lie nowhere."""
    with reading() as connection:
        return render_template(
            "routing.html",
            table=table_in_force(connection),
            versions=list_versions(connection),
            lost=len(lost_cases(connection, teams=list(team_names()))),
            choices=choices_in(connection, now=now()),
        )


@pages.get("/verdeling/nieuw")
@allows(Permission.KEEP_ROUTES)
def write() -> ResponseReturnValue:
    """Begin a new version with the lines of the one that counts, or of the one that is named (`van`)."""
    with reading() as connection:
        number = request.args.get("van", 0, type=int)
        former = find_version(connection, number=number) if 0 < number < 2**31 else None
        table = table_in_force(connection)
        lines = lines_of(former) if former else table.lines if table else ()
        return _write(connection, lines=lines or (Line(),))


@pages.post("/verdeling/nieuw")
@allows(Permission.KEEP_ROUTES)
@shown_by("routing.write")
def save() -> ResponseReturnValue:
    """Keep it as a version that does not count yet; the next page tries it out."""
    lines, because = read_table(request.form)
    act = request.form.get("action", "")
    with reading() as connection:
        if act:
            return _write(connection, lines=with_line_act(lines, act=act), because=because)
        known = {name: list(options) for name, options in choices_in(connection, now=now()).items()}
        if faults := faults_of(lines, because=because, known=known):
            return _write(connection, lines=lines, because=because, faults=faults), 422
        number = save_version(connection, lines=lines, because=because.strip(), person=me(), now=now())
        _record(connection, act="routing.save", number=number)
    return redirect(url_for("routing.look", number=number), 303)


@pages.get("/verdeling/<int:number>")
@allows(Permission.ROUTE_CASES)
def look(number: int) -> ResponseReturnValue:
    """Show a version, and where it would bring the open cases."""
    with reading() as connection:
        version = _version(connection, number=number)
        table = table_in_force(connection)
        return render_template(
            "routing-version.html",
            version=version,
            lines=lines_of(version),
            counts=table is not None and table.number == number,
            trial=trial_of(connection, lines=lines_of(version)),
            choices=choices_in(connection, now=now()),
        )


@pages.post("/verdeling/<int:number>/geldt")
@allows(Permission.KEEP_ROUTES)
@shown_by("routing.look")
def serve(number: int) -> ResponseReturnValue:
    """Let a version count for the cases that come in from now on."""
    with reading() as connection:
        version = _version(connection, number=number)
        choices = choices_in(connection, now=now())
        if any(line.team not in choices["team"] for line in lines_of(version)):
            flash("routing_stale")
            return redirect(url_for("routing.look", number=number), 303)
        serve_version(connection, number=number, person=me(), now=now())
        _record(connection, act="routing.serve", number=number)
    flash("routing_counts")
    return redirect(url_for("routing.show"), 303)


@pages.get("/verdeling/zonder-team")
@allows(Permission.ROUTE_CASES)
def lost() -> ResponseReturnValue:
    """List the open cases that lie with no team; who applied is not in it."""
    return _lost()


@pages.post("/verdeling/zonder-team")
@allows(Permission.ROUTE_CASES)
@shown_by("routing.lost")
def place() -> ResponseReturnValue:
    """Bring one of them to a team."""
    reference, team = request.form.get("case", ""), request.form.get("team", "")
    if team not in team_names():
        return _lost(missing=reference), 422
    with acting() as desk:
        place_by_hand(reference, team=team, teams=team_names(), person=me(), now=now(), desk=desk)
    flash("placed")
    return redirect(url_for("routing.lost"), 303)


def _lost(*, missing: str = "") -> str:
    with reading() as connection:
        cases = lost_cases(connection, teams=list(team_names()))
    return render_template("routing-lost.html", cases=cases, teams=team_names(), missing=missing)


def _write(connection: Connection, *, lines: Sequence[Line], because: str = "", faults: Sequence[Fault] = ()) -> str:
    choices = choices_in(connection, now=now())
    return render_template("routing-new.html", lines=lines, because=because, faults=faults, choices=choices)


def _version(connection: Connection, *, number: int) -> dict[str, object]:
    found = find_version(connection, number=number) if 0 < number < 2**31 else None
    if found is None:
        raise problem_of(404)
    return dict(found)


def _record(connection: Connection, *, act: str, number: int) -> None:
    record(connection, act=Act(at=now(), who=me().subject, act=act, reference=None, details={"table": number}))
