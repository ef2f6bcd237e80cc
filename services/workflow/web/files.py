"""The files that came with an application: listed with the case, looked at and saved by who may see the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow import queries
from services.workflow.domain.look import kind_of_file
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.office import me, now, office, reading, screen_language, today
from services.workflow.web.sensitive import may_look, open_sent_file
from shared.access import Permission, allows
from shared.api import Operation, describes
from shared.downloads import SHOWN, hand_out
from shared.events import Words
from shared.vault import MissingFileError, Way

pages = Blueprint("files", __name__)

LINK_LIVES = timedelta(minutes=5)
OPENS = ("clean", "unscanned")
_MEGABYTE = 1_000_000
_KILOBYTE = 1_000


@pages.get("/api/v1/cases/<reference>/files/<uuid:file_id>")
@describes(Operation(summary="Leads to a file of a case, for five minutes", status=303, problems=(401, 403, 404)))
@allows(Permission.SEE_CASES)
def fetch(reference: str, *, file_id: UUID) -> ResponseReturnValue:
    return find(reference, file_id=file_id)


@pages.get("/zaken/<reference>/bestanden/<uuid:file_id>")
@allows(Permission.SEE_CASES)
def find(reference: str, *, file_id: UUID) -> ResponseReturnValue:
    """Lead who may see the case to the file; the address that it leads to knows no cookie and soon no longer works."""
    way: Way = "show" if "bekijk" in request.args else "save"
    with reading() as connection:
        case = open_file(connection, person=me(), reference=reference, today=today())
        found = {row["id"]: row for row in queries.files_of(connection, case_id=case.case.id)}.get(file_id)
        if found is None or found["scan"] not in OPENS:
            abort(404)
        open_sent_file(connection, file=case, sent=found)
    return redirect(office().vault.link(found["place"], until=now() + LINK_LIVES, way=way), 303)


@pages.get("/bestanden/<place>/<seal>")
@allows(Permission.PUBLIC)
def give(place: str, *, seal: str) -> ResponseReturnValue:
    """Give the file to whoever was led here; the seal is the key."""
    vault = office().vault
    way = vault.admits(place, seal=seal, now=now())
    if way is None:
        abort(404)
    with reading() as connection:
        file = queries.file_at(connection, place=place)
    if file is None or file["scan"] not in OPENS:
        abort(404)
    try:
        content = vault.get(place)
    except MissingFileError:
        abort(404)
    return hand_out(content, name=file["name"], media_type=file["type"], size=file["bytes"], way=way)


def list_files(case: CaseFile, *, files: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The files as the page shows them, each with the question that it answers."""
    labels = {question.id: question.label for question in case.product.questions}
    return [_listed(case, file=file, label=labels.get(file["question"])) for file in files]


def _listed(case: CaseFile, *, file: Mapping[str, Any], label: Words | None) -> dict[str, Any]:
    current = {(one.question, one.id) for one in case.case.submission.files}
    href = url_for("files.find", reference=case.case.reference, file_id=file["id"])
    kind = kind_of_file(file["question"], product=case.product)
    opens = file["scan"] in OPENS and may_look(kind, file=case)
    return {
        "title": file["name"],
        "question": getattr(label, screen_language()) if label else "",
        "added_at": file["added_at"],
        "former": label is not None and (file["question"], file["id"]) not in current,
        **_sized(file["bytes"]),
        "scan": file["scan"],
        "sensitive": kind,
        "picture": file["type"].startswith("image/") and kind is None,
        "href": href if opens else "",
        "look": f"{href}?bekijk" if opens and file["type"] in SHOWN else "",
    }


def _sized(count: int) -> dict[str, Any]:
    if count < _MEGABYTE:
        return {"size": max(1, round(count / _KILOBYTE)), "unit": "kB"}
    return {"size": round(count / _MEGABYTE, 1), "unit": "MB"}
