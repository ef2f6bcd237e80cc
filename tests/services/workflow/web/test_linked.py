"""Cases that belong together: each names the other, and who had a hand in the first decision stays away."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.workflow.actions import deciding, handling, hearing
from services.workflow.desk import HouseLetters
from services.workflow.domain.case import FourEyesError
from services.workflow.domain.decision import Draft
from services.workflow.domain.question import Question
from services.workflow.domain.withdrawing import Prepared, Withdrawal, may_go
from services.workflow.records_store import HELD
from services.workflow.trial_store import applications
from shared.catalogue.versions import remember
from shared.ids import new_id
from tests.services.workflow.conftest import Town
from tests.services.workflow.fakes import FakeLetters
from tests.services.workflow.town import (
    ELS,
    MILA,
    NOW,
    OBJECTION,
    REFERENCE,
    RUUD,
    SAMIR,
    notice,
    objection,
    submission,
    whole_catalogue,
)

_FOUNDED: dict[str, Any] = {
    "result": "founded",
    "blocks": ("reason-right",),
    "hearing": "heard",
    "hearing_note": "U kwam.",
}


def objected(town: Town, **answers: Any) -> None:
    """Have Samir decide Noor's case, the letter go, and Noor object ten days later."""
    town.claimed(SAMIR)
    with town.desk() as desk:
        granted = Draft(result="granted", blocks=("no-harm",))
        deciding.decide(REFERENCE, draft=granted, person=SAMIR, now=NOW, desk=desk, letters=FakeLetters())
    with town.connection() as connection:
        remember(connection, whole_catalogue().product("bezwaar"))
    town.hear(notice("decision", at=NOW), objection(received_at=NOW + timedelta(days=10), **answers))


def day(name: str, at: datetime) -> dict[str, str]:
    return {f"{name}.day": str(at.day), f"{name}.month": str(at.month), f"{name}.year": str(at.year)}


def is_held(town: Town, on: date, *, reference: str = REFERENCE) -> object:
    """Whether something keeps the first case, or another, from being destroyed on this day."""
    with town.connection() as connection:
        asked = {"today": on, "reference": reference}
        found = connection.execute(
            f"select {HELD} as held from workflow.cases c where reference = %(reference)s", asked
        )
        (row,) = found.fetchall()
    return row["held"]


def end_objection(town: Town) -> None:
    """What was decided on it is announced: it holds its first case no longer."""
    town.rows("update workflow.cases set status = 'announced' where reference = %s returning id", [OBJECTION])


def test_an_objection_and_its_first_case_name_each_other_and_bar_who_decided(town: Town) -> None:
    objected(town)
    mila, samir = town.client(MILA), town.client(SAMIR)
    first, own = mila.get(f"/zaken/{REFERENCE}").text, mila.get(f"/zaken/{OBJECTION}").text
    assert "Bezwaar tegen dit besluit" in first
    assert "14 december 2026 tot en met 18 december 2026" in first
    assert "Geldigheid" in first
    assert "Geldigheid" not in own
    assert f"Hoort bij {REFERENCE}" in own
    clock = mila.get(f"/zaken/{OBJECTION}/termijn").text
    assert "16 februari 2027" in clock
    assert "Telt vanaf de dag na" in clock
    assert OBJECTION in mila.get(f"/?lijst=all&q={REFERENCE}").text

    assert "Bezwaar</span> Bezwaar tegen een besluit" in mila.get(f"/?lijst=all&q={OBJECTION}").text
    assert "U werkte mee aan het eerste besluit." in samir.get(f"/zaken/{OBJECTION}").text
    assert "U werkte mee aan het eerste besluit." not in own
    refused = samir.post(f"/zaken/{OBJECTION}/pakken")
    assert refused.status_code == 409
    assert "Een collega behandelt het bezwaar" in refused.text
    samir.post("/volgende")
    assert town.rows("select handler from workflow.cases where reference = %s", [OBJECTION])[0]["handler"] is None
    assert mila.post(f"/zaken/{OBJECTION}/pakken").status_code == 303
    together = mila.post("/samen", data={"case": [OBJECTION]}, follow_redirects=True).text
    assert "Over een bezwaar of een kaart beslist u apart." in together
    assert 'value="decide"' not in together

    writing = mila.get(f"/zaken/{OBJECTION}/besluit").text
    assert "Bezwaar gegrond" in writing
    assert "Was er een hoorzitting?" in writing
    assert "Vergunning geven" not in writing
    assert "in beroep" in mila.post(f"/zaken/{OBJECTION}/besluit/brief", data={"result": "unfounded"}).text


