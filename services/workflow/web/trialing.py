"""Rule trials: what a version that does not serve yet would have said of the applications of the past."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.domain.fault import Fault
from services.workflow.trial_store import (
    Trial,
    begin_trial,
    find_trial,
    recent_trials,
    stop_trial,
    versions,
)
from services.workflow.web.office import me, now, reading, today
from services.workflow.web.reading import read_date, typed_from
from services.workflow.web.trial_page import Choice, choices_of, figures_of, press_report, report_of
from shared.access import Permission, allows
from shared.database import Connection
from shared.events import Words
from shared.ids import new_id
from shared.law.calendar import AMSTERDAM, ONE_DAY
from shared.problems import problem_of

pages = Blueprint("trialing", __name__)

_YEAR: Final = timedelta(days=365)
_WHICH: Final = Words(nl="Kies een versie uit de lijst.", en="Choose a version from the list.")
_OTHER: Final = Words(nl="Kies twee verschillende versies.", en="Choose two different versions.")
_CROSSED: Final = Words(nl="De laatste dag ligt voor de eerste dag.", en="The last day is before the first day.")


@pages.get("/regelproef")
@allows(Permission.TRY_RULES)
def recent() -> ResponseReturnValue:
    """List the trials, and the products that one can be made of."""
    with reading() as connection:
        choices = choices_of(connection, rows=versions(connection, now=now()))
        titles = {choice.product: choice.title for choice in choices}
        return render_template("trials.html", trials=recent_trials(connection), choices=choices, titles=titles)


@pages.get("/regelproef/nieuw/<product>")
@allows(Permission.TRY_RULES)
def ask(product: str) -> ResponseReturnValue:
    """Ask what is compared, over which time."""
    with reading() as connection:
        return _ask(_choice(connection, product=product))


@pages.post("/regelproef/nieuw/<product>")
@allows(Permission.TRY_RULES)
def begin(product: str) -> ResponseReturnValue:
    """Begin; what is compared is worked out in the background."""
    form = request.form
    since, until = read_date(form, name="since"), read_date(form, name="until")
    with reading() as connection:
        choice = _choice(connection, product=product)
        faults = list(_version_faults(choice)) + [each.fault for each in (since, until) if each.fault]
        if since.day and until.day and until.day < since.day:
            faults.append(Fault("until.day", _CROSSED))
        if faults or since.day is None or until.day is None:
            return _ask(choice, faults=faults), 422
        trial = new_trial(
            choice.product, base=request.form["base"], draft=request.form["draft"], since=since.day, until=until.day
        )
        start(connection, trial)
    return redirect(url_for("trialing.show", trial_id=trial.id), 303)


@pages.get("/regelproef/<uuid:trial_id>")
@allows(Permission.TRY_RULES)
def show(trial_id: UUID) -> ResponseReturnValue:
    """Tell how far it is, and what was found so far."""
    with reading() as connection:
        trial = _trial(connection, trial_id=trial_id)
        report = report_of(connection, trial=trial)
        return render_template("trial.html", report=report, updated=now())


@pages.post("/regelproef/<uuid:trial_id>/stoppen")
@allows(Permission.TRY_RULES)
def stop(trial_id: UUID) -> ResponseReturnValue:
    """Let it go no further; what was counted stays."""
    with reading() as connection:
        stop_trial(connection, trial_id=_trial(connection, trial_id=trial_id).id, now=now())
    return redirect(url_for("trialing.show", trial_id=trial_id), 303)


@pages.post("/regelproef/<uuid:trial_id>/opnieuw")
@allows(Permission.TRY_RULES)
def repeat(trial_id: UUID) -> ResponseReturnValue:
    """Do the same trial once more, with the same lots: over the same applications the same comes out."""
    with reading() as connection:
        former = _trial(connection, trial_id=trial_id)
        trial = Trial(**{**vars(former), "id": new_id(), "began_at": now(), "stopped_at": None})
        start(connection, trial)
    return redirect(url_for("trialing.show", trial_id=trial.id), 303)


@pages.get("/regelproef/<uuid:trial_id>/cijfers.json")
@allows(Permission.TRY_RULES)
def figures(trial_id: UUID) -> ResponseReturnValue:
    """Give the counts as data, the same as on the page."""
    with reading() as connection:
        trial = _trial(connection, trial_id=trial_id)
        return jsonify(figures_of(connection, trial=trial))


@pages.get("/regelproef/<uuid:trial_id>/rapport.pdf")
@allows(Permission.TRY_RULES)
def report(trial_id: UUID) -> ResponseReturnValue:
    """Give the report for the council: counts only, no application in it."""
    with reading() as connection:
        found = report_of(connection, trial=_trial(connection, trial_id=trial_id))
    name = f'inline; filename="regelproef-{found.trial.product}.pdf"'
    return Response(press_report(found), content_type="application/pdf", headers={"Content-Disposition": name})


def _trial(connection: Connection, *, trial_id: UUID) -> Trial:
    trial = find_trial(connection, trial_id=trial_id)
    if trial is None:
        raise problem_of(404)
    return trial


def _choice(connection: Connection, *, product: str) -> Choice:
    choices = choices_of(connection, rows=versions(connection, now=now()))
    found = next((choice for choice in choices if choice.product == product), None)
    if found is None:
        raise problem_of(404)
    return found


def _ask(choice: Choice, *, faults: Sequence[Fault] = ()) -> str:
    form = request.form
    first, last = typed_from(today() - _YEAR), typed_from(today())
    return render_template(
        "trial-new.html",
        choice=choice,
        draft=form.get("draft", choice.draft),
        base=form.get("base", choice.base),
        since=read_date(form, name="since").typed if form else first,
        until=read_date(form, name="until").typed if form else last,
        faults=faults,
    )


def _version_faults(choice: Choice) -> Sequence[Fault]:
    known = {one.version for one in choice.versions}
    draft, base = request.form.get("draft", ""), request.form.get("base", "")
    unknown = [Fault(name, _WHICH) for name, value in (("draft", draft), ("base", base)) if value not in known]
    return unknown or ([Fault("draft", _OTHER)] if draft == base else [])


def new_trial(product: str, *, base: str, draft: str, since: date, until: date, kind: str = "trial") -> Trial:
    """Give a trial, or a review, of today with lots of its own."""
    return Trial(
        id=new_id(),
        product=product,
        base=base,
        draft=draft,
        as_of=today(),
        since=since,
        until=until,
        seed=secrets.randbits(32),
        began_at=now(),
        kind=kind,
    )


def start(connection: Connection, begun: Trial, /) -> None:
    """Begin it in the reader's name; its days are those of the Netherlands."""
    first, beyond = (datetime.combine(day, time(), tzinfo=AMSTERDAM) for day in (begun.since, begun.until + ONE_DAY))
    begin_trial(connection, begun, subject=me().subject, first=first, beyond=beyond)
