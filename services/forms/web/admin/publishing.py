"""Publishing the working copy: what it changes for residents, from when on, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flask import Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.forms.actions.publishing import FaultyTextError, NothingNewError, offer_copy, publish_copy
from services.forms.domain.compare import Comparison, compare
from services.forms.domain.working import ChangedByColleagueError
from services.forms.publications import InThePastError
from services.forms.web.admin.choosing import WORKING, File, choose, open_file
from services.forms.web.admin.moments import Moment, posted_moment
from services.forms.web.admin.room import administered, desk_means, posted_reason, posted_revision, signed
from services.forms.web.counter import said
from shared.events import Words

_CHOOSE: Final = Words(nl="Kies vanaf wanneer de tekst geldt", en="Choose from when on the text counts")
_PAST: Final = Words(nl="Dit moment is voorbij. Kies een later moment.", en="This moment is over. Choose a later one.")
_WHY: Final = Words(nl="Schrijf op waarom u dit verandert", en="Write down why you change this")


def open_publishing(app: Flask) -> None:
    """Add these pages."""
    app.add_url_rule("/beheer/product/<product_id>/publiceren", "admin_publish", show)
    app.add_url_rule("/beheer/product/<product_id>/publiceren", "admin_published", publish, methods=["POST"])
    app.add_url_rule("/beheer/product/<product_id>/regelproef", "admin_offered", offer, methods=["POST"])


@administered
def show(product_id: str) -> ResponseReturnValue:
    """What publishing the working copy changes."""
    file = open_file(product_id)
    if file.copy is None:
        return redirect(url_for("admin_product", product_id=product_id), code=303)
    return _page(file)


@administered
def publish(product_id: str) -> ResponseReturnValue:
    """Publish it, at once or from a moment on."""
    file, because = open_file(product_id), posted_reason()
    moment = _moment()
    errors = [*moment.errors, *([] if because else [("because", _WHY)])]
    if errors:
        return _page(file, errors=errors), 422
    try:
        publish_copy(
            product_id, revision=posted_revision(), serves_from=moment.at, means=desk_means(), signed=signed(because)
        )
    except InThePastError:
        return _page(file, errors=[("day", _PAST)]), 422
    except FaultyTextError:
        flash("faulty", "error")
        return redirect(url_for("admin_text", product_id=product_id), code=303)
    except ChangedByColleagueError:
        flash("changed_meanwhile", "warning")
        return redirect(url_for("admin_publish", product_id=product_id), code=303)
    except NothingNewError:
        flash("serves_already", "info")
        return redirect(url_for("admin_publish", product_id=product_id), code=303)
    flash("planned" if moment.at else "published", "ok")
    return redirect(url_for("admin_product", product_id=product_id), code=303)


@administered
def offer(product_id: str) -> ResponseReturnValue:
    """Set the working copy ready for a rule trial; residents notice nothing."""
    try:
        offer_copy(product_id, revision=posted_revision(), means=desk_means(), signed=signed())
    except FaultyTextError:
        flash("faulty", "error")
        return redirect(url_for("admin_text", product_id=product_id), code=303)
    except ChangedByColleagueError:
        flash("changed_meanwhile", "warning")
    else:
        flash("offered", "ok")
    return redirect(url_for("admin_publish", product_id=product_id), code=303)


def _moment() -> Moment:
    match request.form.get("when"):
        case "now":
            return Moment(at=None)
        case "later":
            return posted_moment()
        case _:
            return Moment(at=None, errors=[("when", _CHOOSE)])


def _page(file: File, *, errors: Sequence[tuple[str, Words]] = ()) -> str:
    chosen = choose(file, key=WORKING)
    return render_template(
        "admin/publish.html",
        file=file,
        ready=chosen.product is not None,
        comparison=_comparison(file, new=chosen.product),
        typed=_typed(),
        errors=[(name, said(words)) for name, words in errors],
    )


def _comparison(file: File, *, new: Any) -> Comparison | None:
    if file.serving is None or new is None:
        return None
    with desk_means().open_desk() as desk:
        return compare(desk.find_version(file.id, version=file.serving.version), new)


def _typed() -> dict[str, str]:
    names = ("when", "day.day", "day.month", "day.year", "hour", "because")
    return {name: request.form.get(name, "") for name in names}