def test_a_permit_is_taken_back_with_reasons_and_its_holder_heard_and_only_once(town: Town) -> None:
    objected(town)
    samir, page = town.client(SAMIR), f"/zaken/{REFERENCE}/vergunning-intrekken"
    assert "Trek de vergunning in" in samir.get(f"/zaken/{REFERENCE}").text
    empty = samir.post(page, data={})
    assert empty.status_code == 422
    for sentence in ("Schrijf op waarom u dit intrekt.", "Noem het artikel", "Kies of u de aanvrager hoorde."):
        assert sentence in empty.text
    why = {"because": "Het voorwerp staat er niet veilig.", "source": "APV 1:6", "hearing": "heard"}
    assert samir.post(page, data={**why, "hearing_note": "U belde op 1 december."}).status_code == 303
    assert "Wij trokken dit in op" in samir.get(f"/zaken/{REFERENCE}").text
    (told,) = town.rows("select payload -> 'letter' as letter from bus.event where name = 'PermitWithdrawn'")
    assert told["letter"]["objection"] is True
    assert [reason["source"] for reason in told["letter"]["reasons"]] == ["APV 1:6", "Awb 4:7"]
    assert samir.get(page).status_code == 409
    assert samir.post(page, data={**why, "hearing_note": "x"}).status_code == 409
    assert town.client(RUUD).get(page).status_code in (403, 404)


def test_a_withdrawal_that_waits_for_a_colleague_is_shown_to_whoever_may_sign_it(town: Town) -> None:
    objected(town)
    written = Withdrawal(because="Het is onveilig.", source="APV 1:6", hearing="heard", hearing_note="Op 1 december.")
    with town.desk() as desk:
        case = desk.cases.lock(REFERENCE)
        first = replace(written, because="Het staat in de weg.")
        desk.cases.prepare_withdrawal(case, prepared=Prepared(withdrawal=first, by=MILA.subject, at=NOW))
        desk.cases.prepare_withdrawal(case, prepared=Prepared(withdrawal=written, by=SAMIR.subject, at=NOW))
        lying = desk.cases.prepared_withdrawal(case)
    assert lying is not None
    with pytest.raises(FourEyesError):  # Mila wrote on it, though Samir did last
        may_go(written, by=MILA.subject, prepared=lying, seen=NOW.isoformat())
    els, page = town.client(ELS), f"/zaken/{REFERENCE}/vergunning-intrekken"
    assert "Lees het intrekken dat klaarligt" in els.get(f"/zaken/{REFERENCE}").text
    shown = els.get(page).text
    assert "Een collega schreef dit. Klopt het? Dan tekent u." in shown
    assert "Het is onveilig." in shown
    assert f'name="seen" value="{NOW.isoformat()}"' in shown
    assert "Dit ligt klaar. Een collega leest het en tekent." in town.client(SAMIR).get(page).text
    signed = {**vars(written), "seen": NOW.isoformat()}
    assert els.post(page, data=signed).status_code == 303
    assert town.rows("select who from workflow.withdrawn_permits") == [{"who": ELS.subject}]
    assert town.rows("select 1 from workflow.prepared_withdrawals") == []
    with town.desk() as desk:
        behind = desk.cases.first_case(REFERENCE)
    assert behind is not None
    assert behind.people >= {ELS.subject, MILA.subject, SAMIR.subject}


def test_a_founded_objection_replaces_the_first_decision_and_what_that_gave_is_over(town: Town) -> None:
    objected(town)
    with town.desk() as desk:
        handling.claim(OBJECTION, person=MILA, now=NOW, desk=desk)
    mila, editor = town.client(MILA), f"/zaken/{OBJECTION}/besluit"
    founded = {"result": "founded", "grant_reasons": "reason-right", "hearing": "heard", "hearing_note": "U kwam."}
    missing = mila.post(editor, data=founded)
    assert missing.status_code == 422
    assert "Kies wat er met het eerste besluit gebeurt." in missing.text
    assert "Het eerste besluit is nog niet vervangen." in missing.text
    assert "Geldigheid" in mila.get(f"/zaken/{REFERENCE}").text

    letters = HouseLetters(whole_catalogue().municipality)
    refused = Draft(**_FOUNDED, renewal="refused", renewal_text="De container moet weg.")
    with town.desk() as desk:
        at = NOW + timedelta(days=11)
        deciding.decide(OBJECTION, draft=refused, person=MILA, now=at, desk=desk, letters=letters)
    first = mila.get(f"/zaken/{REFERENCE}").text
    assert "Besluit vervangen" in first
    assert "De container moet weg." in first
    assert f'href="/zaken/{OBJECTION}"' in first
    assert "Na een bezwaar geldt dit niet meer" in first
    assert "Trek de vergunning in" not in first
    assert f"Besluit vervangen na bezwaar {OBJECTION}" in mila.get(f"/zaken/{REFERENCE}/tijdlijn").text
    assert "Wij herroepen ons besluit in zaak" in mila.get(editor).text


