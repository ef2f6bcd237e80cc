"""What residents think: marks over time, remarks with a status, and what is told back for everybody to read."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow import voice_store as store
from services.workflow.web.office import me, now, reading
from services.workflow.web.voice_form import read_answer, read_chosen
from services.workflow.web.voice_page import served_product, show_product, show_products
from shared.access import Permission, allows
from shared.bus import Courier
from shared.catalogue.definitions import Product
from shared.database import Connection
from shared.events import RemarkAnswered
from shared.problems import problem_of

pages = Blueprint("voices", __name__)


@pages.get("/inwoners")
@allows(Permission.SEE_FIGURES)
def show_all() -> ResponseReturnValue:
    """List the products with their mark of the last year, and the remarks that wait."""
    with reading() as connection:
        return show_products(connection)


@pages.get("/inwoners/<product>")
@allows(Permission.SEE_FIGURES)
def show(product: str) -> ResponseReturnValue:
    """Show how a product is marked, the remarks of one status, and what was told back."""
    with reading() as connection:
        return show_product(connection, product=_served(connection, product=product))


@pages.post("/inwoners/<product>")
@allows(Permission.ANSWER_RESIDENTS)
def answer(product: str) -> ResponseReturnValue:
    """Keep that remarks were looked at, or tell residents what was done with them."""
    with reading() as connection:
        served = _served(connection, product=product)
        chosen = _chosen(connection, product=product)
        if request.form.get("act") == "seen":
            store.mark_seen(connection, product=product, remarks=list(chosen), by=me().subject, now=now())
            flash("remarks_seen")
            return redirect(url_for("voices.show", product=product), 303)
        told, faults = read_answer(product, subjects=chosen)
        if told is None:
            return show_product(connection, product=served, chosen=list(chosen), faults=faults), 422
        store.keep_answer(connection, told, remarks=list(chosen), by=me().subject, now=now())
        _tell(connection, answer=told, standing=True)
    flash("residents_answered")
    return redirect(url_for("voices.show", product=product), 303)


@pages.post("/inwoners/<product>/antwoorden/<uuid:answer_id>")
@allows(Permission.ANSWER_RESIDENTS)
def take_down(product: str, *, answer_id: UUID) -> ResponseReturnValue:
    """Take back what was told: nobody reads it any more."""
    with reading() as connection:
        gone = store.take_down(connection, answer_id=answer_id, product=product, by=me().subject, now=now())
        if gone:
            _tell(connection, answer=gone, standing=False)
    flash("answer_taken_down")
    return redirect(url_for("voices.show", product=product), 303)


def _served(connection: Connection, *, product: str) -> Product:
    found = served_product(connection, product=product)
    if found is None:
        raise problem_of(404)
    return found


def _chosen(connection: Connection, *, product: str) -> dict[int, str]:
    """The subjects of the chosen remarks, of those that wait for an answer."""
    waiting = [
        row for status in ("new", "seen") for row in store.list_remarks(connection, product=product, status=status)
    ]
    chosen = set(read_chosen())
    return {row["id"]: row["subject"] for row in waiting if row["id"] in chosen}


def _tell(connection: Connection, *, answer: store.AnswerBack, standing: bool) -> None:
    told = RemarkAnswered(
        answer_id=answer.id,
        at=now(),
        product=answer.product,
        subject=answer.subject,
        outcome="done" if answer.outcome == "done" else "not_done",
        said=answer.said,
        done=answer.done,
        standing=standing,
    )
    Courier(connection, now=now()).tell(told)
