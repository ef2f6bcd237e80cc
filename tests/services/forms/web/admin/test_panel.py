"""Asking the residents' panel: from the text to the mail, one answer per invitation, opt-out, and only counts left."""

from __future__ import annotations

import html
import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from psycopg.types.json import Jsonb
from werkzeug.test import TestResponse

from services.forms.actions.panelling import count_panels, read_addresses
from services.forms.domain.panel import EXAMPLE
from shared.clock import utc_now
from shared.database import connect
from shared.events import FormsMeasured
from shared.law.calendar import local_date
from shared.participation import PanelSent
from tests.conftest import Database
from tests.services.forms.domain.test_panel import CHOICE
from tests.services.forms.shelf import inbox
from tests.services.forms.web.admin.bram import SAMIR, browser_of

NEIGHBOURS = "\n".join(f"Buur {n} <Buur{n}@example.org>" for n in range(8))
CLOSES = local_date(utc_now()) + timedelta(days=10)
DAY = {f"closes.{part}": str(getattr(CLOSES, part)) for part in ("year", "month", "day")}


def links(database: Database) -> dict[str, str]:
    """The personal links by address, as notify hears them once all portions were asked."""
    with connect(database.dsn("forms")) as connection:
        for row in connection.execute("select id from forms.panel where sent_at is not null").fetchall():
            for _ in range(2):
                inbox.handle(connection, PanelSent(panel_id=row["id"]), now=utc_now())
    with connect(database.dsn()) as connection:
        rows = connection.execute("select payload from bus.event where name = 'PanelAsked'").fetchall()
    return {row["payload"]["email"]: row["payload"]["link"].partition("/panel/")[2] for row in rows}


def send(bram: FlaskClient) -> str:
    place = bram.post("/beheer/panel").headers["Location"]
    wrong = bram.post(f"{place}/versturen", data={"addresses": "geen adres\n", **DAY, "closes.day": "99"})
    assert wrong.status_code == 422
    assert "Zet op elke regel één e-mailadres." in wrong.text
    assert "Kies een dag na vandaag" in wrong.text
    far = bram.post(f"{place}/versturen", data={"addresses": "a@example.org", **DAY, "closes.year": "9" * 20})
    assert "Kies een dag na vandaag" in far.text
    long = bram.post(f"{place}/versturen", data={"addresses": "x" * 400_001, **DAY})
    assert "Deze lijst is te lang." in long.text
    assert mail(bram, place, addresses=NEIGHBOURS).status_code == 303
    return place


def mail(bram: FlaskClient, place: str, /, *, addresses: str, seen: str = "") -> TestResponse:
    """Send it as it stands on the page now, or as it was `seen` before."""
    return bram.post(f"{place}/versturen", data={"addresses": addresses, **DAY, "seen": seen or seen_on(bram, place)})