def test_what_is_granted_after_all_lasts_from_the_day_on_which_that_was_announced(town: Town) -> None:
    town.claimed(SAMIR)
    refused = Draft(result="refused", blocks=("safety",), hearing="own_facts", hearing_note="Uw eigen gegevens.")
    with town.desk() as desk:
        deciding.decide(REFERENCE, draft=refused, person=SAMIR, now=NOW, desk=desk, letters=FakeLetters())
    with town.connection() as connection:
        remember(connection, whole_catalogue().product("bezwaar"))
    town.hear(notice("decision", at=NOW), objection(received_at=NOW + timedelta(days=10)))
    mila, decided = town.client(MILA), NOW + timedelta(days=20)
    with town.desk() as desk:
        handling.claim(OBJECTION, person=MILA, now=decided, desk=desk)
        after_all = Draft(**_FOUNDED, renewal="granted", renewal_text="U mag de container plaatsen.")
        letters = HouseLetters(whole_catalogue().municipality)
        deciding.decide(OBJECTION, draft=after_all, person=MILA, now=decided, desk=desk, letters=letters)
    assert "Geldigheid" not in mila.get(f"/zaken/{REFERENCE}").text  # decided is not announced (Awb 3:40)
    town.hear(notice("decision", at=NOW + timedelta(days=22), reference=OBJECTION))
    page = mila.get(f"/zaken/{REFERENCE}").text
    assert "Geldigheid" in page
    assert "16 december 2026 tot en met 18 december 2026" in page
    assert "Trek de vergunning in" in page
    # what is decided on another objection takes nothing from it before that is announced, too
    second, later = "Z-2026-2222-2230", NOW + timedelta(days=24)
    neighbour = replace(submission(second).applicant, name="Fatima el Amrani", email="fatima@example.org")
    town.hear(objection(received_at=NOW + timedelta(days=12), reference=second, applicant=neighbour))
    with town.desk() as desk:
        handling.claim(second, person=MILA, now=later, desk=desk)
        revoked = Draft(**_FOUNDED, renewal="refused", renewal_text="De container mag er niet staan.")
        deciding.decide(second, draft=revoked, person=MILA, now=later, desk=desk, letters=letters)
    assert "16 december 2026 tot en met 18 december 2026" in mila.get(f"/zaken/{REFERENCE}").text
    town.hear(notice("decision", at=NOW + timedelta(days=26), reference=second))
    assert "16 december 2026 tot en met 18 december 2026" not in mila.get(f"/zaken/{REFERENCE}").text
    told = town.rows("select payload as p from bus.event where name = 'DecisionRenewed' order by payload -> 'sequence'")
    assert [(row["p"]["reference"], row["p"]["gives"]) for row in told] == [(REFERENCE, True), (REFERENCE, False)]
    assert [row["p"]["by_applicant"] for row in told] == [True, False]
    assert [row["p"]["at"][:10] for row in told] == ["2026-12-16", "2026-12-20"]


def test_a_permit_lasts_from_the_day_on_which_its_letter_went(town: Town) -> None:
    town.claimed(SAMIR)
    with town.desk() as desk:
        granted = Draft(result="granted", blocks=("no-harm",))
        deciding.decide(REFERENCE, draft=granted, person=SAMIR, now=NOW, desk=desk, letters=FakeLetters())
    town.hear(notice("decision", at=NOW + timedelta(days=21)))
    assert "15 december 2026 tot en met 18 december 2026" in town.client(SAMIR).get(f"/zaken/{REFERENCE}").text


