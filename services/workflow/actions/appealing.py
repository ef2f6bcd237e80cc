"""Recording an appeal at the court and what becomes of it; from then on the case reminds of what the court wants."""

from __future__ import annotations

from datetime import datetime

from services.workflow.actions.keeping import keep
from services.workflow.domain.appeal import (
    ABOUT,
    OUTCOMES,
    Appeal,
    AppealChangedError,
    NoAppealError,
    faults_of,
    is_appealable,
)
from services.workflow.domain.fault import FaultyInputError
from services.workflow.ports import Desk
from shared.access import Person
from shared.law.calendar import local_date, long_date


def record_appeal(reference: str, *, appeal: Appeal, seen: str, person: Person, now: datetime, desk: Desk) -> None:
    """Keep an appeal as it is now; saying the same again changes nothing. `seen` is the stamp of what the page showed.

    Raises:
        UnknownCaseError, FaultyInputError, NoAppealError, AppealChangedError.
    """
    case = desk.cases.lock(reference)
    if not is_appealable(case):
        raise NoAppealError
    if faults := faults_of(appeal, today=local_date(now)):
        raise FaultyInputError(faults)
    kept = next((each for each in desk.cases.appeals_of(case) if each.id == appeal.id), None)
    if kept == appeal:
        return
    if seen != (kept.stamp if kept else ""):
        raise AppealChangedError
    if not desk.cases.keep_appeal(case, appeal=appeal, by=person.subject, at=now):
        raise AppealChangedError
    desk.cases.note(case, kind="term_appeal", at=now, who=person.subject, details={"text": _in_words(appeal)})
    keep(case, before=case, now=now, desk=desk)


def _in_words(appeal: Appeal) -> str:
    days = {
        "binnen bij de rechter": appeal.lodged_on,
        "redenen gekregen": appeal.grounds_on,
        "stukken mogen tot": appeal.papers_until,
        "stukken gestuurd": appeal.papers_on,
        "zitting": appeal.heard_on,
        "uitspraak": appeal.ruled_on,
        "nieuw besluit uiterlijk": appeal.again_by,
    }
    told = [f"{name} {long_date(day)}" for name, day in days.items() if day]
    ruled = [OUTCOMES[appeal.outcome].nl.lower()] if appeal.outcome else []
    return f"{appeal.number}. {ABOUT[appeal.about].nl}: {', '.join([*told, *ruled])}."
