"""Who signed online along with an initiative: for who works on the case, with a reason, and each look is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.domain.look import REASONS
from services.workflow.support_store import count_signed, support_of
from services.workflow.web.casefile import CaseFile, open_file
from services.workflow.web.handing_out import hand_out
from services.workflow.web.office import me, office, reading, today
from services.workflow.web.sensitive import record_look
from shared.access import Permission, allows
from shared.participation import Supporter
from shared.wire import read_value

pages = Blueprint("supporters", __name__)

_HEAD: Final = ("Naam", "Straat", "Huisnummer", "Postcode", "Plaats", "In het adressenbestand", "Getekend op")


@pages.get("/zaken/<reference>/medestanders")
@allows(Permission.WORK_CASES)
def show(reference: str) -> ResponseReturnValue:
    """How many signed, and the question why the reader wants to see who."""
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        signed = count_signed(connection, reference=reference)
    return _to_answers(reference) if signed is None else _page(file, signed=signed)


@pages.post("/zaken/<reference>/medestanders")
@allows(Permission.WORK_CASES)
def look(reference: str) -> ResponseReturnValue:
    """Who signed, on the page or to take along."""
    reason = request.form.get("reason", "")
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        found = support_of(connection, reference=reference)
        if found is None:
            return _to_answers(reference)
        if reason not in REASONS:
            return _page(file, signed=found["signed"], wrong=True), 422
        record_look(connection, file=file, kind="supporters", questions=(), reason=reason)
    signed = [read_value(Supporter, one) for one in office().unseal(found["sealed"], about=reference)]
    if "form" in request.form:
        return hand_out("medestanders", form=request.form["form"], head=_HEAD, rows=[_row(one) for one in signed])
    return _page(file, signed=found["signed"], supporters=signed)


def signed_for(file: CaseFile) -> int | None:
    """Give how many signed online along with a case that the reader was found to see; None: nobody could."""
    if file.product.roles.supporters is None:
        return None
    with reading() as connection:
        return count_signed(connection, reference=file.case.reference)


FOR_PAGES: Final[Mapping[str, Any]] = {"signed_for": signed_for}
"""What the templates know of supporters."""


def _page(file: CaseFile, *, signed: int, supporters: Sequence[Supporter] = (), wrong: bool = False) -> str:
    return render_template(
        "supporters.html", file=file, signed=signed, supporters=supporters, wrong=wrong, reasons=REASONS
    )


def _to_answers(reference: str, /) -> ResponseReturnValue:
    """Lead to the answers of a case that nobody could sign online."""
    return redirect(url_for("case.show", reference=reference), 303)


def _row(one: Supporter) -> tuple[Any, ...]:
    where = one.address
    return one.name, where.street, where.number, where.postcode, where.town, "ja" if one.known else "nee", one.on
