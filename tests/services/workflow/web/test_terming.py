"""The term of a case on its page: clocks, what an act would do, and the act itself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from services.workflow.actions import terming
from services.workflow.desk import open_desk
from services.workflow.domain.acts import Act, ActKind
from shared.clock import utc_now
from shared.ids import new_id
from shared.law.calendar import local_date, long_date
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import MILA, REFERENCE, RUUD, SAMIR, TODAY

TERM = f"/zaken/{REFERENCE}/termijn"


@pytest.fixture
def client(town: Town) -> FlaskClient:
    """Samir's browser; the case came in just now."""
    town.now = utc_now()
    town.claimed(SAMIR)
    return town.client(SAMIR)


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def extension(client: FlaskClient) -> dict[str, str]:
    """The form of an extension as it was shown, ready to be confirmed."""
    begun = hidden(client.get(f"{TERM}/verlengen").text)
    shown = client.post(f"{TERM}/verlengen", data={**begun, "because": "Het advies is laat.", "step": "show"})
    assert shown.status_code == 200
    return {**hidden(shown.text), "step": "do"}


def test_five_clocks_stand_side_by_side_with_the_ledger(client: FlaskClient) -> None:
    page = client.get(TERM).text
    for name in ("Servicenorm", "Beslistermijn", "Hersteltermijn", "Dwangsom", "Melden van het besluit"):
        assert f"<h3>{name}</h3>" in page
    assert "Het logboek van de termijn" in page
    assert "APV 1:2 lid 1" in page


def test_what_is_not_possible_says_why_with_the_article(client: FlaskClient) -> None:
    page = client.get(TERM).text
    assert "U kunt geen andere dag noemen (Awb 4:14 lid 3)." in page
    assert f'href="{TERM}/verlengen"' in page
    assert f'href="{TERM}/termijn-noemen"' not in page


def test_an_act_shows_the_new_date_and_why_before_anything_is_done(client: FlaskClient, town: Town) -> None:
    begun = hidden(client.get(f"{TERM}/verlengen").text)
    page = client.post(f"{TERM}/verlengen", data={**begun, "because": "Het advies is laat.", "step": "show"}).text
    new = TODAY + timedelta(weeks=16)
    assert f"De uiterste datum wordt {long_date(new)}, want:" in page
    assert "APV 1:2 lid 2" in page
    assert town.rows("select kind from workflow.ledger where kind = 'extended'") == []


def test_a_confirmed_act_stands_in_the_ledger_once_however_often_it_is_clicked(client: FlaskClient, town: Town) -> None:
    form = extension(client)
    for _ in range(2):
        assert client.post(f"{TERM}/verlengen", data=form).status_code == 303
    assert len(town.rows("select 1 from workflow.ledger where kind = 'extended'")) == 1
    assert "Termijn verlengd" in client.get(TERM).text
    assert "Termijn verlengd" in client.get(f"/zaken/{REFERENCE}/tijdlijn").text


def test_a_colleague_who_came_first_is_seen_before_one_confirms(client: FlaskClient, town: Town) -> None:
    form = extension(client)
    notice = Act(id=new_id(), kind=ActKind.DEFAULT, day=local_date(town.now))
    with town.connection() as connection:
        desk = open_desk(connection, now=town.now)
        terming.take_act(REFERENCE, act=notice, lines=1, person=MILA, now=town.now, desk=desk)
    answer = client.post(f"{TERM}/verlengen", data=form)
    assert answer.status_code == 409
    assert "Er kwam intussen iets bij in deze zaak." in answer.text
    again = {**hidden(answer.text), "step": "do"}
    assert client.post(f"{TERM}/verlengen", data=again).status_code == 303


def test_consent_without_a_document_is_refused_with_the_article_and_nothing_typed_is_lost(client: FlaskClient) -> None:
    begun = hidden(client.get(f"{TERM}/opschorten").text)
    day = local_date(utc_now()) + timedelta(days=2)
    dates = {f"first.{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    typed = {**begun, **dates, "ground": "consent", "because": "Noor is op reis.", "step": "show"}
    answer = client.post(f"{TERM}/opschorten", data=typed)
    assert answer.status_code == 409
    assert "Awb 4:15 lid 2 onder a" in answer.text
    assert "Noor is op reis." in answer.text


def test_an_empty_form_says_what_is_missing(client: FlaskClient) -> None:
    answer = client.post(f"{TERM}/opschorten", data={"step": "show"})
    assert answer.status_code == 422
    assert "Kies waarom de termijn stilstaat." in answer.text
    assert "Schrijf op waarom." in answer.text


def test_who_does_not_hold_the_case_sees_the_reason_and_who_may_see_nothing_sees_nothing(
    client: FlaskClient, town: Town
) -> None:
    del client
    shown = town.client(MILA).post(f"{TERM}/verlengen", data={"because": "x", "step": "show"})
    assert shown.status_code == 409
    assert "U behandelt deze zaak niet" in shown.text
    assert town.client(RUUD).get(f"{TERM}/verlengen").status_code == 403
    assert town.client(SAMIR).get(f"{TERM}/iets-anders").status_code == 404
