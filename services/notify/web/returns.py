"""The door through which our mail server passes on what other mail systems report: one mail per request."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from services.notify.domain.tellings import Table
from services.notify.report_store import take_report
from services.notify.returning import NoReportError, ReturnAddress, read_report
from shared.access import Permission, allows
from shared.clock import utc_now
from shared.crypto import same
from shared.database import Pool
from shared.events import Words
from shared.problems import ProblemError
from shared.web import limiter

_LARGEST = 1_000_000
_WRONG_KEY = Words(nl="Deze deur is voor onze mailserver.", en="This door is for our mail server.")
_NO_REPORT = Words(nl="Dit is geen melding over een mail van ons.", en="This is no report on a mail of ours.")


def open_returns(pool: Pool, *, key: str, address: ReturnAddress | None, table: Table) -> Blueprint:
    """Make the door; the server shows the key as bearer."""
    doors = Blueprint("returns", __name__)

    @doors.post("/retour")
    @limiter.limit("600/minute")
    @allows(Permission.PUBLIC)
    def take() -> ResponseReturnValue:
        if not same(request.headers.get("Authorization", ""), f"Bearer {key}"):
            raise ProblemError(403, title=_WRONG_KEY)
        request.max_content_length = _LARGEST
        try:
            report = read_report(request.get_data(), address=address)
            with pool.connection() as connection:
                taken = take_report(connection, report=report, table=table, now=utc_now())
        except NoReportError:
            raise ProblemError(422, title=_NO_REPORT) from None
        return "", 204 if taken else 503

    return doors
