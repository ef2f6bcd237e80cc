"""From a talk to an application: the handler chooses what fits, and the applicant gets the form filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions.onward import invite_on
from services.workflow.domain.onward import Invite, NoWayOnError, ways_on
from services.workflow.invite_store import invites_of
from services.workflow.products import KeptProducts
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.office import acting, me, now, reading, shown_by, today
from services.workflow.web.reading import given_id
from shared.access import Permission, allows
from shared.catalogue.evaluate import evaluate
from shared.catalogue.publications import serving_at
from shared.events import Nature, Words

pages = Blueprint("onward", __name__)


@pages.get("/zaken/<reference>/aanvraag")
@allows(Permission.SEE_CASES)
def show(reference: str) -> ResponseReturnValue:
    return _page(_file(reference))


@pages.post("/zaken/<reference>/aanvraag")
@allows(Permission.WORK_CASES)
@shown_by("onward.show")
def invite(reference: str) -> ResponseReturnValue:
    file, product = _file(reference), request.form.get("product", "")
    title = _titles(file).get(product)
    if title is None:
        return _page(file, wrong=True), 422
    laid = Invite(id=given_id(request.form), product=product, title=title, invited_at=now())
    try:
        with acting() as desk:
            invite_on(reference, invite=laid, person=me(), now=now(), desk=desk)
    except NoWayOnError:
        flash("no_way_on")
    else:
        flash("invited_on")
    return redirect(url_for("onward.show", reference=reference), 303)


def ways_for(file: CaseFile) -> bool:
    """Whether this case is a talk that can lead to an application of another product."""
    return file.product.nature is Nature.REQUEST and bool(ways_on(file.product))


FOR_PAGES: Final[Mapping[str, Any]] = {"ways_for": ways_for}
"""What the templates know of ways on."""


def _file(reference: str) -> CaseFile:
    with reading() as connection:
        return open_file(connection, person=me(), reference=reference, today=today())


def _titles(file: CaseFile) -> Mapping[str, Words]:
    """What can be chosen, as far as it is open now."""
    with reading() as connection:
        serving, kept = serving_at(connection, at=now()), KeptProducts(connection)
        open_now = (serving[name] for name in ways_on(file.product) if name in serving)
        return {each.product: kept.product(each.product, version=each.version).title for each in open_now}


def _page(file: CaseFile, *, wrong: bool = False) -> str:
    said = file.case.submission
    with reading() as connection:
        invites = invites_of(connection, case_id=file.case.id)
    fitting = evaluate(file.product, said.answers, on=today()).other_product
    return render_template(
        "case-onward.html",
        file=file,
        titles=_titles(file),
        chosen=request.form.get("product") or (fitting.product if fitting else ""),
        invites=invites,
        id=given_id(request.form),
        wrong=wrong,
    )
