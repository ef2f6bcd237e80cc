"""The cases beside one: of the same person for who may know that, at the same place, and there at the same time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.access import Person
from shared.events import Link
from shared.values import LinkKind
from tests.services.workflow.conftest import Town
from tests.services.workflow.town import AUKE, REFERENCE, SAMIR, somebody, submission

CASE = f"/zaken/{REFERENCE}"
OTHER = "Z-2026-2222-2222"
CLASH = "Op deze plek is dan al iets"


def page(town: Town, person: Person = SAMIR) -> str:
    return town.client(person).get(CASE).text


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2026-12-18", "2026-12-20", "Op 18 december 2026 is hier ook:"),
        ("2026-12-10", "2026-12-16", "Van 14 december 2026 tot en met 16 december 2026 is hier ook:"),
        ("2026-12-19", "2026-12-20", ""),
    ],
)
def test_what_is_at_the_same_place_on_the_same_days_is_a_warning(town: Town, starts: str, ends: str, said: str) -> None:
    town.receive()
    town.receive(submission(OTHER, name="Bo Bakker", starts=starts, ends=ends))
    text = page(town)
    assert (CLASH in text) == bool(said)
    assert said in text
    assert "Andere zaken op deze plek" in text
    assert OTHER in text
    assert "Bo Bakker" in text


GONE = {
    "application withdrawn": "update workflow.cases set status = 'withdrawn' where id = %(case)s returning id",
    "refused": """
        insert into workflow.decisions (id, case_id, decision, decided_by, decided_at)
        values (gen_random_uuid(), %(case)s, '{"result": "refused"}', 'samir', now()) returning id
    """,
    "taken back": """
        insert into workflow.withdrawn_permits (case_id, because, source, hearing, hearing_note, who, at)
        values (%(case)s, 'Onveilig', 'APV 1:6', 'heard', 'Gebeld', 'samir', now()) returning case_id
    """,
    "given up": """
        insert into workflow.given_up (case_id, because, at) values (%(case)s, 'Het gaat niet door', now())
        returning case_id
    """,
}


@pytest.mark.parametrize("gone", GONE.values(), ids=GONE)
def test_what_will_not_be_there_is_no_clash(town: Town, gone: str) -> None:
    town.receive()
    town.receive(submission(OTHER))
    assert CLASH in page(town)
    with town.connection() as connection:
        (other,) = connection.execute("select id as case from workflow.cases where reference = %s", [OTHER]).fetchall()
        connection.execute(gone, other)
    assert CLASH not in page(town)


@pytest.mark.parametrize("kind", ["amendment", "renewal"])
def test_a_permit_does_not_clash_with_what_changes_or_renews_it(town: Town, kind: LinkKind) -> None:
    town.receive()
    town.receive(replace(submission(OTHER), link=Link(kind=kind, reference=REFERENCE)))
    for reference in (REFERENCE, OTHER):
        assert CLASH not in town.client(SAMIR).get(f"/zaken/{reference}").text


def test_cases_of_the_same_person_are_for_who_may_use_the_citizen_service_number(town: Town) -> None:
    town.receive(replace(submission(), same_person=("mark",)))
    town.receive(replace(submission(OTHER), same_person=("mark",), place="Elders 1"))
    assert OTHER in page(town)
    assert "Andere zaken van deze persoon" in page(town)
    assert OTHER not in page(town, AUKE)


def test_a_case_that_one_may_not_see_is_no_neighbour(town: Town) -> None:
    town.receive()
    town.receive(submission(OTHER))
    town.rows("update workflow.cases set team = 'care', product = 'other' where reference = %s returning id", [OTHER])
    own = somebody("noa", "Noa Smit", "handler", "team:permits")
    assert OTHER in page(town)
    assert OTHER not in page(town, own)
