"""The timeline of a case: everything that happened, or one subject of it, with a note to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from services.workflow import queries
from services.workflow.domain.fault import Fault
from services.workflow.domain.happening import ALL, SUBJECTS, is_about
from services.workflow.mentions import is_awaited, readers_of
from services.workflow.people import find_kept_form
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.office import me, office, reading, today
from services.workflow.web.reading import read_text, to_multi
from shared.access import Permission, allows
from shared.database import Connection

pages = Blueprint("timeline", __name__)

OF_NOTES: Final = "notities"
"""The subject that shows notes only."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What stands in the form of a note, and what is wrong with it; `follows` is the note that it adds to."""

    text: str = ""
    to: str = ""
    follows: int | None = None
    faults: Sequence[Fault] = ()


@pages.get("/zaken/<reference>/tijdlijn")
@allows(Permission.SEE_CASES)
def show(reference: str) -> ResponseReturnValue:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        kept = find_kept_form(connection, person=me(), path=request.path)
        return render_timeline(connection, file=file, typed=read_typed(to_multi(kept.fields) if kept else request.args))


def read_typed(form: MultiDict[str, str]) -> Typed:
    """Read the form of a note."""
    follows = form.get("follows", "")
    number = int(follows) if follows.isascii() and follows.isdigit() and len(follows) < 18 else None
    return Typed(text=read_text(form, name="note"), to=form.get("to", ""), follows=number)


def render_timeline(connection: Connection, *, file: CaseFile, typed: Typed) -> str:
    """Give the page with this in the form of a note."""
    asked = request.args.get("toon", "")
    subject = asked if asked in SUBJECTS else OF_NOTES if typed.faults else ALL
    lines = queries.timeline_of(connection, case_id=file.case.id)
    notes = {line["id"]: line for line in lines if line["kind"] == "note"}
    named = {each for line in notes.values() for each in line["details"]["mentions"]}
    return render_template(
        "case-timeline.html",
        file=file,
        lines=[line for line in lines if is_about(line["kind"], subject=subject)],
        subject=subject,
        counts=_counts(lines),
        notes=notes,
        names=queries.names_of(connection, subjects=sorted(named)),
        readers=readers_of(connection, case=file.case) if file.works else (),
        awaited=is_awaited(connection, person=me(), case_id=file.case.id),
        teams={team.id: team.name for team in office().municipality.teams},
        typed=typed,
        follows=notes.get(typed.follows),
    )


def _counts(lines: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
    return {subject: sum(is_about(line["kind"], subject=subject) for line in lines) for subject in (ALL, *SUBJECTS)}
