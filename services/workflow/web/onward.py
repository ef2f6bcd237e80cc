"""From a talk to an application: the handler chooses what fits, and the applicant gets the form filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A case, what can be laid ready after it as far as it is open now, and what lies ready."""

    file: CaseFile
    titles: Mapping[str, Words]
    invites: Sequence[Invite]


@pages.get("/zaken/<reference>/aanvraag")
@allows(Permission.SEE_CASES)
def show(reference: str) -> ResponseReturnValue:
    return _page(_talk(reference))


@pages.post("/zaken/<reference>/aanvraag")
@allows(Permission.WORK_CASES)
@shown_by("onward.show")
def invite(reference: str) -> ResponseReturnValue:
    talk, product = _talk(reference), request.form.get("product", "")
    title = talk.titles.get(product)
    if title is None:
        return _page(talk, wrong=True), 422
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


def _talk(reference: str) -> Talk:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        serving, kept = serving_at(connection, at=now()), KeptProducts(connection)
        open_now = (serving[name] for name in ways_on(file.product) if name in serving)
        titles = {each.product: kept.product(each.product, version=each.version).title for each in open_now}
        return Talk(file=file, titles=titles, invites=invites_of(connection, case_id=file.case.id))


def _page(talk: Talk, *, wrong: bool = False) -> str:
    fitting = evaluate(talk.file.product, talk.file.case.submission.answers, on=today()).other_product
    return render_template(
        "case-onward.html",
        **vars(talk),
        chosen=request.form.get("product") or (fitting.product if fitting else ""),
        id=given_id(request.form),
        wrong=wrong,
    )
