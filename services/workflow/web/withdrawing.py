"""Taking back what was granted, by who may decide on the case; where the product asks so, a colleague signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.workflow.actions.withdrawing import withdraw_permit
from services.workflow.domain.fault import Fault, FaultyInputError
from services.workflow.domain.hearing import HEARINGS
from services.workflow.domain.withdrawing import NoPermitError, Withdrawal, WithdrawalChangedError, stamp_of
from services.workflow.endings_store import prepared_of
from services.workflow.web.casefile import open_file
from services.workflow.web.office import acting, me, now, reading, shown_by, today
from services.workflow.web.permit_life import find_life
from services.workflow.web.reading import read_text
from shared.access import Permission, allows
from shared.events import Words

pages = Blueprint("withdrawing", __name__)

_NO_CONDITIONS: Final = Fault(
    "conditions", Words(nl="Schrijf op welke voorschriften erbij komen.", en="Write which conditions are added.")
)


@pages.get("/zaken/<reference>/vergunning-intrekken")
@allows(Permission.DECIDE_CASES)
def ask(reference: str) -> ResponseReturnValue:
    return _page(reference)


@pages.post("/zaken/<reference>/vergunning-intrekken")
@allows(Permission.DECIDE_CASES)
@shown_by("withdrawing.ask")
def take_back(reference: str) -> ResponseReturnValue:
    adds = request.form.get("what") == "conditions"
    withdrawal = Withdrawal(
        conditions=read_text(request.form, name="conditions") if adds else "",
        because=read_text(request.form, name="because"),
        source=read_text(request.form, name="source"),
        hearing=next((each for each in HEARINGS if each == request.form.get("hearing")), None),
        hearing_note=read_text(request.form, name="hearing_note"),
    )
    seen = request.form.get("seen", "")
    if adds and not withdrawal.added:
        return _page(reference, withdrawal=withdrawal, faults=(_NO_CONDITIONS,), adds=adds), 422
    try:
        with acting() as desk:
            gone = withdraw_permit(reference, withdrawal=withdrawal, seen=seen, person=me(), now=now(), desk=desk)
    except FaultyInputError as wrong:
        return _page(reference, withdrawal=withdrawal, faults=wrong.faults), 422
    except WithdrawalChangedError:
        return _page(reference, changed=True), 409
    done = "conditions_added" if withdrawal.added else "permit_withdrawn"
    flash(done if gone else "withdrawal_prepared")
    return redirect(url_for("case.show", reference=reference), 303)


def _page(
    reference: str,
    *,
    withdrawal: Withdrawal | None = None,
    faults: Sequence[Fault] = (),
    changed: bool = False,
    adds: bool = False,
) -> str:
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        life = find_life(connection, file=file)
        prepared = prepared_of(connection, case_id=file.case.id)
    if life is None or not life.runs:
        raise NoPermitError
    written = withdrawal or (prepared.withdrawal if prepared else Withdrawal())
    last = file.clock.withdraw_by
    return render_template(
        "withdraw-permit.html",
        file=file,
        withdrawal=written,
        adds=adds or bool(written.added),
        may_add=last is not None and today() <= last,
        hearings=HEARINGS,
        faults=faults,
        changed=changed,
        seen=stamp_of(prepared),
        own=prepared is not None and prepared.is_by(me().subject),
        eyes=file.product.process.four_eyes,
    )
