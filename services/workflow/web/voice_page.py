"""What the pages on residents show: how a product is marked, and what is said of it in words that people know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request

from services.workflow import voice_store as store
from services.workflow.domain.fault import Fault
from services.workflow.domain.voices import STATUSES, Marks, Mean, Quarter, by_quarter, by_step, first_day
from services.workflow.trial_store import versions
from services.workflow.web.office import now, today
from services.workflow.web.trial_page import served_of
from shared.catalogue.definitions import Product
from shared.catalogue.versions import recall
from shared.database import Connection
from shared.events import Words


@dataclass(frozen=True, kw_only=True)
class Marked:
    """The marks of one product: of the last year as a whole and by step, and by quarter."""

    year: Mapping[str, Mean]
    quarters: Sequence[Quarter]


def marked_of(marks: Sequence[Marks], *, today: date) -> Marked:
    """Work out what is shown of marks."""
    return Marked(year=last_year(marks, today=today), quarters=by_quarter(marks, today=today))


def last_year(marks: Sequence[Marks], *, today: date) -> dict[str, Mean]:
    """Give the means of the last four quarters, that of today included."""
    since = first_day(today).replace(year=first_day(today).year + 1)
    return by_step(each for each in marks if each.day >= since)


def named(product: Product, *, subject: str) -> Words | None:
    """What a remark is about, as residents read it; None when that is nothing in particular, or gone."""
    for question in product.questions:
        if question.id == subject:
            return question.label
    for rule in product.rules:
        if rule.id == subject:
            return rule.because
    return None


def show_products(connection: Connection) -> str:
    """Give the page with the products that serve, each with its mark of the last year and the remarks that wait."""
    marks = store.list_marks(connection, since=first_day(today()))
    rows = [
        (product, recall(connection, product_id=product, version=version).title)
        for product, version in served_of(versions(connection, now=now())).items()
    ]
    years = {product: last_year(marks.get(product, []), today=today()) for product, _ in rows}
    return render_template("voices.html", rows=rows, years=years, counts=store.count_remarks(connection))


def show_product(
    connection: Connection, *, product: Product, chosen: Sequence[int] = (), faults: Sequence[Fault] = ()
) -> str:
    """Give the page of one product, with what was chosen and what is wrong in it."""
    status = request.args.get("status", "new")
    status = status if status in STATUSES else "new"
    found = store.list_marks(connection, since=first_day(today()), product=product.id)
    remarks = store.list_remarks(connection, product=product.id, status=status)
    answers = store.list_answers(connection, product=product.id)
    return render_template(
        "voices-product.html",
        product=product,
        marked=marked_of(found.get(product.id, []), today=today()),
        status=status,
        counts=store.count_remarks(connection).get(product.id, {}),
        remarks=remarks,
        answers=answers,
        names={row["subject"]: named(product, subject=row["subject"]) for row in (*remarks, *answers)},
        most=store.MOST,
        form=request.form,
        chosen=chosen,
        faults=faults,
    )


def served_product(connection: Connection, *, product: str) -> Product | None:
    """Give the product as it serves now; None when nobody is offered it."""
    version = served_of(versions(connection, now=now())).get(product)
    return recall(connection, product_id=product, version=version) if version else None
