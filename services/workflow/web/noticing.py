"""Neighbours and participation: the notices of a case and the form that publishes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from services.workflow.actions.noticing import publish_notice, take_down
from services.workflow.domain import notice as notices
from services.workflow.domain.fault import Fault
from services.workflow.domain.notice import NoticeForm, NoticeStandsError, UnknownNoticeError
from services.workflow.domain.view import Weighed
from services.workflow.draft_store import draft_of
from services.workflow.notice_store import notices_of
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.office import acting, me, now, reading, shown_by, today
from services.workflow.web.reading import read_date, read_text, typed_from
from shared.access import Permission, allows

pages = Blueprint("noticing", __name__)


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What stands in the form, the date as typed, and what is wrong with it."""

    form: NoticeForm
    first: Mapping[str, str]
    faults: Sequence[Fault] = ()


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """How somebody began to weigh a view, and what is still wrong with it."""

    view_id: UUID
    weighed: Weighed
    faults: Sequence[Fault]


@pages.get("/zaken/<reference>/omgeving")
@allows(Permission.SEE_CASES)
def show(reference: str) -> ResponseReturnValue:
    return render_neighbours(_file(reference))


@pages.post("/zaken/<reference>/omgeving/bekendmaking")
@allows(Permission.WORK_CASES)
@shown_by("noticing.show")
def publish(reference: str) -> ResponseReturnValue:
    file = _file(reference)
    typed = _read(request.form, file=file)
    if typed.faults:
        return render_neighbours(file, typed=typed), 422
    try:
        with acting() as desk:
            publish_notice(reference, form=typed.form, person=me(), now=now(), desk=desk)
    except NoticeStandsError:
        return _back(reference, said="notice_stands")
    return _back(reference, said="notice_published")


@pages.post("/zaken/<reference>/omgeving/weghalen")
@allows(Permission.WORK_CASES)
@shown_by("noticing.show")
def remove(reference: str) -> ResponseReturnValue:
    try:
        with acting() as desk:
            take_down(reference, number=request.form.get("number", ""), person=me(), now=now(), desk=desk)
    except UnknownNoticeError:
        return _back(reference, said="notice_gone")
    return _back(reference, said="notice_down")


def render_neighbours(file: CaseFile, *, typed: Typed | None = None, weighing: Weighing | None = None) -> str:
    """Give the page, with what was typed where something is wrong with it."""
    with reading() as connection:
        found = notices_of(connection, case_id=file.case.id)
    return render_template(
        "case-notices.html",
        file=file,
        notices=found,
        weighing=weighing,
        runs=any(each.runs(today=today()) for each in found),
        typed=typed or _begin(file),
        extended=notices.is_extended(file.product),
        audiences=notices.AUDIENCES,
        weeks=notices.WEEKS,
        public=notices.public_site(file.case),
        today=today(),
    )


def _file(reference: str) -> CaseFile:
    with reading() as connection:
        return open_file(connection, person=me(), reference=reference, today=today())


def _begin(file: CaseFile) -> Typed:
    with reading() as connection:
        saved = draft_of(connection, case_id=file.case.id)
    draft = saved.draft if saved else None
    form = notices.begin_notice(file.case.submission, product=file.product, draft=draft, today=today())
    return Typed(form=form, first=typed_from(form.first or today()))


def _read(sent: MultiDict[str, str], *, file: CaseFile) -> Typed:
    first = read_date(sent, name="first")
    weeks = sent.get("weeks", "")
    form = NoticeForm(
        heading=read_text(sent, name="heading"),
        place=read_text(sent, name="place"),
        text=read_text(sent, name="text"),
        draft=read_text(sent, name="draft"),
        audience=next((each for each in notices.AUDIENCES if each == sent.get("audience")), None),
        first=first.day,
        weeks=next((each for each in notices.WEEKS if str(each) == weeks), None),
    )
    faults = notices.faults_of(form, said=file.case.submission, product=file.product, today=today())
    return Typed(form=form, first=first.typed, faults=[*([first.fault] if first.fault else []), *faults])


def _back(reference: str, *, said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for("noticing.show", reference=reference), 303)
