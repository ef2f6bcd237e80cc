"""Advice on a case: asked by who handles it, given by colleagues, and taken into the decision."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions import advising
from services.workflow.advice_store import asked_of, last_addresses
from services.workflow.domain import advice as advices
from services.workflow.domain.advice import OPINIONS, AdviceGivenError, Given, UnknownAdviceError
from services.workflow.domain.fault import Fault
from services.workflow.web.advice_answer import read_given
from services.workflow.web.advice_form import AdviceForm, begin_form, read_form, to_ask
from services.workflow.web.advice_papers import papers_of
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.office import acting, me, now, office, reading, shown_by, today
from shared.access import Permission, allows, scope_of

pages = Blueprint("advice", __name__)


@pages.get("/adviezen")
@allows(Permission.GIVE_ADVICE)
def mine() -> ResponseReturnValue:
    """Show what is asked of the reader."""
    with reading() as connection:
        return render_template("advice-mine.html", asked=asked_of(connection, person=me()), today=today())


@pages.get("/zaken/<reference>/advies")
@allows(Permission.SEE_CASES)
def show(reference: str) -> ResponseReturnValue:
    return _page(_file(reference))


@pages.post("/zaken/<reference>/advies")
@allows(Permission.WORK_CASES)
@shown_by("advice.show")
def ask(reference: str) -> ResponseReturnValue:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        papers = papers_of(connection, case=file.case, product=file.product)
    form = read_form(request.form, file=file)
    if form.faults:
        return _page(file, form=form, faults=form.faults), 422
    with acting() as desk:
        asked = to_ask(form, file=file, papers=papers)
        advising.ask_advice(reference, asked=asked, person=me(), mailing=_mailing("first"), desk=desk)
    return _back(reference, said="advice_asked")


@pages.post("/zaken/<reference>/advies/opnieuw")
@allows(Permission.WORK_CASES)
@shown_by("advice.show")
def resend(reference: str) -> ResponseReturnValue:
    """Mail a link again."""
    try:
        with acting() as desk:
            advising.ask_again(reference, advice_id=_id(), person=me(), mailing=_mailing("again"), desk=desk)
    except (UnknownAdviceError, AdviceGivenError):
        return _back(reference, said="advice_gone")
    return _back(reference, said="advice_resent")


@pages.post("/zaken/<reference>/advies/geven")
@allows(Permission.GIVE_ADVICE)
@shown_by("advice.show")
def give(reference: str) -> ResponseReturnValue:
    """Keep what a colleague advises."""
    given = read_given(request.form, by=me().name, at=now())
    if faults := advices.faults_of(given):
        return _page(_file(reference), given=given, faults=faults), 422
    try:
        with acting() as desk:
            advising.give_advice(reference, advice_id=_id(), given=given, who=me().subject, desk=desk)
    except (UnknownAdviceError, AdviceGivenError):
        return _back(reference, said="advice_gone")
    return _back(reference, said="advice_given")


@pages.post("/zaken/<reference>/advies/overnemen")
@allows(Permission.WORK_CASES)
@shown_by("advice.show")
def take_over(reference: str) -> ResponseReturnValue:
    """Put the conditions of an adviser into the draft decision."""
    try:
        with acting() as desk:
            advising.take_over_conditions(reference, advice_id=_id(), person=me(), now=now(), desk=desk)
    except UnknownAdviceError:
        return _back(reference, said="advice_gone")
    flash("advice_taken")
    return redirect(url_for("drafting.write", reference=reference), 303)


def _file(reference: str) -> CaseFile:
    with reading() as connection:
        return open_file(connection, person=me(), reference=reference, today=today())


def _page(
    file: CaseFile, *, form: AdviceForm | None = None, given: Given | None = None, faults: Sequence[Fault] = ()
) -> str:
    said, product = file.case.submission, file.product
    with reading() as connection:
        papers = papers_of(connection, case=file.case, product=product)
        addresses = last_addresses(connection, product=product.id)
    scope = scope_of(me(), permission=Permission.GIVE_ADVICE)
    return render_template(
        "case-advice.html",
        file=file,
        form=form or begin_form(file, addresses=addresses, papers=papers),
        given=given,
        giving=request.form.get("advice", ""),
        faults=faults,
        rows=advices.rows_to_show(said, product=product),
        papers=papers,
        opinions=OPINIONS,
        advises=scope.holds(team=file.case.team, product=said.product),
        today=today(),
    )


def _mailing(turn: advising.Turn) -> advising.Mailing:
    return advising.Mailing(site=office().address, turn=turn, at=now())


def _id() -> UUID:
    """The advice that a form is about. Raises UnknownAdviceError."""
    try:
        return UUID(request.form.get("advice", ""))
    except ValueError as error:
        raise UnknownAdviceError from error


def _back(reference: str, *, said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for("advice.show", reference=reference), 303)
