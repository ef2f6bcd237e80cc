"""The tasks of a case on its pages: the next as the main button, a check-list that wants a reason for no."""

from __future__ import annotations

from tests.services.workflow.conftest import Town
from tests.services.workflow.town import MILA, REFERENCE, SAMIR

CASE = f"/zaken/{REFERENCE}"
ALL_IN_ORDER = {"sizes": "yes", "spot": "yes", "free-space": "not_applicable", "fixed-things": "yes"}


def post(town: Town, task: str, **fields: str) -> tuple[int, str]:
    client = town.client(SAMIR)
    answer = client.post(f"{CASE}/taken", data={"task": task, "action": "done", **fields})
    page = client.get(answer.location).text if answer.status_code == 303 else answer.text
    return answer.status_code, page


def test_the_next_task_is_the_main_button_until_nothing_is_left_but_to_decide(town: Town) -> None:
    town.claimed(SAMIR)
    client = town.client(SAMIR)
    page = client.get(CASE).text
    assert "Taak 1 van" in page
    assert page.index("Ga naar deze taak") < page.index("Naar het besluit")
    assert post(town, "check-application", **ALL_IN_ORDER)[0] == 303
    assert post(town, "look-for-clash", events="yes", works="yes")[0] == 303
    page = client.get(CASE).text
    assert "Ga naar deze taak" not in page
    assert "Beoordeel de aanvraag en beslis" in page


def test_a_task_that_waits_says_for_what_and_cannot_be_done(town: Town) -> None:
    town.claimed(SAMIR)
    page = town.client(SAMIR).get(f"{CASE}/taken?open=look-for-clash").text
    assert "Kan nog niet beginnen. Eerst: Controleer de aanvraag" in page
    assert "Klaar</button>" not in page
    assert "Deze taak kan nu niet" in post(town, "look-for-clash", events="yes", works="yes")[1]
    assert town.rows("select * from workflow.tasks") == []


def test_no_wants_a_reason_and_stands_on_the_timeline_with_it(town: Town) -> None:
    town.claimed(SAMIR)
    status, page = post(town, "check-application", **{**ALL_IN_ORDER, "sizes": "no"})
    assert (status, "Schrijf op waarom niet." in page) == (422, True)
    assert town.rows("select * from workflow.tasks") == []
    post(town, "check-application", **{**ALL_IN_ORDER, "sizes": "no", "sizes.because": "Te breed getekend"})
    assert "Nee: Te breed getekend" in town.client(MILA).get(f"{CASE}/tijdlijn?toon=taken").text
    assert "Te breed getekend" in town.client(MILA).get(f"{CASE}/taken?open=check-application").text


def test_a_task_is_left_out_only_if_it_may_be_and_taken_up_again(town: Town) -> None:
    town.claimed(SAMIR)
    assert "Deze taak kan nu niet" in post(town, "check-application", action="skip")[1]
    assert "Overgeslagen" in post(town, "plan-inspection", action="skip")[1]
    assert "De taak staat weer open." in post(town, "plan-inspection", action="reopen")[1]
    acts = [row["act"] for row in town.rows("select act from workflow.audit where act = 'tasks.finish'")]
    assert acts == ["tasks.finish"] * 2