def test_an_objection_that_nobody_completes_is_held_inadmissible_with_what_was_missing(town: Town) -> None:
    objected(town, grounds_when="later")
    mila, asked_at = town.client(MILA), NOW + timedelta(days=11)
    with town.desk() as desk:
        handling.claim(OBJECTION, person=MILA, now=asked_at, desk=desk)
    writing = mila.get(f"/zaken/{OBJECTION}/vraag").text
    assert "Wat mist er in het bezwaar?" in writing
    assert re.search(r'name="flaws"[^>]*value="grounds" checked', writing)
    assert "Awb 6:6, 7:10" in writing
    other = {"question": "Wat vindt u zelf?", "asks": "own-words", **day("answer_by", NOW + timedelta(days=24))}
    refused = mila.post(f"/zaken/{OBJECTION}/vraag", data=other)
    assert refused.status_code == 422
    assert "Alleen dan mag de termijn stilstaan (Awb 7:10 lid 2)." in refused.text
    assert town.rows("select 1 from workflow.ledger where kind = 'asked'") == []
    wanted = Question(text="", answer_by=date(2026, 12, 18), flaws=("grounds",))
    with town.desk() as desk:
        handling.ask_applicant(OBJECTION, question=wanted, person=MILA, now=asked_at, desk=desk)
    (request,) = town.rows("select id, question from workflow.requests")
    assert "- de redenen van uw bezwaar" in request["question"]
    assert "U kunt dit aanvullen tot en met 18 december 2026." in request["question"]
    assert "Dan kunnen wij uw bezwaar niet-ontvankelijk verklaren." in request["question"]
    waiting = mila.get(f"/zaken/{OBJECTION}/besluit?result=inadmissible").text
    assert "vroegen wij u uw bezwaar aan te vullen" not in waiting
    assert "De indiener vulde" not in waiting
    with town.desk() as desk:
        hearing.end_waiting(OBJECTION, request_id=request["id"], now=NOW + timedelta(days=26), desk=desk)
    page = mila.get(f"/zaken/{OBJECTION}").text
    assert "Het bezwaar is niet aangevuld" in page
    assert "Laat buiten behandeling" not in page
    assert "buiten behandeling" not in mila.get(f"/zaken/{OBJECTION}/termijn").text
    editor = mila.get(f"/zaken/{OBJECTION}/besluit?result=inadmissible").text
    assert "Op 5 december 2026 vroegen wij u uw bezwaar aan te vullen." in editor
    assert "De indiener vulde het bezwaar niet aan." in editor
    assert re.search(r'name="hearing"[^>]*value="plainly_inadmissible" checked', editor)
    with town.connection() as connection:
        part = "insert into workflow.answers (request_id, asked, text, at) values (%s, 'own-words', 'Zo.', %s)"
        connection.execute(part, [request["id"], asked_at])
    assert "Het bezwaar is niet aangevuld" not in mila.get(f"/zaken/{OBJECTION}").text
    editor = mila.get(f"/zaken/{OBJECTION}/besluit?result=inadmissible").text
    assert "Wij kregen geen aanvulling." not in editor
    assert "De indiener vulde een deel aan." in editor


