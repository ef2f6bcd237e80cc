"""The accessibility statement of the site and of each form, for people and as data."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from flask import Flask, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from services.forms.statement import NoStatement, Statement, read_statement
from services.forms.web.counter import counter, means, public
from shared.api import answer
from shared.catalogue.definitions import Product

_KEY = "balie_statement"


def furnish_statement(app: Flask, *, folder: Path) -> None:
    """Read what this municipality states, and add its pages."""
    app.extensions[_KEY] = read_statement(folder)
    app.add_url_rule("/toegankelijkheid", "accessibility", show)
    app.add_url_rule("/toegankelijkheid/gegevens.json", "accessibility_data", tell)
    app.add_url_rule("/toegankelijkheid/<product_id>", "form_accessibility", show_form)
    app.add_url_rule("/toegankelijkheid/<product_id>/gegevens.json", "form_accessibility_data", tell_form)


@public
def show() -> ResponseReturnValue:
    """How accessible these pages are, in the shape of the Dutch model statement."""
    return _page(None)


@public
def show_form(product_id: str) -> ResponseReturnValue:
    """How accessible one form is."""
    return _page(_product(product_id))


@public
def tell() -> ResponseReturnValue:
    """The statement of the site as data."""
    return answer(_told(None))


@public
def tell_form(product_id: str) -> ResponseReturnValue:
    """The statement of one form as data."""
    return answer(_told(_product(product_id)))


def _page(product: Product | None) -> str:
    return render_template(
        "forms/accessibility.html", statement=_statement(), product=product, whole=_is_whole(product), forms=_forms()
    )


def _told(product: Product | None) -> dict[str, Any]:
    statement, house = _statement(), counter().municipality
    about = {"form": product.id, "title": vars(product.title)} if product else {"forms": [one.id for one in _forms()]}
    told: dict[str, Any] = {"organisation": house.name, "status": statement.status, **about}
    if isinstance(statement, Statement):
        told |= {
            "standard": statement.standard,
            "drawnUpOn": statement.drawn_up_on.isoformat(),
            "auditedOn": statement.audited_on and statement.audited_on.isoformat(),
            "checks": [vars(one) for one in statement.checks],
            "everyPageChecked": _is_whole(product),
            "shortcomings": [vars(one) for one in statement.shortcomings],
        }
    return {**told, "contact": {"email": house.email, "phone": house.phone}}


def _statement() -> Statement | NoStatement:
    return cast("Statement | NoStatement", current_app.extensions[_KEY])


def _is_whole(product: Product | None) -> bool:
    statement = _statement()
    return product is not None and isinstance(statement, Statement) and product.id in statement.whole_forms


def _forms() -> list[Product]:
    return sorted(means().products.current.values(), key=lambda one: one.title.nl)


def _product(product_id: str) -> Product:
    return means().products.current.get(product_id) or abort(404)
