"""Appeals at the court about a case: their dates with the steps, and the form that records one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions.appealing import record_appeal
from services.workflow.appeal_store import CourtDay, appeals_of, court_days_of
from services.workflow.domain.appeal import (
    ABOUT,
    OUTCOMES,
    About,
    Appeal,
    AppealChangedError,
    NoAppealError,
    Outcome,
    is_appealable,
    next_again,
    next_papers,
    timeliness,
)
from services.workflow.domain.fault import Fault, FaultyInputError
from services.workflow.domain.time_left import TimeLeft, time_left
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.office import acting, me, now, office, reading, shown_by, today
from services.workflow.web.reading import NO_DAY, TypedDate, as_typed, read_date, read_open_date, read_text
from shared.access import Permission, allows
from shared.ids import new_id

pages = Blueprint("appealing", __name__)

DAYS = ("lodged_on", "grounds_on", "papers_until", "papers_on", "heard_on", "ruled_on", "again_by")


@dataclass(frozen=True, kw_only=True)
class AppealForm:
    """What stands in the form; `seen` is the stamp of what was kept when it was opened, `days` by name."""

    id: str
    seen: str
    about: About
    number: str
    outcome: Outcome | None
    days: dict[str, TypedDate]

    @property
    def faults(self) -> Sequence[Fault]:
        """What keeps it from being read."""
        return [typed.fault for typed in self.days.values() if typed.fault]


@pages.get("/zaken/<reference>/beroep")
@allows(Permission.WORK_CASES)
def show(reference: str) -> ResponseReturnValue:
    return _page(reference)


@pages.post("/zaken/<reference>/beroep")
@allows(Permission.WORK_CASES)
@shown_by("appealing.show")
def record(reference: str) -> ResponseReturnValue:
    """Keep an appeal as it was filled in."""
    form = _read()
    if form.faults:
        return _page(reference, form=form, faults=form.faults), 422
    try:
        with acting() as desk:
            record_appeal(reference, appeal=_appeal(form), seen=form.seen, person=me(), now=now(), desk=desk)
    except FaultyInputError as wrong:
        return _page(reference, form=form, faults=wrong.faults), 422
    except AppealChangedError:
        return _page(reference, changed=form.id), 409
    flash("appeal_kept")
    return redirect(url_for("appealing.show", reference=reference), 303)


def court_wants(file: CaseFile) -> Mapping[str, date | None]:
    """Give by when a court wants papers that were not sent yet and a new decision, for the head of each page of a case.

    A day for a new decision shows for a week after it, as nothing tells that what was decided is what was ordered.
    """
    if not file.appealed:
        return {"papers": None, "again": None}
    with reading() as connection:
        appeals = appeals_of(connection, case_id=file.case.id)
    again_by = next_again(appeals)
    shown = again_by is not None and today() <= again_by + timedelta(weeks=1)
    return {"papers": next_papers(appeals), "again": again_by if shown else None}


def own_court_days() -> Sequence[tuple[CourtDay, TimeLeft]]:
    """Give what courts wait for in the reader's cases with the time that is left, for the work list."""
    with reading() as connection:
        found = court_days_of(connection, person=me(), today=today())
    return [(each, time_left(each.day, today=today(), paused=False)) for each in found]


FOR_PAGES: Final = {"court_wants": court_wants, "is_appealable": is_appealable, "own_court_days": own_court_days}
"""What templates of a case ask."""


def _page(
    reference: str, *, form: AppealForm | None = None, faults: Sequence[Fault] = (), changed: str | None = None
) -> str:
    """Show the appeals; `changed` names one that a colleague changed meanwhile, which is shown anew."""
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        appeals = appeals_of(connection, case_id=file.case.id)
    if not is_appealable(file.case):
        raise NoAppealError
    wanted = changed or request.args.get("beroep")
    asked = next((each for each in appeals if str(each.id) == wanted), None)
    return render_template(
        "appeal.html",
        file=file,
        appeals=appeals,
        said={each.id: timeliness(each, clock=file.clock, ledger=file.case.ledger) for each in appeals},
        form=form or _begin(asked, late=file.clock.sent_on is None),
        faults=faults,
        changed=changed is not None,
        about=ABOUT,
        outcomes=OUTCOMES,
        court=office().municipality.court,
    )


def _begin(appeal: Appeal | None, *, late: bool) -> AppealForm:
    if appeal is None:
        days = dict.fromkeys(DAYS, NO_DAY)
        about: About = "late" if late else "decision"
        return AppealForm(id=str(new_id()), seen="", about=about, number="", outcome=None, days=days)
    days = {name: as_typed(getattr(appeal, name)) for name in DAYS}
    return AppealForm(
        id=str(appeal.id),
        seen=appeal.stamp,
        about=appeal.about,
        number=appeal.number,
        outcome=appeal.outcome,
        days=days,
    )


def _read() -> AppealForm:
    form = request.form
    return AppealForm(
        id=form.get("id", ""),
        seen=form.get("seen", ""),
        about=next((each for each in ABOUT if each == form.get("about")), "decision"),
        number=read_text(form, name="number").strip(),
        outcome=next((each for each in OUTCOMES if each == form.get("outcome")), None),
        days={name: _read_day(name) for name in DAYS},
    )


def _read_day(name: str) -> TypedDate:
    """Read a day; only that on which it reached the court must be there."""
    return (read_date if name == "lodged_on" else read_open_date)(request.form, name=name)


def _appeal(form: AppealForm) -> Appeal:
    try:
        known = UUID(form.id)
    except ValueError:
        known = new_id()
    days = {name: typed.day for name, typed in form.days.items()}
    lodged_on = days["lodged_on"]
    if lodged_on is None:
        raise FaultyInputError(tuple(form.faults))
    return Appeal(
        id=known,
        about=form.about,
        number=form.number,
        outcome=form.outcome,
        lodged_on=lodged_on,
        grounds_on=days["grounds_on"],
        papers_until=days["papers_until"],
        papers_on=days["papers_on"],
        heard_on=days["heard_on"],
        ruled_on=days["ruled_on"],
        again_by=days["again_by"],
    )
