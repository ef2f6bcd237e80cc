"""Fewer rules: what the rules and questions of a product did and brought, and what could go, with its evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.domain.carrying_out import carried_out
from services.workflow.trial_store import Trial, last_review, progress_of, versions
from services.workflow.web.office import now, reading, today
from services.workflow.web.pruning_page import Weighed, best_of, evidence_for, weighed_of
from services.workflow.web.trial_page import served_of
from services.workflow.web.trialing import new_trial, start
from shared.access import Permission, allows
from shared.catalogue.versions import recall, remember
from shared.database import Connection
from shared.problems import problem_of

pages = Blueprint("pruning", __name__)

_LOOK_BACK: Final = timedelta(days=3 * 365)


@pages.get("/minder-regels")
@allows(Permission.TRY_RULES)
def show_all() -> ResponseReturnValue:
    """List what could go of all products together, and the products with what was last found of each."""
    with reading() as connection:
        served = served_of(versions(connection, now=now()))
        rows = [
            (product, recall(connection, product_id=product, version=version).title, _last(connection, product=product))
            for product, version in served.items()
        ]
    found = {product: weighed for product, _, weighed in rows if weighed}
    return render_template("pruning.html", rows=rows, found=found, best=best_of(found))


@pages.post("/minder-regels")
@allows(Permission.TRY_RULES)
def begin_all() -> ResponseReturnValue:
    """Weigh all versions that serve, over the applications of the last three years; what runs already goes on."""
    with reading() as connection:
        for product, version in served_of(versions(connection, now=now())).items():
            last = last_review(connection, product=product)
            if last is None or last.stopped_at or not progress_of(connection, trial_id=last.id).parts_left:
                start(connection, _trial(product, base=version, draft=version, kind="review"))
    return redirect(url_for("pruning.show_all"), 303)


@pages.get("/minder-regels/<product>")
@allows(Permission.TRY_RULES)
def show(product: str) -> ResponseReturnValue:
    """Show what could go, and what each rule and question did."""
    with reading() as connection:
        _served(connection, product=product)
        weighed = _last(connection, product=product)
        if weighed is None:
            return redirect(url_for("pruning.show_all"), 303)
        evidence = evidence_for(connection, weighed)
        return render_template("pruning-product.html", weighed=weighed, evidence=evidence, updated=now())


@pages.post("/minder-regels/<product>")
@allows(Permission.TRY_RULES)
def begin(product: str) -> ResponseReturnValue:
    """Weigh the version that serves, over the applications of the last three years."""
    with reading() as connection:
        version = _served(connection, product=product)
        start(connection, _trial(product, base=version, draft=version, kind="review"))
    return redirect(url_for("pruning.show", product=product), 303)


@pages.post("/minder-regels/<product>/regelproef")
@allows(Permission.TRY_RULES)
def try_out(product: str) -> ResponseReturnValue:
    """Make a rule trial of a proposal: the text with it carried out, which nobody is offered."""
    with reading() as connection:
        weighed = _last(connection, product=product)
        proposal = weighed.proposed(request.form.get("proposal", "")) if weighed else None
        changed = carried_out(proposal, product=weighed.product) if weighed and proposal else None
        if weighed is None or changed is None:
            flash("no_draft" if proposal else "no_such_proposal")
            return redirect(url_for("pruning.show", product=product), 303)
        remember(connection, changed)
        trial = _trial(product, base=weighed.product.version, draft=changed.version, kind="trial")
        start(connection, trial)
    return redirect(url_for("trialing.show", trial_id=trial.id), 303)


def _served(connection: Connection, *, product: str) -> str:
    version = served_of(versions(connection, now=now())).get(product)
    if version is None:
        raise problem_of(404)
    return version


def _last(connection: Connection, *, product: str) -> Weighed | None:
    found = last_review(connection, product=product)
    return weighed_of(connection, trial=found) if found else None


def _trial(product: str, *, base: str, draft: str, kind: str) -> Trial:
    return new_trial(product, base=base, draft=draft, since=today() - _LOOK_BACK, until=today(), kind=kind)
