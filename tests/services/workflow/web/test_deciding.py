"""Writing a decision beside its letter: no word is lost, and what was shown is what goes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient

from services.workflow.actions import handling
from services.workflow.desk import HouseLetters
from services.workflow.domain.decision import Draft, compose
from shared.catalogue.versions import remember
from shared.clock import utc_now
from shared.events import ApplicationWithdrawn
from shared.law.calendar import local_date
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import ELS, MILA, NOW, REFERENCE, SAMIR, objecten, submission, whole_catalogue

EDITOR = f"/zaken/{REFERENCE}/besluit"
CHECK = f"{EDITOR}/controle"
GRANT: dict[str, Any] = {"result": "granted", "grant_reasons": ["no-harm"], "conditions": ["dates", "on-site"]}


def opened(client: FlaskClient) -> dict[str, str]:
    """The hidden fields of a freshly opened editor."""
    return hidden_in(client.get(EDITOR).text)


def hidden_in(page: str) -> dict[str, str]:
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1) for name in ("version", "editor")}  # type: ignore[union-attr]


def save(client: FlaskClient, **fields: Any) -> Any:
    return client.post(EDITOR, data={**opened(client), **GRANT, **fields})


def checked_version(client: FlaskClient) -> str:
    found = re.search(r'name="version" value="(\d+)"', client.get(CHECK).text)
    assert found
    return found.group(1)


def test_what_the_answers_suggest_is_told_and_conditions_are_chosen_beforehand(town: Town) -> None:
    town.claimed(SAMIR)
    page = town.client(SAMIR).get(EDITOR).text
    assert "Past bij de antwoorden." in page
    assert re.search(r'name="conditions"[^>]*value="footway-free" checked', page)
    assert not re.search(r'name="grant_reasons"[^>]* checked', page)
    assert not re.search(r'name="result"[^>]* checked', page)


def test_a_decision_goes_from_editor_to_check_to_decided(town: Town) -> None:
    town.claimed(SAMIR)
    client = town.client(SAMIR)
    answer = save(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, CHECK)
    page = client.get(CHECK).text
    assert "Dit gaat naar de aanvrager" in page
    assert "noor@example.org" in page
    page = client.post(CHECK, data={"version": checked_version(client)}, follow_redirects=True).text
    assert "Het besluit is genomen." in page
    assert town.rows("select decision ->> 'result' as result from workflow.decisions") == [{"result": "granted"}]
    assert town.rows("select status from workflow.cases") == [{"status": "decided"}]


def test_an_unfinished_decision_is_saved_and_says_what_is_missing(town: Town) -> None:
    town.claimed(SAMIR)
    client = town.client(SAMIR)
    answer = save(client, grant_reasons=[], own_source="APV 9:9")
    assert answer.status_code == 422
    assert 'href="#grant_reasons"' in answer.text
    assert "APV 9:9" in client.get(EDITOR).text
    assert client.get(CHECK).headers["Location"] == EDITOR


def test_a_grant_in_part_says_both_parts_and_its_check_lists_what_the_law_wants(town: Town) -> None:
    town.claimed(SAMIR)
    client = town.client(SAMIR)
    partly: dict[str, Any] = {"result": "granted_partly", "refusal_grounds": ["safety"], "given": "De container."}
    answer = save(client, **partly, hearing="heard")
    assert answer.status_code == 422
    assert 'href="#withheld"' in answer.text
    assert 'href="#hearing_note"' in answer.text
    partly |= {"withheld": "De steiger.", "hearing": "heard", "hearing_note": "U vond het jammer."}
    assert save(client, **partly).status_code == 303
    page = client.get(CHECK).text
    assert "Het horen van de aanvrager is geregeld." in page
    assert "Eerst doen" not in page
    client.post(CHECK, data={"version": checked_version(client)})
    (row,) = town.rows("select decision -> 'reasons' -> 0 ->> 'text' as said from workflow.decisions")
    assert row["said"] == "Dit krijgt u wel: De container.\nDit krijgt u niet: De steiger."


def test_a_card_asks_for_its_last_day_and_number_and_keeps_what_was_typed_of_them(town: Town) -> None:
    card = whole_catalogue().product("gehandicaptenparkeerkaart")
    answers = {"request": "replacement", "applicant_kind": "person", "loss": "damaged"}
    said = {"product": card.id, "version": card.version, "title": card.title, "answers": answers}
    with town.connection() as connection:
        remember(connection, card)
    town.receive(replace(submission(), **said))
    with town.desk() as desk:
        handling.claim(REFERENCE, person=SAMIR, now=town.now, desk=desk)
    client = town.client(SAMIR)
    grant: dict[str, Any] = {"grant_reasons": ["duplicate"], "conditions": ["sign"]}
    answer = save(client, **grant, **{"until.day": "31", "until.month": "2", "until.year": "2030"})
    assert answer.status_code == 422
    assert {'href="#until-day"', 'href="#number"'} <= set(re.findall(r'href="#[a-z-]+"', answer.text))
    typed = dict(re.findall(r'name="until\.(\w+)" value="([^"]*)"', answer.text))
    assert typed == {"day": "31", "month": "2", "year": "2030"}
    year = str(local_date(utc_now()).year + 2)
    last = {"until.day": "31", "until.month": "maart", "until.year": year}
    assert save(client, **grant, **last, number="B 123").status_code == 303
    page = client.get(CHECK).text
    assert "Het besluit zegt tot wanneer dit geldt." in page
    client.post(CHECK, data={"version": checked_version(client)})
    (row,) = town.rows("select decision ->> 'ends' as ends, decision -> 'facts' -> -1 as fact from workflow.decisions")
    assert (row["ends"], row["fact"]["text"]["nl"]) == (f"{year}-03-31", "B 123")


def test_rows_of_own_conditions_come_and_go_without_scripts(town: Town) -> None:
    town.claimed(SAMIR)
    client = town.client(SAMIR)
    page = save(client, action="add:own_conditions").text
    assert 'name="own_conditions.0.text"' in page
    own = {"own_conditions.0.text": "Veeg elke dag.", "own_conditions.0.because": "Dan blijft het schoon."}
    page = save(client, action="add:own_conditions", **own).text
    assert 'name="own_conditions.1.text"' in page
    assert "Veeg elke dag." in page
    page = save(client, action="remove:own_conditions:0", **own).text
    assert "Veeg elke dag." not in page


def test_the_preview_is_the_letter_from_the_very_template(town: Town) -> None:
    town.claimed(SAMIR)
    client = town.client(SAMIR)
    shown = client.post(f"{EDITOR}/brief", data=GRANT)
    today = local_date(utc_now())
    draft = Draft(result="granted", blocks=("no-harm", "dates", "on-site"))
    decision = compose(draft, submission=submission(), product=objecten(), on=today, handler="Samir Haddad")
    letters = HouseLetters(whole_catalogue().municipality, stylesheet="/static/letters/letter.css")
    assert shown.text == letters.compose(decision, reference=REFERENCE, sent_on=today)
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]


def test_before_anything_was_chosen_no_letter_speaks_of_an_outcome(town: Town) -> None:
    town.claimed(SAMIR)
    client = town.client(SAMIR)
    for shown in (client.get(f"{EDITOR}/brief"), client.post(f"{EDITOR}/brief", data={"own_reason": "Mooi plan."})):
        assert "Kies eerst wat u besluit." in shown.text
        assert "U krijgt de vergunning" not in shown.text
        assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]


def test_the_page_saves_itself(town: Town) -> None:
    town.claimed(SAMIR)
    client = town.client(SAMIR)
    hidden = opened(client)
    for text in ("Er is", "Er is ruimte."):
        assert client.post(f"{EDITOR}/bewaar", data={**hidden, **GRANT, "own_reason": text}).status_code == 204
    assert "Er is ruimte." in client.get(EDITOR).text


def test_a_colleagues_change_is_shown_and_nothing_is_overwritten(town: Town) -> None:
    town.claimed(SAMIR)
    samir, mila = town.client(SAMIR), town.client(MILA)
    hidden = opened(samir)
    save(mila, own_reason="Tekst van Mila")
    mine = {**hidden, **GRANT, "own_reason": "Tekst van Samir"}
    kept = samir.post(f"{EDITOR}/bewaar", data=mine)
    assert (kept.status_code, kept.mimetype) == (409, "text/plain")
    answer = samir.post(EDITOR, data=mine)
    assert answer.status_code == 409
    assert "Mila Janssen veranderde hetzelfde als u" in answer.text
    assert "Tekst van Mila" in answer.text
    assert "Tekst van Samir" in answer.text
    assert town.rows("select content ->> 'own_reason' as r from workflow.drafts") == [{"r": "Tekst van Mila"}]
    assert samir.post(EDITOR, data={**mine, **hidden_in(answer.text)}).status_code == 303
    assert town.rows("select content ->> 'own_reason' as r from workflow.drafts") == [{"r": "Tekst van Samir"}]


def test_two_at_one_draft_see_each_other_and_what_each_changes_stays(town: Town) -> None:
    town.claimed(SAMIR)
    samir, mila = town.client(SAMIR), town.client(MILA)
    first = opened(samir)
    page = mila.get(EDITOR).text
    assert "Samir Haddad werkt nu ook aan dit besluit" in page
    assert "Eerst doen" in page
    assert "Kies wat u besluit." in page
    samir.post(f"{EDITOR}/bewaar", data={**first, **GRANT, "own_reason": "Van Samir"})
    now = mila.get(f"{EDITOR}/nu", query_string={"editor": hidden_in(page)["editor"]}).text
    assert "Een collega veranderde iets in dit besluit." in now
    assert "Een collega veranderde" not in samir.get(f"{EDITOR}/nu", query_string={"editor": first["editor"]}).text
    assert (
        mila.post(
            EDITOR, data={**hidden_in(page), "conditions": GRANT["conditions"], "own_source": "APV 2:10"}
        ).status_code
        == 303
    )
    (lies,) = town.rows("select content, prepared_by from workflow.drafts")
    assert (lies["content"]["own_reason"], lies["content"]["own_source"]) == ("Van Samir", "APV 2:10")
    assert lies["content"]["result"] == "granted"
    assert lies["prepared_by"] == ["mila", "samir"]


def test_what_changed_after_the_check_is_not_decided(town: Town) -> None:
    town.claimed(SAMIR)
    samir = town.client(SAMIR)
    save(samir)
    version = checked_version(samir)
    save(town.client(MILA), result="refused", refusal_grounds=["safety"], hearing="own_facts")
    answer = samir.post(CHECK, data={"version": version})
    assert answer.status_code == 409
    assert "intussen veranderd" in answer.text
    assert town.rows("select count(*) as n from workflow.decisions") == [{"n": 0}]


def test_of_two_who_decide_one_wins_and_the_other_keeps_the_text(town: Town) -> None:
    town.claimed(SAMIR)
    samir, mila = town.client(SAMIR), town.client(MILA)
    hidden = opened(mila)
    save(samir)
    samir.post(CHECK, data={"version": checked_version(samir)})
    answer = mila.post(EDITOR, data={**hidden, **GRANT, "own_reason": "Tekst van Mila"})
    assert answer.status_code == 409
    assert "Over deze zaak is al besloten." in answer.text
    assert "Tekst van Mila" in answer.text
    again = samir.post(CHECK, data={"version": "1"})
    assert (again.status_code, "al besloten" in again.text) == (409, True)


def test_what_the_applicant_took_back_is_told_as_that_and_what_was_typed_stays(town: Town) -> None:
    town.claimed(SAMIR)
    samir = town.client(SAMIR)
    save(samir)
    hidden, version = opened(samir), checked_version(samir)
    town.hear(ApplicationWithdrawn(reference=REFERENCE, at=NOW, because=""))
    typed = samir.post(EDITOR, data={**hidden, **GRANT, "own_reason": "Tekst van Samir"})
    assert typed.status_code == 409
    assert "Tekst van Samir" in typed.text
    doors = (CHECK, f"/zaken/{REFERENCE}/pakken", f"/zaken/{REFERENCE}/terugleggen")
    for answer in (typed, *(samir.post(door, data={"version": version}) for door in doors)):
        assert answer.status_code == 409
        assert "De aanvrager trok deze zaak in." in answer.text
        assert "al besloten" not in answer.text
    listed = samir.post("/toewijzen", data={"case": [REFERENCE], "to": "-"}, follow_redirects=True).text
    assert "de aanvrager trok deze zaak in" in listed
    assert town.rows("select from workflow.decisions") == []


def test_only_who_holds_the_case_can_send_it(town: Town) -> None:
    town.claimed(SAMIR)
    els = town.client(ELS)
    save(els)
    page = els.get(CHECK).text
    assert "Samir Haddad beslist over deze zaak." in page
    assert "Neem het besluit en verstuur de brief" not in page
    answer = els.post(CHECK, data={"version": "1"})
    assert answer.status_code == 409
    assert "U behandelt deze zaak niet" in answer.text
    assert "Er is niets verstuurd." in answer.text


def test_nothing_that_is_sent_breaks_the_editor(town: Town) -> None:
    town.claimed(SAMIR)
    client = town.client(SAMIR)
    for fields in (
        {"version": "x" * 5000, "own_reason": "\x00\x07"},
        {"version": "9" * 400},
        {"own_conditions.99.text": "x", "own_conditions.x.text": "y"},
        {"action": "remove:own_conditions:9"},
        {"grant_reasons": ["' or 1=1", "x" * 9000]},
        {"result": "perhaps"},
    ):
        assert save(client, **fields).status_code in (200, 303, 409, 422)
        assert client.post(f"{EDITOR}/brief", data=fields).status_code == 200
