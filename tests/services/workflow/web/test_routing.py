"""Which team gets which cases: tried out before it counts, and what lies nowhere is brought to a team by hand."""

from __future__ import annotations

from datetime import timedelta

from services.workflow.people import remember_person
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import ELS, NOW, REFERENCE, SAMIR, WIM, somebody, submission

LINE = {"lines.0.team": "street", "lines.0.product": "", "lines.0.place": "voorbeeldstraat", "because": "Nieuwe wijk"}
LATER = "Z-2026-2222-2222"


def test_a_version_is_tried_out_on_open_cases_and_then_brings_new_ones_to_its_team(town: Town) -> None:
    town.receive()
    with town.connection() as connection:
        remember_person(connection, person=WIM, now=NOW)
    wim, els = town.client(WIM), town.client(ELS)  # Wim looks after the table and sees no cases
    assert "Er geldt geen eigen verdeling" in wim.get("/verdeling").text
    assert "Zet regel 2 hoger" in wim.post("/verdeling/nieuw", data={**LINE, "action": "add:lines"}).text
    refused = wim.post("/verdeling/nieuw", data={"lines.0.team": "nobody"})
    assert refused.status_code == 422
    assert "Kies een team uit de lijst." in refused.text
    assert els.post("/verdeling/nieuw", data=LINE).status_code == 403

    assert wim.post("/verdeling/nieuw", data=LINE).headers["Location"] == "/verdeling/1"
    tried, seen = wim.get("/verdeling/1").text, els.get("/verdeling/1").text
    assert "Zou komen bij" in tried
    assert REFERENCE not in tried
    assert REFERENCE in seen
    assert "Laat deze verdeling gelden" not in seen
    assert wim.get("/verdeling/2").status_code == 404

    town.receive(submission("Z-2026-1111-1111"))
    assert wim.post("/verdeling/1/geldt").status_code == 303
    town.receive(submission(LATER, received_at=NOW + timedelta(minutes=1)))
    lies = {row["reference"]: row["team"] for row in town.rows("select reference, team from workflow.cases")}
    assert lies == {REFERENCE: "permits", "Z-2026-1111-1111": "permits", LATER: "street"}
    timeline = town.client(SAMIR).get(f"/zaken/{LATER}/tijdlijn").text
    assert "Naar team Openbare ruimte, door regel 1 van verdeling 1" in timeline
    acts = [
        (row["act"], row["details"]) for row in town.rows("select act, details from workflow.audit order by number")
    ]
    assert acts == [("routing.save", {"table": 1}), ("routing.serve", {"table": 1})]
    assert "Geldt nu" in els.get("/verdeling").text


def test_a_case_that_lies_nowhere_is_listed_without_a_name_and_brought_to_a_team_once(town: Town) -> None:
    town.receive()
    town.receive(submission(LATER))
    with town.connection() as connection:
        connection.execute("update workflow.cases set team = 'abolished' where reference = %s", [REFERENCE])
    lead = somebody("lies", "Lies Smit", "lead", "team:street")
    client = town.client(lead)
    assert client.get(f"/zaken/{REFERENCE}").status_code == 404
    assert "1 zaak ligt bij geen team" in client.get("/verdeling").text
    listed = client.get("/verdeling/zonder-team").text
    assert "Team ‘abolished’ bestaat niet." in listed
    assert LATER not in listed
    assert "Noor" not in listed
    missing = client.post("/verdeling/zonder-team", data={"case": REFERENCE, "team": ""})
    assert missing.status_code == 422
    assert f"Kies een team voor zaak {REFERENCE}." in missing.text
    assert client.post("/verdeling/zonder-team", data={"case": REFERENCE, "team": "street"}).status_code == 303
    assert client.post("/verdeling/zonder-team", data={"case": REFERENCE, "team": "permits"}).status_code == 404
    assert client.post("/verdeling/zonder-team", data={"case": LATER, "team": "street"}).status_code == 404
    assert "Elke open zaak ligt bij een team." in client.get("/verdeling/zonder-team").text
    assert "Met de hand naar team Openbare ruimte" in client.get(f"/zaken/{REFERENCE}/tijdlijn").text
    (act,) = town.rows("select who, act, reference from workflow.audit")
    assert act == {"who": "lies", "act": "routing.place", "reference": REFERENCE}