def test_an_appeal_has_its_own_dates_warns_of_the_papers_and_keeps_the_case_from_destruction(town: Town) -> None:
    objected(town)
    mila, page = town.client(MILA), f"/zaken/{REFERENCE}/beroep"
    undecided = mila.get(f"/zaken/{OBJECTION}/beroep").text  # nothing was decided: it can be about our lateness
    assert re.search(r'name="about"[^>]*value="late" checked', undecided)
    assert "Er is geen beroep bekend." in mila.get(page).text
    fields = {"id": str(new_id()), "about": "decision", "number": "UTR 26/1234", **day("lodged_on", NOW)}
    empty = mila.post(page, data={"id": fields["id"], "about": "decision"})
    assert empty.status_code == 422
    assert "Vul een datum in" in empty.text
    assert mila.post(page, data=fields).status_code == 303
    own = mila.get(f"{page}?beroep={fields['id']}").text
    seen = {"seen": str(re.findall(r'name="seen" value="([^"]*)"', own)[0])}
    later = {**fields, **seen, **day("grounds_on", NOW)}
    elsewhere = {**later, "seen": "", "number": "UTR 26/9999"}
    crossed = mila.post(page, data=elsewhere)  # from a page that was opened before this appeal was kept
    assert crossed.status_code == 409
    assert "Een collega veranderde dit beroep." in crossed.text
    assert 'value="UTR 26/1234"' in crossed.text
    assert "UTR 26/9999" not in crossed.text
    with town.desk() as desk:  # an appeal about one case is not moved to another
        (known,) = desk.cases.appeals_of(desk.cases.lock(REFERENCE))
        other = desk.cases.lock(OBJECTION)
        assert not desk.cases.keep_appeal(other, appeal=known, by=MILA.subject, at=NOW)
    assert mila.post(page, data=later).status_code == 303
    shown = mila.get(page).text
    assert "22 december 2026" in shown
    assert "Awb 8:42 lid 1" in shown
    assert "Stuur ze uiterlijk op 22 december 2026 (Awb 8:42)." in mila.get(f"/zaken/{REFERENCE}").text
    papers = "select key from workflow.timers where starts_with(key, 'papers') order by due, key"
    keys = ["papers:-5:handler", "papers:-1:handler", "papers:-1:lead", "papers:1:manager"]
    assert [row["key"] for row in town.rows(papers)] == keys
    assert "UTR 26/1234" in mila.get(f"/zaken/{REFERENCE}/tijdlijn").text
    assert f"Stuur de stukken: {REFERENCE}" in town.client(SAMIR).get("/").text
    assert "Bij de rechter" not in mila.get("/").text
    listed = mila.get("/?lijst=appeals").text
    assert f"/zaken/{REFERENCE}" in listed
    assert f"/zaken/{OBJECTION}" not in listed
    assert is_held(town, date(2027, 3, 1)) is True
    assert is_held(town, date(2027, 3, 1), reference=OBJECTION) is False
    move = "update workflow.appeals set case_id = (select id from workflow.cases where reference = %s) returning id"
    town.rows(move, [OBJECTION])
    for each in (REFERENCE, OBJECTION):
        assert is_held(town, date(2027, 3, 1), reference=each) is True, "an appeal about the objection holds both"
    town.rows(move, [REFERENCE])
    (kept,) = town.rows("select at from workflow.appeals")
    ended = {**later, "seen": kept["at"].isoformat(), "outcome": "unfounded", **day("ruled_on", NOW)}
    assert mila.post(page, data=ended).status_code == 303
    assert "Hoger beroep kan tot en met" in mila.get(page).text
    assert town.rows(papers) == []
    assert "De rechter wacht op onze stukken" not in mila.get(f"/zaken/{REFERENCE}").text
    assert is_held(town, date(2027, 1, 12)) is True
    assert is_held(town, date(2027, 3, 1)) is True, "the objection runs"
    end_objection(town)
    assert is_held(town, date(2027, 3, 1)) is False


def test_an_objection_that_ended_without_being_founded_left_the_decision_as_it_was(town: Town) -> None:
    objected(town)

    def became() -> object:
        with town.connection() as connection:
            (first,) = connection.execute("select id from workflow.cases where reference = %s", [REFERENCE]).fetchall()
            (row,) = applications(connection, cases=[first["id"]])
        return row["objection"]

    assert became() == "open"
    town.rows("update workflow.cases set status = 'withdrawn' where reference = %s returning id", [OBJECTION])
    assert became() == "unfounded"
    decide = """
    insert into workflow.decisions (id, case_id, decision, decided_by, decided_at)
    select gen_random_uuid(), id, jsonb_build_object('result', %s::text), 'samir', received_at from workflow.cases
    where reference = %s
    on conflict (case_id) do update set decision = excluded.decision returning id
    """
    for result, ended in (("inadmissible", "unfounded"), ("founded", "founded")):
        town.rows(decide, [result, OBJECTION])
        assert became() == ended


def test_what_a_court_orders_is_watched_and_keeps_the_case_until_its_day(town: Town) -> None:
    objected(town)
    mila, page = town.client(MILA), f"/zaken/{REFERENCE}/beroep"
    appeal = {"id": str(new_id()), "about": "decision", "number": "UTR 26/1234", **day("lodged_on", NOW)}
    ruled = {"outcome": "founded", **day("ruled_on", NOW), **day("again_by", NOW + timedelta(days=120))}
    assert mila.post(page, data={**appeal, **ruled}).status_code == 303
    told = town.rows("select key from workflow.timers where starts_with(key, 'again') order by due, key")
    keys = ["again:-5:handler", "again:-1:handler", "again:-1:lead", "again:1:manager"]
    assert [row["key"] for row in told] == keys
    assert "Beslis uiterlijk op 24 maart 2027 (Awb 8:72 lid 4)." in mila.get(f"/zaken/{REFERENCE}").text
    end_objection(town)
    assert is_held(town, date(2027, 3, 24))
    assert not is_held(town, date(2027, 3, 25))
