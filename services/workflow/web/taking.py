"""Takes a list of cases along, as CSV or as a workbook: the cases of the list, at most ten thousand, and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flask import Blueprint, Response, get_template_attribute, request
from flask.typing import ResponseReturnValue

from services.workflow import lists, queries
from services.workflow.audit import Act, record
from services.workflow.lists import read_wanted
from services.workflow.sheets import Row
from services.workflow.web.handing_out import hand_out
from services.workflow.web.office import me, now, reading, screen_language, today
from shared.access import Permission, allows
from shared.law.calendar import local_date

pages = Blueprint("taking", __name__)

_HEAD: Final = {
    "nl": ("Zaaknummer", "Soort zaak", "Aanvrager", "Plaats", "Status", "Behandelaar", "Ontvangen", "Beslisdatum"),
    "en": ("Case number", "Kind of case", "Applicant", "Place", "Status", "Case handler", "Received", "Decide by"),
}


@pages.get("/lijst.csv")
@allows(Permission.SEE_CASES)
def as_csv() -> ResponseReturnValue:
    return _hand_over("csv")


@pages.get("/lijst.xlsx")
@allows(Permission.SEE_CASES)
def as_workbook() -> ResponseReturnValue:
    return _hand_over("xlsx")


def _hand_over(form: str) -> Response:
    wanted = read_wanted(request.args)
    with reading() as connection:
        found = lists.each_case(connection, person=me(), wanted=wanted, today=today(), most=lists.COUNTED)
        details = {"form": form, "view": wanted.view, "cases": len(found)}
        record(connection, act=Act(at=now(), who=me().subject, act="export", reference=None, details=details))
    return hand_out("zaken", form=form, head=_HEAD[screen_language()], rows=[_row(each) for each in found])


def _row(case: queries.Row) -> Row:
    status: Any = get_template_attribute("words.html", "status_text")
    texts: Sequence[str] = (
        case["reference"],
        case[f"title_{screen_language()}"],
        case["applicant"],
        case["place"] or "",
        str(status(case["status"])).strip(),
        case["handler_name"] or "",
    )
    return (*texts, local_date(case["received_at"]), case["deadline"])
