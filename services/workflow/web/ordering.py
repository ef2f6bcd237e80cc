"""Saying what is done to each of the cases that were chosen together; it begins once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow import bulk_store
from services.workflow.domain.fault import Fault, FaultyInputError
from services.workflow.domain.hearing import HEARINGS
from services.workflow.web.office import now, reading, shown_by
from services.workflow.web.order_choice import Choice, choice_for, own_run
from services.workflow.web.order_form import OrderForm, begin_order, offer_of, order_from, read_order
from shared.access import Permission, allows

pages = Blueprint("ordering", __name__)


@pages.get("/samen/<uuid:run_id>/opdracht")
@allows(Permission.WORK_CASES)
def write(run_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        run = own_run(connection, run_id=run_id)
        choice = choice_for(connection, run=run)
    return _page(choice, form=begin_order()) if run.act is None else _to(run_id)


@pages.post("/samen/<uuid:run_id>/opdracht")
@allows(Permission.WORK_CASES)
@shown_by("ordering.write")
def start(run_id: UUID) -> ResponseReturnValue:
    form = read_order(request.form)
    with reading() as connection:
        choice = choice_for(connection, run=own_run(connection, run_id=run_id))
        people = [load.person for load in choice.loads]
        try:
            order = order_from(form, acts=choice.acts, people=people, product=choice.product)
        except FaultyInputError as wrong:
            return _page(choice, form=form, faults=wrong.faults), 422
        bulk_store.start_run(connection, run_id=run_id, order=order, now=now())
    return _to(run_id)


def _to(run_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("together.show", run_id=run_id), 303)


def _page(choice: Choice, *, form: OrderForm, faults: Sequence[Fault] = ()) -> str:
    return render_template(
        "together.html",
        run=choice.run,
        acts=[act.value for act in choice.acts],
        loads=choice.loads,
        product=choice.product,
        offer=offer_of(choice.product) if choice.product else None,
        hearings=HEARINGS,
        form=form,
        faults=faults,
    )
