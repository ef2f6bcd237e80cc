"""Being away: from when until when, and who stands in; said by oneself or by the team lead, and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from services.workflow import absences
from services.workflow.audit import Act, record
from services.workflow.domain.absence import Absence, can_stand_in, plan_absence
from services.workflow.domain.fault import Fault, FaultyInputError
from services.workflow.people import find_colleagues
from services.workflow.web.office import me, now, reading, shown_by, today
from services.workflow.web.reading import read_date
from shared.access import Permission, Person, allows, may
from shared.database import Connection
from shared.problems import problem_of

pages = Blueprint("away", __name__)


@pages.get("/afwezig")
@allows(Permission.WORK_CASES)
def show() -> ResponseReturnValue:
    with reading() as connection:
        return _page(connection, form=MultiDict({"who": me().subject}))


@pages.post("/afwezig")
@allows(Permission.WORK_CASES)
@shown_by("away.show")
def say() -> ResponseReturnValue:
    with reading() as connection:
        try:
            absence = _read(connection)
        except FaultyInputError as wrong:
            return _page(connection, form=request.form, faults=wrong.faults), 422
        absences.say_away(connection, absence=absence, person=me(), now=now())
        _record(connection, act="absence.say", absence=absence)
    flash("away")
    return redirect(url_for("away.show"), 303)


@pages.post("/afwezig/<uuid:absence_id>/terug")
@allows(Permission.WORK_CASES)
@shown_by("away.show")
def end(absence_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        said = absences.find_absence(connection, absence_id=absence_id, today=today())
        if said is None or said.subject not in {person.subject for person in _whose(connection)}:
            raise problem_of(404)
        absences.take_back(connection, absence_id=absence_id, now=now())
        _record(connection, act="absence.end", absence=_absence(said))
    flash("back")
    return redirect(url_for("away.show"), 303)


def _whose(connection: Connection) -> Sequence[Person]:
    """Give for whom the reader may say it: oneself, and who leads for each colleague of the team."""
    person = me()
    if not may(person, permission=Permission.ASSIGN_CASES):
        return [person]
    return [
        one for one in find_colleagues(connection) if one.subject == person.subject or can_stand_in(person, away=one)
    ]


def _read(connection: Connection) -> Absence:
    who = next((one for one in _whose(connection) if one.subject == request.form.get("who", me().subject)), me())
    chosen = request.form.get("substitute")
    substitute = next((one for one in find_colleagues(connection) if one.subject == chosen), None)
    first, last = read_date(request.form, name="first"), read_date(request.form, name="last")
    if first.day is None or last.day is None:
        raise FaultyInputError(tuple(each.fault for each in (first, last) if each.fault))
    known = [_absence(each) for each in absences.list_absences(connection, today=today())]
    return plan_absence(who, substitute=substitute, days=(first.day, last.day), today=today(), known=known)


def _absence(said: absences.Said) -> Absence:
    return Absence(subject=said.subject, substitute=said.substitute, first=said.first_day, last=said.last_day)


def _record(connection: Connection, *, act: str, absence: Absence) -> None:
    days = {"first": absence.first.isoformat(), "last": absence.last.isoformat()}
    details = {"of": absence.subject, "substitute": absence.substitute, **days}
    record(connection, act=Act(at=now(), who=me().subject, act=act, reference=None, details=details))


def _page(connection: Connection, *, form: MultiDict[str, str], faults: Sequence[Fault] = ()) -> str:
    whose, everyone = _whose(connection), find_colleagues(connection)
    subjects = {person.subject for person in whose}
    listed = absences.list_absences(connection, today=today())
    return render_template(
        "away.html",
        said=[each for each in listed if each.subject in subjects or each.substitute == me().subject],
        subjects=subjects,
        whose=whose,
        substitutes=[one for one in everyone if any(can_stand_in(one, away=who) for who in whose)],
        form=form,
        first=read_date(form, name="first"),
        last=read_date(form, name="last"),
        faults=faults,
    )
