"""The cases beside one: of the same person for who may know that, at the same place, and there at the same time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.access import Person
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


def test_what_was_taken_back_or_refused_is_no_clash(town: Town) -> None:
    town.receive()
    town.receive(submission(OTHER))
    assert CLASH in page(town)
    town.rows("update workflow.cases set status = 'withdrawn' where reference = %s returning id", [OTHER])
    assert CLASH not in page(town)


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
