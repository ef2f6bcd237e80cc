"""What is kept for ever: the list of it, and each case as a zip for the archive."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from services.workflow import archive_queries, queries
from services.workflow.audit import Act, record
from services.workflow.transferring import Transfer, pack, read_dossier
from services.workflow.web.casefile import open_file
from services.workflow.web.keeping import keeping_for
from services.workflow.web.office import letters, me, now, office, reading, today
from shared.access import Permission, allows
from shared.events import Words
from shared.law.calendar import local_date
from shared.problems import ProblemError

pages = Blueprint("transfer", __name__)

_NOT_FOR_EVER: Final = Words(
    nl="Alleen een gesloten zaak die blijvend bewaard wordt, gaat naar het archief.",
    en="Only a closed case that is kept for ever goes to the archive.",
)


@pages.get("/archief/blijvend")
@allows(Permission.MANAGE_RECORDS)
def show() -> ResponseReturnValue:
    with reading() as connection:
        cases = archive_queries.for_ever(connection, years=office().transfer_years)
        return render_template("archive-for-ever.html", cases=cases)


@pages.get("/archief/zaken/<reference>/overdracht.zip")
@allows(Permission.MANAGE_RECORDS)
def take(reference: str) -> ResponseReturnValue:
    """Give the case as the archive takes it; it is recorded that somebody did."""
    with reading() as connection:
        file = open_file(connection, person=me(), reference=reference, today=today())
        taken = queries.decision_of(connection, case_id=file.case.id)
        keeping = keeping_for(connection, file=file)
        if keeping is None or not keeping.rule.keep:
            raise ProblemError(409, title=_NOT_FOR_EVER)
        sent_on = local_date(taken.sent_at or taken.decided_at) if taken else today()
        transfer = Transfer(
            case=file.case,
            taken=taken,
            keeping=keeping,
            dossier=read_dossier(connection, case_id=file.case.id),
            letter=letters().compose(taken.decision, reference=reference, sent_on=sent_on) if taken else None,
            archive=office().municipality.name,
            made_at=now(),
        )
        record(connection, act=Act(at=now(), who=me().subject, act="archive.transfer", reference=reference))
    packed = pack(transfer, vault=office().vault)
    name = f'attachment; filename="{reference}.zip"'
    return Response(packed, content_type="application/zip", headers={"Content-Disposition": name})