def seen_on(bram: FlaskClient, place: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', bram.get(place).text)
    return found[1] if found else ""


def test_a_line_with_two_addresses_is_wrong_and_a_name_beside_one_is_not() -> None:
    read = read_addresses("a@x.nl; b@x.nl\n\nBea <Bea@x.nl>\nc@d@x.nl\nbea@x.nl, Bea@X.nl")
    assert (read.good, read.wrong) == (["bea@x.nl"], [1, 4])


def test_what_a_colleague_changed_meanwhile_is_not_sent(bram: FlaskClient, carla: FlaskClient) -> None:
    place = bram.post("/beheer/panel").headers["Location"]
    seen = seen_on(bram, place)
    changed = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", carla.get(place).text, re.S)
    assert changed
    carla.post(place, data={"text": html.unescape(changed[1]).replace("maximum: 10", "maximum: 9")})
    answer = mail(bram, place, addresses=NEIGHBOURS, seen=seen)
    assert "Een collega heeft de tekst intussen veranderd." in bram.get(answer.headers["Location"]).text
    assert "Verstuur de vragen" in bram.get(place).text
    assert mail(bram, place, addresses=NEIGHBOURS).status_code == 303
    assert "De vragen zijn onderweg" in bram.get(place).text


def test_a_text_that_cannot_be_read_any_more_is_closed_without_counts(
    bram: FlaskClient, app: Flask, database: Database
) -> None:
    place = send(bram)
    token = links(database)["buur1@example.org"]
    assert app.test_client().post(f"/panel/{token}", data={"mark": "5", "lights": "true"}).status_code == 303
    told: list[FormsMeasured] = []
    with connect(database.dsn("forms")) as connection:
        connection.execute("update forms.panel set text = '{'")
        count_panels(connection, today=CLOSES + timedelta(days=1), tell=told.append)
        assert connection.execute("select from forms.panel_answer").fetchall() == told == []
    assert "Deze vragen konden wij niet tellen." in bram.get(place).text


def test_each_link_answers_once_and_after_the_last_day_only_counts_are_left(
    bram: FlaskClient, app: Flask, database: Database
) -> None:
    place = send(bram)
    asked = links(database)
    assert set(asked) == {f"buur{n}@example.org" for n in range(8)}
    assert "Deze vragenlijst is al verstuurd." in bram.post(place, data={"text": "x"}, follow_redirects=True).text
    mail(bram, place, addresses="nieuw@example.org", seen="before")
    assert len(links(database)) == 8
    resident = app.test_client()
    tokens = list(asked.values())
    assert "Welk cijfer geeft u het park?" in resident.get(f"/panel/{tokens[0]}").text
    too_high = resident.post(f"/panel/{tokens[0]}", data={"mark": "11"})
    assert too_high.status_code == 422
    for n, token in enumerate(tokens[:6]):
        assert resident.post(f"/panel/{token}", data={"mark": str(5 + n), "lights": "true"}).status_code == 303
        resident.post(f"/panel/{token}", data={"mark": "1"})  # a second time counts for nothing
    assert "U kunt ze niet meer veranderen." in resident.get(f"/panel/{tokens[0]}").text
    assert "Antwoorden tot nu toe: 6." in bram.get(place).text
    assert "Gemiddeld" not in bram.get(place).text

    told: list[FormsMeasured] = []
    with connect(database.dsn("forms")) as connection:
        count_panels(connection, today=CLOSES, tell=told.append)
        assert told == []
        for _ in range(2):
            count_panels(connection, today=CLOSES + timedelta(days=1), tell=told.append)
        left = "select (select count(*) from forms.panel_answer) + (select count(panel) from forms.panel_invite) as n"
        assert connection.execute(left).fetchone() == {"n": 0}
        kept = connection.execute("select * from forms.panel").fetchall()
    (told_once,) = told
    counts = {(one.id, one.what): one.count for one in told_once.counts}
    assert counts["mark", "sum"] == 45
    assert counts["lights", "answer.true"] == 6
    assert not re.search("@", str(kept))
    assert "Gemiddeld 7,5, van 6 mensen." in bram.get(place).text
    assert "Deze vragenlijst is gesloten" in resident.get(f"/panel/{tokens[7]}").text
    assert resident.post(f"/panel/{tokens[7]}", data={"mark": "5"}).location == f"/panel/{tokens[7]}"
    stopped = resident.post(f"/panel/{tokens[7]}", data={"act": "stop"}, follow_redirects=True)
    assert "U krijgt van ons geen vragenlijsten meer." in stopped.text
    assert resident.get("/panel/a-guess").status_code == 404
    with connect(database.dsn("forms")) as connection:
        count_panels(connection, today=CLOSES + timedelta(days=366), tell=told.append)
    assert resident.get(f"/panel/{tokens[0]}").status_code == 404


def test_a_small_group_is_shown_as_hidden_and_only_an_answer_that_nobody_gave_as_none(
    bram: FlaskClient, database: Database
) -> None:
    place = bram.post("/beheer/panel").headers["Location"]
    bram.post(place, data={"text": EXAMPLE + CHOICE})
    assert mail(bram, place, addresses=NEIGHBOURS).status_code == 303
    given = [{"lights": True, "often": "daily"}] * 12 + [{"lights": True, "often": "never"}] * 2
    with connect(database.dsn("forms")) as connection:
        statement = "insert into forms.panel_answer (panel, answers) values (%s, %s)"
        for answers in given:
            connection.execute(statement, [place.rpartition("/")[2], Jsonb(answers)])
        count_panels(connection, today=CLOSES + timedelta(days=1), tell=lambda _: None)
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", bram.get(place).text)
    assert {name: re.findall(r">([^<]+)</td>", cells) for name, cells in rows} == {
        "Ja": ["14", "100 %"],
        "Nee": ["0", "0 %"],
        "Elke dag": ["verborgen: kleine groep"],  # 12 would tell the 2
        "Elke week": ["0", "0 %"],
        "Nooit": ["verborgen: kleine groep"],
    }


def test_who_wants_no_questions_is_never_asked_again(bram: FlaskClient, app: Flask, database: Database) -> None:
    send(bram)
    token = links(database)["buur3@example.org"]
    resident = app.test_client()
    stopped = resident.post(f"/panel/{token}", data={"act": "stop"}, follow_redirects=True)
    assert "U krijgt van ons geen vragenlijsten meer." in stopped.text
    assert resident.get(f"/panel/{token}").status_code == 404
    place = send(bram)
    links(database)
    assert "Gevraagd: 7 mensen." in bram.get(place).text


def test_only_the_functional_administrator_makes_questionnaires(app: Flask, client: FlaskClient) -> None:
    for path in ("/beheer/panel", "/beheer/panel/panel-0"):
        assert client.get(path).status_code == 303
        assert browser_of(app, person=SAMIR).get(path).status_code == 403
