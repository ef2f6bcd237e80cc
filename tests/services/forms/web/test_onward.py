"""A form that lies ready after a talk: the link opens it filled in, once, and the two cases hear of each other."""

from __future__ import annotations

from dataclasses import replace

from flask.testing import FlaskClient

from shared.database import connect
from shared.ids import new_id
from shared.participation import ApplicationInvited
from tests.contracts.samples import SAMPLES
from tests.services.forms.noor import NOW
from tests.services.forms.shelf import inbox
from tests.services.forms.web.filing import Desk, alone, app, client, desk, scanner, sent
from tests.services.forms.web.noors_browser import send

__all__ = ["alone", "app", "client", "desk", "scanner"]

(INVITED,) = (each for each in SAMPLES if isinstance(each, ApplicationInvited))


def test_the_link_opens_the_form_with_what_was_told_and_sending_it_ties_the_cases(
    client: FlaskClient, desk: Desk
) -> None:
    sent(client)
    (talk,) = desk.told("SubmissionReceived")
    invited = replace(INVITED, invite_id=new_id(), reference=talk["reference"], product="objecten")
    with connect(desk.database.dsn("forms")) as connection:
        for _ in range(2):
            inbox.handle(connection, invited, now=NOW)
    (ready,) = desk.told("ApplicationReady")
    link = "/beginnen/" + ready["link"].rpartition("/")[2]
    fresh = desk.app.test_client()
    page = fresh.get(link).text
    assert "Uw aanvraag staat klaar" in page
    assert talk["applicant"]["name"] not in page
    assert fresh.get("/beginnen/a-guess").status_code == fresh.post("/beginnen/a-guess").status_code == 404
    ways = [fresh.post(link).location for _ in range(2)]
    assert ways[0] == ways[1]
    form = ways[0].rpartition("/")[0]
    assert talk["answers"]["purpose"] in fresh.get(ways[0]).text
    assert talk["answers"]["name"] in fresh.get(f"{form}/controleren").text
    assert send(fresh, form).status_code == 303
    second = desk.told("SubmissionReceived")[1]
    assert second["link"] == {"kind": "talk", "reference": talk["reference"]}
